"""
What a downstream file may rely on: checked by mypy and pyright in strict mode, never run.

Each mistake below carries the ignore comment that silences it. Both checkers are told to complain about an ignore that
silences nothing, so a mistake that starts to type-check is an error here.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_type

import attrs
import boto3

import braket_jobs
from braket_jobs import (
    AccessDeniedError,
    AlgorithmSpecification,
    Association,
    AssociationType,
    AuthenticationError,
    BraketJobsError,
    CheckpointConfig,
    CompressionType,
    ConfigurationError,
    ConnectError,
    ConnectionLostError,
    ContainerImage,
    CredentialsError,
    DataSource,
    DeviceConfig,
    GetJobClient,
    IncompleteResponseError,
    InputFileConfig,
    InstanceConfig,
    InstanceType,
    InternalServiceError,
    InvalidJobArnError,
    InvalidResponseError,
    Job,
    JobArn,
    JobCancelledError,
    JobEvent,
    JobEventType,
    JobFailedError,
    JobFailure,
    JobNotFoundError,
    JobsClient,
    JobStatus,
    OutputDataConfig,
    Phase,
    ProgramSetValidationFailure,
    QueueInfo,
    QueueName,
    QueuePosition,
    RequestTimeoutError,
    RetryDetails,
    RetryPolicy,
    S3DataSource,
    ScriptModeConfig,
    ServiceError,
    ServiceUnavailableError,
    StoppingCondition,
    ThrottlingError,
    TLSError,
    TransportError,
    ValidationError,
    get_job,
    job_from_dict,
    job_from_json,
    job_to_dict,
    job_to_json,
)

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_braket import BraketClient

ARN = "arn:aws:braket:us-east-1:123456789012:job/acc51817-2b7a-48ed-8dee-fffc87703b10"


def ways_to_ask(braket: "BraketClient", config: "Config") -> None:
    """The one-liner and the client."""
    assert_type(get_job(ARN), Job)
    assert_type(get_job(JobArn.parse(ARN), client=braket, with_queue_info=True), Job)
    assert_type(get_job(ARN, session=boto3.Session(), retry=RetryPolicy.none()), Job)
    with JobsClient(region_name="us-east-1", config=config, retry=RetryPolicy(deadline=timedelta(minutes=1))) as jobs:
        assert_type(jobs, JobsClient)
        assert_type(jobs.get_job(ARN, with_queue_info=True), Job)
        assert_type(jobs.close(), None)
    known: GetJobClient = braket
    assert_type(get_job(ARN, client=known), Job)


def passed(client: GetJobClient) -> None:
    """Anything with boto3's get_job will do."""
    assert_type(client, GetJobClient)
    assert_type(get_job(ARN, client=client), Job)


def members(job: Job) -> None:
    """All 21 members, and what is derived of them."""
    assert_type(job.job_arn, str)
    assert_type(job.job_name, str)
    assert_type(job.status, JobStatus)
    assert_type(job.created_at, datetime)
    assert_type(job.role_arn, str)
    assert_type(job.algorithm_specification, AlgorithmSpecification)
    assert_type(job.instance_config, InstanceConfig)
    assert_type(job.output_data_config, OutputDataConfig)
    assert_type(job.started_at, datetime | None)
    assert_type(job.ended_at, datetime | None)
    assert_type(job.failure_reason, str | None)
    assert_type(job.billable_duration, int | None)
    assert_type(job.hyper_parameters, Mapping[str, str])
    assert_type(job.tags, Mapping[str, str])
    assert_type(job.input_data_config, tuple[InputFileConfig, ...])
    assert_type(job.checkpoint_config, CheckpointConfig | None)
    assert_type(job.stopping_condition, StoppingCondition | None)
    assert_type(job.device_config, DeviceConfig | None)
    assert_type(job.events, tuple[JobEvent, ...])
    assert_type(job.queue_info, QueueInfo | None)
    assert_type(job.associations, tuple[Association, ...])
    assert_type(job.request_id, str | None)
    assert_type(job.billable_time, timedelta | None)
    assert_type(job.max_runtime, timedelta | None)


def answers(job: Job, now: datetime) -> None:
    """What a job says of itself, and its way through data."""
    assert_type(job.region, str | None)
    assert_type((job.is_terminal, job.is_successful), tuple[bool, bool])
    assert_type((job.queue_time, job.run_time), tuple[timedelta | None, timedelta | None])
    assert_type(job.age(now), timedelta)
    assert_type(job.stage, JobEvent | None)
    assert_type(job.phases, tuple[Phase, ...])
    assert_type(job.queue_position, QueuePosition | None)
    assert_type(job.failure, JobFailure | None)
    assert_type((job.log_group, job.log_stream_prefix), tuple[str, str | None])
    assert_type(job.results_s3_uri, str | None)
    try:
        assert_type(job.raise_for_status(), Job)
    except JobFailedError as error:
        assert_type(error, JobFailedError)
        assert_type(error.failure, JobFailure | None)
    except JobCancelledError as error:
        assert_type(error, JobCancelledError)
        assert_type(error.message, str)
    assert_type(job_from_dict(job_to_dict(job)), Job)
    assert_type(job_from_json(job_to_json(job, indent=2)), Job)


