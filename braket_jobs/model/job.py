"""
`Job`: the answer of GetJob as a frozen value.

The 21 members of GetJobResponse in AWS's names, and thin properties that ask the modules beside it. No validators: jobs
may be built by keyword in tests. A property never raises as long as all times have a zone, as they do in every answer,
and is None where the answer is not known.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Self

import attrs

from braket_jobs.errors.failure import JobFailure
from braket_jobs.errors.text import one_line
from braket_jobs.errors.tree import JobCancelledError, JobFailedError
from braket_jobs.model import durations, places
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.frozendict import FrozenDict, frozen
from braket_jobs.model.lifetime import Lifetime
from braket_jobs.model.line import job_line
from braket_jobs.model.parts import (
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
from braket_jobs.model.phases import Phase, newest, phases_of, told_reason
from braket_jobs.model.queue import QueuePosition


@attrs.frozen(kw_only=True)
class Job(Lifetime):
    """
    A hybrid job as GetJob answered it.

    Hashable, picklable, comparable: two answers about an unchanged job are equal. All times are aware UTC. A list or
    map that the service leaves out is empty; any other member it leaves out is None. Every optional member may be
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
        request_id: AWS's id of the request that gave this answer, for a support case. Not part of equality or repr.
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
    input_data_config: tuple[InputFileConfig, ...] = attrs.field(default=(), converter=tuple[InputFileConfig, ...])
    checkpoint_config: CheckpointConfig | None = None
    stopping_condition: StoppingCondition | None = None
    device_config: DeviceConfig | None = None
    events: tuple[JobEvent, ...] = attrs.field(default=(), converter=tuple[JobEvent, ...])
    queue_info: QueueInfo | None = None
    associations: tuple[Association, ...] = attrs.field(default=(), converter=tuple[Association, ...])
    request_id: str | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def billable_time(self) -> timedelta | None:
        """
        `billable_duration` as a `timedelta`, read as milliseconds; None if absent, below zero or beyond a `timedelta`.
        """
        return durations.times(self.billable_duration, timedelta(milliseconds=1))

    @property
    def max_runtime(self) -> timedelta | None:
        """
        The longest run time the service allows the job; None if absent, below zero or beyond a `timedelta`.
        """
        condition = self.stopping_condition
        return None if condition is None else durations.times(condition.max_runtime_in_seconds, timedelta(seconds=1))

    @property
    def stage(self) -> JobEvent | None:
        """
        The newest event, which is what it does now or did last. It lags or leads `status`. None without events.
        """
        return newest(self.events)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """
        What its events tell as stretches of time, in time order; without those that were lost or carry no time.
        """
        return phases_of(self.events, self.ended_at)

    @property
    def queue_position(self) -> QueuePosition | None:
        """
        Its approximate place in `queue_info.queue`; None if no queue info was asked for or given.
        """
        return None if self.queue_info is None else QueuePosition.parse(self.queue_info.position)

    @property
    def failure(self) -> JobFailure | None:
        """
        Why it failed, taken apart; None unless its status is FAILED and the service gives a reason.
        """
        if self.status != JobStatus.FAILED or self.failure_reason is None:
            return None
        return JobFailure.parse(self.failure_reason)

    @property
    def log_group(self) -> str:
        """
        The group of its logs in Amazon CloudWatch, one for all jobs of an account and region.
        """
        return places.LOG_GROUP

    @property
    def log_stream_prefix(self) -> str | None:
        """
        What the names of its log streams begin with; None if its ARN has neither of the two known forms.
        """
        return places.log_stream_prefix(self.job_arn, self.job_name)

    @property
    def results_s3_uri(self) -> str | None:
        """
        The archive of its results; None unless it has COMPLETED, since only then is one sure to be there, and None
        for an empty output path.
        """
        return places.results(self.output_data_config.s3_path) if self.is_successful else None

    def raise_for_status(self) -> Self:
        """
        Return the job itself, unless it failed or was cancelled.

        A job that has not ended, or whose status is not known, comes back: nothing says that it went wrong.

        Raises:
            JobFailedError: If its status is FAILED; the error carries `failure`.
            JobCancelledError: If its status is CANCELLED.
        """
        if self.status == JobStatus.FAILED:
            raise JobFailedError(
                self._reason,
                self.job_arn,
                request_id=self.request_id,
                hint=self._where_its_logs_are,
                failure=self.failure,
            )
        if self.status == JobStatus.CANCELLED:
            raise JobCancelledError(self._reason, self.job_arn, request_id=self.request_id)
        return self

    def __str__(self) -> str:
        return job_line(self)

    def _repr_html_(self) -> str:
        from braket_jobs.display.html import job_card  # noqa: PLC0415  # lazy: only notebooks ask

        return job_card(self)

    def __rich__(self) -> object:
        from braket_jobs.display.terminal import JobPanel  # noqa: PLC0415  # lazy: only rich asks, so only then is it there

        return JobPanel(self)

    @property
    def _reason(self) -> str:
        return self.failure_reason or told_reason(self.status, self.events) or ""

    @property
    def _where_its_logs_are(self) -> str:
        streams = "" if self.log_stream_prefix is None else f", streams '{one_line(self.log_stream_prefix)}/…'"
        return f"Read its logs in Amazon CloudWatch: group '{self.log_group}'{streams}."
