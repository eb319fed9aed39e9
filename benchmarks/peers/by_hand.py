"""
A careful developer's own conversion: our frozen classes, constructed by hand, with the type checks of our conversion.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from braket_jobs import (
    AlgorithmSpecification,
    Association,
    AssociationType,
    CheckpointConfig,
    CompressionType,
    ContainerImage,
    DataSource,
    DeviceConfig,
    InputFileConfig,
    InstanceConfig,
    InstanceType,
    Job,
    JobEvent,
    JobEventType,
    JobStatus,
    OutputDataConfig,
    QueueInfo,
    QueueName,
    S3DataSource,
    ScriptModeConfig,
    StoppingCondition,
)

Document = dict[str, Any]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _optional_text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _optional_integer(value: Any) -> int | None:
    return None if value is None else _integer(value)


def _time(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(value)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _optional_time(value: Any) -> datetime | None:
    return None if value is None else _time(value)


def _structure(value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _list(value: Any) -> Any:
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _strings(value: Any) -> Mapping[str, str]:
    if value is None:
        return {}
    for key, text in _structure(value).items():
        if not isinstance(key, str) or not isinstance(text, str):
            raise TypeError(value)
    strings: Mapping[str, str] = value
    return strings


def job(answer: Document) -> Job:
    """
    Return the job that `answer` describes.

    Raises:
        TypeError: If a member is of the wrong type.
        KeyError: If one is missing.
    """
    document = _structure(answer)
    get = document.get
    checkpoint, stopping, device = get("checkpointConfig"), get("stoppingCondition"), get("deviceConfig")
    queue = get("queueInfo")
    return Job(
        job_arn=_text(document["jobArn"]),
        job_name=_text(document["jobName"]),
        status=JobStatus(_text(document["status"])),
        created_at=_time(document["createdAt"]),
        role_arn=_text(document["roleArn"]),
        algorithm_specification=_algorithm(_structure(document["algorithmSpecification"])),
        instance_config=_instance(_structure(document["instanceConfig"])),
        output_data_config=_output(_structure(document["outputDataConfig"])),
        started_at=_optional_time(get("startedAt")),
        ended_at=_optional_time(get("endedAt")),
        failure_reason=_optional_text(get("failureReason")),
        billable_duration=_optional_integer(get("billableDuration")),
        hyper_parameters=_strings(get("hyperParameters")),
        tags=_strings(get("tags")),
        input_data_config=tuple([_input(_structure(each)) for each in _list(get("inputDataConfig"))]),
        checkpoint_config=None if checkpoint is None else _checkpoint(_structure(checkpoint)),
        stopping_condition=None if stopping is None else _stopping(_structure(stopping)),
        device_config=None if device is None else DeviceConfig(device=_text(_structure(device)["device"])),
        events=tuple([_event(_structure(each)) for each in _list(get("events"))]),
        queue_info=None if queue is None else _queue(_structure(queue)),
        associations=tuple([_association(_structure(each)) for each in _list(get("associations"))]),
        request_id=_optional_text(_structure(document["ResponseMetadata"]).get("RequestId")),
    )


def _algorithm(document: Document) -> AlgorithmSpecification:
    script, image = document.get("scriptModeConfig"), document.get("containerImage")
    return AlgorithmSpecification(
        script_mode_config=None if script is None else _script(_structure(script)),
        container_image=None if image is None else ContainerImage(uri=_text(_structure(image)["uri"])),
    )


def _script(document: Document) -> ScriptModeConfig:
    compression = document.get("compressionType")
    return ScriptModeConfig(
        entry_point=_text(document["entryPoint"]),
        s3_uri=_text(document["s3Uri"]),
        compression_type=None if compression is None else CompressionType(_text(compression)),
    )


def _instance(document: Document) -> InstanceConfig:
    return InstanceConfig(
        instance_type=InstanceType(_text(document["instanceType"])),
        volume_size_in_gb=_integer(document["volumeSizeInGb"]),
        instance_count=_optional_integer(document.get("instanceCount")),
    )


def _output(document: Document) -> OutputDataConfig:
    return OutputDataConfig(s3_path=_text(document["s3Path"]), kms_key_id=_optional_text(document.get("kmsKeyId")))


def _checkpoint(document: Document) -> CheckpointConfig:
    return CheckpointConfig(s3_uri=_text(document["s3Uri"]), local_path=_optional_text(document.get("localPath")))


def _stopping(document: Document) -> StoppingCondition:
    return StoppingCondition(max_runtime_in_seconds=_optional_integer(document.get("maxRuntimeInSeconds")))


def _input(document: Document) -> InputFileConfig:
    source = _structure(_structure(document["dataSource"])["s3DataSource"])
    return InputFileConfig(
        channel_name=_text(document["channelName"]),
        data_source=DataSource(s3_data_source=S3DataSource(s3_uri=_text(source["s3Uri"]))),
        content_type=_optional_text(document.get("contentType")),
    )


def _event(document: Document) -> JobEvent:
    kind = document.get("eventType")
    return JobEvent(
        event_type=None if kind is None else JobEventType(_text(kind)),
        time_of_event=_optional_time(document.get("timeOfEvent")),
        message=_optional_text(document.get("message")),
    )


def _queue(document: Document) -> QueueInfo:
    return QueueInfo(
        queue=QueueName(_text(document["queue"])),
        position=_text(document["position"]),
        message=_optional_text(document.get("message")),
    )


def _association(document: Document) -> Association:
    return Association(arn=_text(document["arn"]), type=AssociationType(_text(document["type"])))
