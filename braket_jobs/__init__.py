"""
A typed client for Amazon Braket hybrid jobs.

`get_job` answers with a frozen, fully typed `Job`. Importing this package does nothing but define: boto3, cattrs and
tenacity are imported by the first call.
"""

from typing import TYPE_CHECKING

from braket_jobs._client import JobsClient, get_job
from braket_jobs.arn import JobArn
from braket_jobs.enums import (
    AssociationType,
    CompressionType,
    InstanceType,
    JobEventType,
    JobStatus,
    QueueName,
)
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
    JobNotFoundError,
    ProgramSetValidationFailure,
    RequestTimeoutError,
    ServiceError,
    ServiceUnavailableError,
    ThrottlingError,
    TLSError,
    TransportError,
    ValidationError,
)
from braket_jobs.job import Job
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

if TYPE_CHECKING:
    __version__: str

__all__ = [
    "AccessDeniedError",
    "AlgorithmSpecification",
    "Association",
    "AssociationType",
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
    "JobEvent",
    "JobEventType",
    "JobNotFoundError",
    "JobStatus",
    "JobsClient",
    "OutputDataConfig",
    "ProgramSetValidationFailure",
    "QueueInfo",
    "QueueName",
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
    "get_job",
]


def __getattr__(name: str) -> str:
    if name != "__version__":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib.metadata import version  # noqa: PLC0415  # lazy: reading metadata costs more than this package

    return version("braket-jobs")
