"""
A typed client for Amazon Braket hybrid jobs: `get_job` answers with a frozen, fully typed `Job`.

These are the public names, with those of `braket_jobs.testing`. Importing them does nothing but define: botocore,
cattrs and tenacity are imported by the first call.
"""

from braket_jobs._aws.protocols import BraketClient, GetJobClient, SearchJobsClient
from braket_jobs.aio import AsyncJobsClient
from braket_jobs.client import JobsClient
from braket_jobs.codec import job_from_dict, job_from_json, job_to_dict, job_to_json
from braket_jobs.errors.failure import JobFailure, ProgramSetValidationFailure
from braket_jobs.errors.tree import (
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
from braket_jobs.functions import get_job, latest_job, search_jobs, wait_for_job
from braket_jobs.model.arn import JobArn
from braket_jobs.model.enums import AssociationType, CompressionType, InstanceType, JobEventType, JobStatus, QueueName
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome, WaitCancelledError, WaitError, WaitTimeoutError
from braket_jobs.model.parts import (
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
from braket_jobs.model.phases import Phase
from braket_jobs.model.queue import QueuePosition
from braket_jobs.model.summary import JobSummary
from braket_jobs.policies import PollingStatus, PollPolicy, Quota, RetryDetails, RetryPolicy

__all__ = [
    "AccessDeniedError",
    "AlgorithmSpecification",
    "Association",
    "AssociationType",
    "AsyncJobsClient",
    "AuthenticationError",
    "BraketClient",
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
    "JobSummary",
    "JobsClient",
    "OutputDataConfig",
    "Phase",
    "PollPolicy",
    "PollingStatus",
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
    "SearchJobsClient",
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
    "latest_job",
    "search_jobs",
    "wait_for_job",
]

__version__ = "0.2.0"
