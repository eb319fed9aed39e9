"""
What is shown of a job, the same in every form: a few sentences, rows of labelled values, and its events.

Values are job text as it came, untrusted: each form passes them through `shown`, and escapes them for where they go.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import attrs

from braket_jobs.display._timeline import Entry
from braket_jobs.display._words import clock, moment, span
from braket_jobs.errors.text import one_line
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.parts import InputFileConfig, JobEvent
from braket_jobs.model.phases import told_reason

_LIMIT = 8192  # more than any member of a job may hold, so that no address is cut


@attrs.frozen
class Row:
    """
    A label and what stands beside it.

    Attributes:
        label: One or two words.
        values: One value, or a list.
        is_address: Whether the values are there to be copied whole.
        is_detail: Whether it may be folded away, or stand behind the rest.
    """

    label: str
    values: tuple[str, ...]
    is_address: bool = False
    is_detail: bool = False


def sentences(job: Job, now: datetime | None = None) -> tuple[str, ...]:
    """
    Return in a few words each where it runs, when it was created, how long it took and what is billed.

    Args:
        job: Any job.
        now: The time now if the job was read just now; it gives the age of a job that has not ended.
    """
    return tuple(_sentences(job, now))


def trouble(job: Job) -> Row | None:
    """
    Return why the job did not succeed, or None if it did or nobody says.

    A failed job without a reason is explained by the words of the event that ended it.
    """
    failure, told = job.failure, told_reason(job.status, job.events)
    if job.is_successful:
        return None
    if failure is not None:
        exit_code = "" if failure.exit_code is None else f", exit code {failure.exit_code}"
        return Row(f"{failure.kind or 'Failure'}{exit_code}", (failure.message,))
    if job.failure_reason is not None:
        return Row("Reason", (job.failure_reason,))
    if job.status == JobStatus.FAILED and told is not None:
        return Row("No reason given", (told,))
    return None


def rows(job: Job) -> tuple[Row, ...]:
    """
    Return how the job is set up and where its things are; what it doesn't have has no row.
    """
    return tuple(row for row in _rows(job) if row.values)


def events(job: Job) -> tuple[tuple[str, str], ...]:
    """
    Return when each event happened, and its type and message, in the order in which the service gave them.
    """
    return tuple(_event(event) for event in job.events)


def shown(text: str) -> str:
    """
    Return `text` as one line in which nothing acts on what stands around it.
    """
    return one_line(text, _LIMIT)


def words(entry: Entry) -> str:
    """
    Return a legend entry in words.

    ``running 26 s``, ``running 26 s so far``, ``running from 17:23:02 on``, or ``running 26 s, and from 17:23:02 on``
    for one that came back; of a job that has ended ``running from 17:23:02, end unknown``.
    """
    times = [] if entry.duration is None else [span(entry.duration)]
    if entry.since is not None:
        times.append(f"from {clock(entry.since)}{' on' if entry.is_open else ', end unknown'}")
    return f"{entry.label} {', and '.join(times)}{' so far' if entry.is_open and entry.since is None else ''}"


def _sentences(job: Job, now: datetime | None) -> Iterator[str]:
    if job.region is not None:
        yield job.region
    yield f"created {moment(job.created_at)} UTC"
    position = job.queue_position
    if position is not None and position.value is not None:
        beyond = ">" if position.is_at_least else ""
        yield f"queue position {beyond}{position.value}"
    if now is not None and not job.is_terminal and now > job.created_at:
        yield f"{span(job.age(now))} old"
    for text, time in (("to start", job.queue_time), ("run time", job.run_time), ("billed", job.billable_time)):
        if time is not None:
            yield f"{span(time)} {text}"


def _rows(job: Job) -> Iterator[Row]:
    script, device = job.algorithm_specification.script_mode_config, job.device_config
    yield Row("Instance", (_instance(job),))
    yield Row("Device", _given(None if device is None else device.device))
    yield Row("Entry point", _given(None if script is None else script.entry_point))
    yield Row("Parameters", _pairs(job.hyper_parameters))
    yield Row("Tags", _pairs(job.tags))
    yield Row("Limit", () if job.max_runtime is None else (f"stops after {span(job.max_runtime)}",))
    yield Row("Output", () if job.results_s3_uri else _given(job.output_data_config.s3_path), is_address=True)
    yield Row("Results", _given(job.results_s3_uri), is_address=True)
    yield Row("Logs", (job.log_group, *_given(job.log_stream_prefix)), is_address=True)
    yield Row("ARN", (job.job_arn,), is_address=True)
    for label, values in _details(job):
        yield Row(label, tuple(values), is_address=True, is_detail=True)


def _details(job: Job) -> Iterator[tuple[str, Iterable[str]]]:
    script, image = job.algorithm_specification.script_mode_config, job.algorithm_specification.container_image
    checkpoints = job.checkpoint_config
    yield "Image", _given(None if image is None else image.uri)
    yield "Script", _given(None if script is None else script.s3_uri)
    yield "Inputs", map(_input, job.input_data_config)
    yield "Checkpoints", _given(None if checkpoints is None else checkpoints.s3_uri)
    yield "Associated", (association.arn for association in job.associations)
    yield "Role", (job.role_arn,)


def _event(event: JobEvent) -> tuple[str, str]:
    time = "no time" if event.time_of_event is None else moment(event.time_of_event)
    return time, ": ".join(part for part in (event.event_type, event.message) if part)


def _given(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _pairs(mapping: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{key} = {value}" for key, value in mapping.items())


def _input(channel: InputFileConfig) -> str:
    return f"{channel.channel_name} = {channel.data_source.s3_data_source.s3_uri}"


def _instance(job: Job) -> str:
    config = job.instance_config
    count = "" if config.instance_count in (None, 1) else f"{config.instance_count} x "
    return f"{count}{config.instance_type}, {config.volume_size_in_gb} GB"