def values(phase: Phase, position: QueuePosition, failure: JobFailure) -> None:
    """What the answers are made of."""
    assert_type(phase.event_type, JobEventType | None)
    assert_type((phase.started_at, phase.ended_at), tuple[datetime, datetime | None])
    assert_type((phase.duration, phase.message), tuple[timedelta | None, str | None])
    assert_type((position.value, position.is_at_least, position.raw), tuple[int | None, bool, str])
    assert_type((failure.kind, failure.message), tuple[str | None, str])
    assert_type((failure.exit_code, failure.raw), tuple[int | None, str])


def made_by_hand(job: Job, event: JobEvent) -> Job:
    """Users' tests build jobs of any iterables."""
    attrs.evolve(job, events=[event], associations=(), tags={"team": "q"})
    attrs.evolve(job, events=[1])  # type: ignore[list-item]  # 1 is no event
    return attrs.evolve(job, input_data_config=iter(job.input_data_config))


def parts(
    algorithm: AlgorithmSpecification,
    script: ScriptModeConfig,
    image: ContainerImage,
    channel: InputFileConfig,
    event: JobEvent,
    queue: QueueInfo,
    association: Association,
    instance: InstanceConfig,
) -> None:
    """The members of members."""
    assert_type(algorithm.script_mode_config, ScriptModeConfig | None)
    assert_type(algorithm.container_image, ContainerImage | None)
    assert_type(script.compression_type, CompressionType | None)
    assert_type(image.uri, str)
    assert_type(channel.data_source, DataSource)
    assert_type(channel.data_source.s3_data_source, S3DataSource)
    assert_type(event.event_type, JobEventType | None)
    assert_type(event.time_of_event, datetime | None)
    assert_type(queue.queue, QueueName)
    assert_type(queue.position, str)
    assert_type(association.type, AssociationType)
    assert_type(instance.instance_type, InstanceType)
    assert_type(instance.instance_count, int | None)
    assert_type(JobStatus.QUEUED.is_terminal, bool)
    assert_type(InstanceType("ml.new.large").is_known, bool)


def errors(arn: JobArn, details: RetryDetails) -> None:
    """Every error can be caught, and says what it knows."""
    assert_type((arn.partition, arn.region, arn.account_id, arn.job_id), tuple[str, str, str, str])
    assert_type(details, RetryDetails)
    assert_type(details.delay, float)
    assert_type(details.error, BraketJobsError)
    try:
        get_job(arn)
    except ValidationError as error:
        assert_type(error, ValidationError)
        assert_type(error.reason, str | None)
        assert_type(error.program_set_validation_failures, tuple[ProgramSetValidationFailure, ...])
    except IncompleteResponseError as error:
        assert_type(error, IncompleteResponseError)
        assert_type(error.retryable, bool)
    except InvalidResponseError as error:
        assert_type(error, InvalidResponseError)
        assert_type(error.path, str | None)
        assert_type(error.problems, tuple[str, ...])
    except (ConnectError, ConnectionLostError, RequestTimeoutError, TLSError) as error:
        assert_type(error, ConnectError | ConnectionLostError | RequestTimeoutError | TLSError)
    except (AccessDeniedError, AuthenticationError, JobNotFoundError, ThrottlingError) as error:
        assert_type(error, AccessDeniedError | AuthenticationError | JobNotFoundError | ThrottlingError)
        assert_type(error.code, str | None)
    except (InternalServiceError, ServiceUnavailableError) as error:
        assert_type(error, InternalServiceError | ServiceUnavailableError)
        assert_type(error.status_code, int | None)
    except (ServiceError, TransportError) as error:
        assert_type(error, ServiceError | TransportError)
        assert_type(error.request_id, str | None)
    except (InvalidJobArnError, ConfigurationError, CredentialsError) as error:
        assert_type(error, InvalidJobArnError | ConfigurationError | CredentialsError)
        assert_type(error.job_arn, str | None)
    except BraketJobsError as error:
        assert_type(error.attempts, int)
        assert_type(error.retry_after, float | None)
        assert_type(error.hint, str | None)


def mistakes(job: Job) -> None:
    """What must not type-check: an ignore that silences nothing is an error itself."""
    job.status = JobStatus.FAILED  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    job.tags["team"] = "q"  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    wrong = JobStatus.COMPLETE  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
    job.started_at.year  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]  # noqa: B018
    job.events.append(wrong)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    braket_jobs.get_jbo  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018
    get_job(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    get_job(ARN, client=object())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    RetryPolicy(attempts=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
