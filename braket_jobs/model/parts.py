"""
What a `Job` is made of: one frozen class for each structure in the service model's GetJobResponse.

Attribute names are AWS's in snake_case, made mechanically. A member is optional here exactly where the model says so.
No behaviour and no validators: a value is checked where it enters, in the conversion.
"""

from datetime import datetime

import attrs

from braket_jobs.model.enums import AssociationType, CompressionType, InstanceType, JobEventType, QueueName


@attrs.frozen(kw_only=True)
class ContainerImage:
    """
    The container that runs the algorithm.

    Attributes:
        uri: The image in Amazon ECR.
    """

    uri: str


@attrs.frozen(kw_only=True)
class ScriptModeConfig:
    """
    The user's script, when the container runs one.

    Attributes:
        entry_point: The module or function to start, such as ``package.module:function``.
        s3_uri: Where the script is.
        compression_type: How it is packed.
    """

    entry_point: str
    s3_uri: str
    compression_type: CompressionType | None = None


@attrs.frozen(kw_only=True)
class AlgorithmSpecification:
    """
    What the job runs: a script, a container, or a script in a container.

    Attributes:
        script_mode_config: The script.
        container_image: The container.
    """

    script_mode_config: ScriptModeConfig | None = None
    container_image: ContainerImage | None = None


@attrs.frozen(kw_only=True)
class InstanceConfig:
    """
    The machines the job runs on.

    Attributes:
        instance_type: The type of each instance.
        volume_size_in_gb: The size of each instance's volume in GB.
        instance_count: How many instances; AWS's default is 1.
    """

    instance_type: InstanceType
    volume_size_in_gb: int
    instance_count: int | None = None


@attrs.frozen(kw_only=True)
class OutputDataConfig:
    """
    Where results go.

    Attributes:
        s3_path: The prefix in S3; never rebuild it from the job's name.
        kms_key_id: The key that encrypts the results.
    """

    s3_path: str
    kms_key_id: str | None = None


@attrs.frozen(kw_only=True)
class CheckpointConfig:
    """
    Where checkpoints go.

    Attributes:
        s3_uri: The prefix in S3.
        local_path: The directory inside the container.
    """

    s3_uri: str
    local_path: str | None = None


@attrs.frozen(kw_only=True)
class StoppingCondition:
    """
    When the service stops the job.

    Attributes:
        max_runtime_in_seconds: The longest run time in seconds.
    """

    max_runtime_in_seconds: int | None = None


@attrs.frozen(kw_only=True)
class DeviceConfig:
    """
    The primary device.

    Attributes:
        device: An ARN, with or without a region, or ``local:<provider>/<simulator>``.
    """

    device: str


@attrs.frozen(kw_only=True)
class S3DataSource:
    """
    Input data in S3.

    Attributes:
        s3_uri: The key prefix or manifest.
    """

    s3_uri: str


@attrs.frozen(kw_only=True)
class DataSource:
    """
    Where an input channel's data is.

    Attributes:
        s3_data_source: The place in S3.
    """

    s3_data_source: S3DataSource


@attrs.frozen(kw_only=True)
class InputFileConfig:
    """
    One input channel.

    Attributes:
        channel_name: The name by which the script finds the data.
        data_source: Where the data is.
        content_type: Its MIME type.
    """

    channel_name: str
    data_source: DataSource
    content_type: str | None = None


@attrs.frozen(kw_only=True)
class JobEvent:
    """
    Something that happened to the job. All members are optional in the service model.

    Attributes:
        event_type: What happened.
        time_of_event: When, in aware UTC.
        message: The service's words.
    """

    event_type: JobEventType | None = None
    time_of_event: datetime | None = None
    message: str | None = None


@attrs.frozen(kw_only=True)
class QueueInfo:
    """
    The job's place in its queue, approximate; only present when asked for.

    Attributes:
        queue: Which queue.
        position: Text: a number, ``>15`` or ``>2000`` for "more than", or ``None`` when the job isn't queued.
        message: The service's words, when there is no position.
    """

    queue: QueueName
    position: str
    message: str | None = None


@attrs.frozen(kw_only=True)
class Association:
    """
    A Braket resource that the job is associated with, such as a reservation.

    Attributes:
        arn: The resource.
        type: What it is.
    """

    arn: str
    type: AssociationType
