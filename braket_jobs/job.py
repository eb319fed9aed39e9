"""
`Job`: the answer of GetJob as a frozen value.

The 21 members of GetJobResponse in AWS's names, and thin properties that ask `reading`. No I/O, no validators: jobs
may be built by keyword in tests.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import attrs

from braket_jobs import reading
from braket_jobs.enums import JobStatus
from braket_jobs.frozendict import FrozenDict, frozen
from braket_jobs.parts import (
    AlgorithmSpecification,
    Association,
    CheckpointConfig,
    DeviceConfig,
    InputFileConfig,
    InstanceConfig,
    JobEvent,
    OutputDataConfig,
    QueueInfo,
    StoppingCondition,
)


@attrs.frozen(kw_only=True)
class Job:
    """
    One look at a hybrid job.

    Hashable, picklable, comparable: two looks at an unchanged job are equal. All times are aware UTC. A list or map
    that the service leaves out is empty; any other member it leaves out is None. Every optional member may be
    absent in every status.

    Attributes:
        job_arn: The job's ARN, as the service gives it.
        job_name: The name its creator chose.
        status: Where it stands.
        created_at: When it was created.
        role_arn: The IAM role it runs as.
        algorithm_specification: What it runs.
        instance_config: What it runs on.
        output_data_config: Where its results go.
        started_at: When its container's provisioning was over and its data began to load.
        ended_at: When it ended.
        failure_reason: Why it failed, in the words of the service or of the user's program: untrusted text.
        billable_duration: Milliseconds. AWS documents no unit; a real job of 79.354 s had 80000.
        hyper_parameters: The algorithm's parameters, text to text.
        tags: The job's tags.
        input_data_config: Its input channels.
        checkpoint_config: Where checkpoints go.
        stopping_condition: When the service stops it.
        device_config: Its primary device.
        events: What happened, at most the last 20, in the order in which the service gave them.
        queue_info: Its place in the queue; only when asked for (``with_queue_info=True``).
        associations: Braket resources it is associated with.
        request_id: AWS's id of the request that gave this look, for a support case. Not part of equality or repr.
    """

    job_arn: str
    job_name: str
    status: JobStatus
    created_at: datetime
    role_arn: str
    algorithm_specification: AlgorithmSpecification
    instance_config: InstanceConfig
    output_data_config: OutputDataConfig
    started_at: datetime | None = None
    ended_at: datetime | None = None
    failure_reason: str | None = None
    billable_duration: int | None = None
    hyper_parameters: Mapping[str, str] = attrs.field(default=FrozenDict(), converter=frozen)
    tags: Mapping[str, str] = attrs.field(default=FrozenDict(), converter=frozen)
    input_data_config: tuple[InputFileConfig, ...] = attrs.field(default=(), converter=tuple)
    checkpoint_config: CheckpointConfig | None = None
    stopping_condition: StoppingCondition | None = None
    device_config: DeviceConfig | None = None
    events: tuple[JobEvent, ...] = attrs.field(default=(), converter=tuple)
    queue_info: QueueInfo | None = None
    associations: tuple[Association, ...] = attrs.field(default=(), converter=tuple)
    request_id: str | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def billable_time(self) -> timedelta | None:
        """
        `billable_duration` as a `timedelta`, read as milliseconds; None if absent or beyond a `timedelta`.
        """
        return reading.milliseconds(self.billable_duration)

    @property
    def max_runtime(self) -> timedelta | None:
        """
        The longest run time the service allows the job; None if absent or beyond a `timedelta`.
        """
        condition = self.stopping_condition
        return None if condition is None else reading.seconds(condition.max_runtime_in_seconds)
