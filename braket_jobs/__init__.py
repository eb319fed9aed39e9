"""
A typed client for Amazon Braket hybrid jobs.

`get_job` answers with a frozen, fully typed `Job`. Importing this package does nothing but define: a name is loaded
when it is first used, botocore and cattrs are imported by the first call, tenacity by the first retry.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from braket_jobs._client import JobsClient
    from braket_jobs._functions import get_job, wait_for_job
    from braket_jobs.aio import AsyncJobsClient
    from braket_jobs.arn import JobArn
    from braket_jobs.codec import job_from_dict, job_from_json, job_to_dict, job_to_json
    from braket_jobs.enums import AssociationType, CompressionType, InstanceType, JobEventType, JobStatus, QueueName
    from braket_jobs.errors import (
        AccessDeniedError,
        AuthenticationError,
        BraketJobsError,
        ConfigurationError,
        ConnectError,
        ConnectionLostError,
        CredentialsError,
        IncompleteResponseError,
        InternalServiceError,
        InvalidJobArnError,
        InvalidResponseError,
        JobCancelledError,
        JobFailedError,
        JobNotFoundError,
        RequestTimeoutError,
        ServiceError,
        ServiceUnavailableError,
        ThrottlingError,
        TLSError,
        TransportError,
        ValidationError,
    )
    from braket_jobs.failure import JobFailure, ProgramSetValidationFailure
    from braket_jobs.job import Job
    from braket_jobs.outcome import JobOutcome, WaitCancelledError, WaitError, WaitTimeoutError
    from braket_jobs.pacing import PollPolicy, Quota
    from braket_jobs.parts import (
        AlgorithmSpecification,
        Association,
        CheckpointConfig,
        ContainerImage,
        DataSource,
        DeviceConfig,
        InputFileConfig,
        InstanceConfig,
        JobEvent,
        OutputDataConfig,
        QueueInfo,
        S3DataSource,
        ScriptModeConfig,
        StoppingCondition,
    )
    from braket_jobs.policy import RetryDetails, RetryPolicy
    from braket_jobs.protocols import GetJobClient
    from braket_jobs.reading.phases import Phase
    from braket_jobs.reading.queue import QueuePosition

    __version__: str

__all__ = [
    "AccessDeniedError",
    "AlgorithmSpecification",
    "Association",
    "AssociationType",
    "AsyncJobsClient",
    "AuthenticationError",
    "BraketJobsError",
    "CheckpointConfig",
    "CompressionType",
    "ConfigurationError",
    "ConnectError",
    "ConnectionLostError",
    "ContainerImage",
    "CredentialsError",
    "DataSource",
    "DeviceConfig",
    "GetJobClient",
    "IncompleteResponseError",
    "InputFileConfig",
    "InstanceConfig",
    "InstanceType",
    "InternalServiceError",
    "InvalidJobArnError",
    "InvalidResponseError",
    "Job",
    "JobArn",
    "JobCancelledError",
    "JobEvent",
    "JobEventType",
    "JobFailedError",
    "JobFailure",
    "JobNotFoundError",
    "JobOutcome",
    "JobStatus",
    "JobsClient",
    "OutputDataConfig",
    "Phase",
    "PollPolicy",
    "ProgramSetValidationFailure",
    "QueueInfo",
    "QueueName",
    "QueuePosition",
    "Quota",
    "RequestTimeoutError",
    "RetryDetails",
    "RetryPolicy",
    "S3DataSource",
    "ScriptModeConfig",
    "ServiceError",
    "ServiceUnavailableError",
    "StoppingCondition",
    "TLSError",
    "ThrottlingError",
    "TransportError",
    "ValidationError",
    "WaitCancelledError",
    "WaitError",
    "WaitTimeoutError",
    "get_job",
    "job_from_dict",
    "job_from_json",
    "job_to_dict",
    "job_to_json",
    "wait_for_job",
]

# Where each name lives; for type checkers the imports above say the same, and a test compares the two.
_ROOMS = {
    "_client": ("JobsClient",),
    "_functions": ("get_job", "wait_for_job"),
    "aio": ("AsyncJobsClient",),
    "arn": ("JobArn",),
    "codec": ("job_from_dict", "job_from_json", "job_to_dict", "job_to_json"),
    "enums": ("AssociationType", "CompressionType", "InstanceType", "JobEventType", "JobStatus", "QueueName"),
    "errors": (
        "AccessDeniedError",
        "AuthenticationError",
        "BraketJobsError",
        "ConfigurationError",
        "ConnectError",
        "ConnectionLostError",
        "CredentialsError",
        "IncompleteResponseError",
        "InternalServiceError",
        "InvalidJobArnError",
        "InvalidResponseError",
        "JobCancelledError",
        "JobFailedError",
        "JobNotFoundError",
        "RequestTimeoutError",
        "ServiceError",
        "ServiceUnavailableError",
        "TLSError",
        "ThrottlingError",
        "TransportError",
        "ValidationError",
    ),
    "failure": ("JobFailure", "ProgramSetValidationFailure"),
    "job": ("Job",),
    "outcome": ("JobOutcome", "WaitCancelledError", "WaitError", "WaitTimeoutError"),
    "pacing": ("PollPolicy", "Quota"),
    "parts": (
        "AlgorithmSpecification",
        "Association",
        "CheckpointConfig",
        "ContainerImage",
        "DataSource",
        "DeviceConfig",
        "InputFileConfig",
        "InstanceConfig",
        "JobEvent",
        "OutputDataConfig",
        "QueueInfo",
        "S3DataSource",
        "ScriptModeConfig",
        "StoppingCondition",
    ),
    "policy": ("RetryDetails", "RetryPolicy"),
    "protocols": ("GetJobClient",),
    "reading.phases": ("Phase",),
    "reading.queue": ("QueuePosition",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    if name == "__version__":
        value: object = import_module("importlib.metadata").version("braket-jobs")
    elif name in _HOMES:
        with import_module("braket_jobs._late").late_import:
            value = getattr(import_module(f"braket_jobs.{_HOMES[name]}"), name)
    else:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
