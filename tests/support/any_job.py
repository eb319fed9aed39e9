"""
Hypothesis strategies for whatever the service model allows, and somewhat more.
"""

from datetime import UTC

from hypothesis import strategies as st

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
from braket_jobs.model.enums import OpenStrEnum
from support.samples import REAL_ARN

TEXTS = st.text(max_size=20)
TIMES = st.datetimes(timezones=st.just(UTC))
NUMBERS = st.integers(-(10**20), 10**20)
MAPS = st.dictionaries(TEXTS, TEXTS, max_size=3)


def of(enum: type[OpenStrEnum]) -> st.SearchStrategy[OpenStrEnum]:
    return st.sampled_from(list(enum)) | TEXTS.map(enum)


EVENTS = st.builds(
    JobEvent,
    event_type=st.none() | of(JobEventType),
    time_of_event=st.none() | TIMES,
    message=st.none() | TEXTS,
)
POSITIONS = st.sampled_from(["1", "2", ">15", ">2000", "None"]) | TEXTS
REASONS = TEXTS | st.builds("{}: {}, exit code: {}".format, st.just("AlgorithmError") | TEXTS, TEXTS, NUMBERS | TEXTS)
SCRIPTS = st.builds(ScriptModeConfig, entry_point=TEXTS, s3_uri=TEXTS, compression_type=st.none() | of(CompressionType))
JOBS = st.builds(
    Job,
    job_arn=st.just(REAL_ARN) | TEXTS,
    job_name=TEXTS,
    status=of(JobStatus),
    created_at=TIMES,
    role_arn=TEXTS,
    algorithm_specification=st.builds(
        AlgorithmSpecification,
        script_mode_config=st.none() | SCRIPTS,
        container_image=st.none() | st.builds(ContainerImage, uri=TEXTS),
    ),
    instance_config=st.builds(
        InstanceConfig,
        instance_type=of(InstanceType),
        volume_size_in_gb=NUMBERS,
        instance_count=st.none() | NUMBERS,
    ),
    output_data_config=st.builds(OutputDataConfig, s3_path=TEXTS, kms_key_id=st.none() | TEXTS),
    started_at=st.none() | TIMES,
    ended_at=st.none() | TIMES,
    failure_reason=st.none() | REASONS,
    billable_duration=st.none() | NUMBERS,
    hyper_parameters=MAPS,
    tags=MAPS,
    input_data_config=st.lists(
        st.builds(
            InputFileConfig,
            channel_name=TEXTS,
            data_source=st.builds(DataSource, s3_data_source=st.builds(S3DataSource, s3_uri=TEXTS)),
            content_type=st.none() | TEXTS,
        ),
        max_size=2,
    ),
    checkpoint_config=st.none() | st.builds(CheckpointConfig, s3_uri=TEXTS, local_path=st.none() | TEXTS),
    stopping_condition=st.none() | st.builds(StoppingCondition, max_runtime_in_seconds=st.none() | NUMBERS),
    device_config=st.none() | st.builds(DeviceConfig, device=TEXTS),
    events=st.lists(EVENTS, max_size=20),
    queue_info=st.none() | st.builds(QueueInfo, queue=of(QueueName), position=POSITIONS, message=st.none() | TEXTS),
    associations=st.lists(st.builds(Association, arn=TEXTS, type=of(AssociationType)), max_size=2),
)
