"""
The same shape in pydantic: frozen, strict models with AWS's names as aliases, and our enumerations.

A pydantic model leaves times as they are and maps changeable; ours end in UTC and are frozen.
"""

from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from braket_jobs import AssociationType, CompressionType, InstanceType, JobEventType, JobStatus, QueueName

_T = TypeVar("_T")
# strictly, pydantic takes neither text for an enumeration nor a list for a tuple
Lenient = Annotated[_T, Field(strict=False)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, alias_generator=to_camel)


class _ContainerImage(_Model):
    uri: str


class _ScriptModeConfig(_Model):
    entry_point: str
    s3_uri: str
    compression_type: Lenient[CompressionType] | None = None


class _AlgorithmSpecification(_Model):
    script_mode_config: _ScriptModeConfig | None = None
    container_image: _ContainerImage | None = None


class _InstanceConfig(_Model):
    instance_type: Lenient[InstanceType]
    volume_size_in_gb: int
    instance_count: int | None = None


class _OutputDataConfig(_Model):
    s3_path: str
    kms_key_id: str | None = None


class _CheckpointConfig(_Model):
    s3_uri: str
    local_path: str | None = None


class _StoppingCondition(_Model):
    max_runtime_in_seconds: int | None = None


class _DeviceConfig(_Model):
    device: str


class _S3DataSource(_Model):
    s3_uri: str


class _DataSource(_Model):
    s3_data_source: _S3DataSource


class _InputFileConfig(_Model):
    channel_name: str
    data_source: _DataSource
    content_type: str | None = None


class _JobEvent(_Model):
    event_type: Lenient[JobEventType] | None = None
    time_of_event: datetime | None = None
    message: str | None = None


class _QueueInfo(_Model):
    queue: Lenient[QueueName]
    position: str
    message: str | None = None


class _Association(_Model):
    arn: str
    type: Lenient[AssociationType]


class _ResponseMetadata(_Model):
    request_id: str | None = Field(default=None, alias="RequestId")


class PydanticJob(_Model):
    """
    The answer of GetJob.
    """

    job_arn: str
    job_name: str
    status: Lenient[JobStatus]
    created_at: datetime
    role_arn: str
    algorithm_specification: _AlgorithmSpecification
    instance_config: _InstanceConfig
    output_data_config: _OutputDataConfig
    started_at: datetime | None = None
    ended_at: datetime | None = None
    failure_reason: str | None = None
    billable_duration: int | None = None
    hyper_parameters: dict[str, str] = {}
    tags: dict[str, str] = {}
    input_data_config: Lenient[tuple[_InputFileConfig, ...]] = ()
    checkpoint_config: _CheckpointConfig | None = None
    stopping_condition: _StoppingCondition | None = None
    device_config: _DeviceConfig | None = None
    events: Lenient[tuple[_JobEvent, ...]] = ()
    queue_info: _QueueInfo | None = None
    associations: Lenient[tuple[_Association, ...]] = ()
    metadata: _ResponseMetadata = Field(alias="ResponseMetadata")
