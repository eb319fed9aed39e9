"""
What a job says of itself, for every sample.
"""

from datetime import UTC, datetime, timedelta, timezone
from inspect import getmembers
from typing import Any

import attrs
import pytest
from support.samples import GET_JOB_SAMPLES, REAL_ARN, sample

from braket_jobs import (
    Job,
    JobCancelledError,
    JobFailedError,
    JobFailure,
    JobStatus,
    QueueInfo,
    QueueName,
    QueuePosition,
    StoppingCondition,
    job_from_dict,
)

S3 = "s3://amazon-braket-us-east-1-123456789012/jobs/run-ghz-hybrid/1747416094973/data"
FILE_NOT_FOUND = "FileNotFoundError: [Errno 2] No such file or directory: 'fake_file'"
BEFORE_START = {"queue_time": None, "run_time": None, "billable_time": None}
NOT_SUCCESSFUL = {"is_successful": False, "results_s3_uri": None}
GOING_ON = {"is_terminal": False, "run_time": None, "billable_time": None, **NOT_SUCCESSFUL}
# What the real job says; below, how each sample differs from it.
REAL: dict[str, Any] = {
    "region": "us-east-1",
    "is_terminal": True,
    "is_successful": True,
    "queue_time": timedelta(seconds=42.831),
    "run_time": timedelta(seconds=79.354),
    "billable_time": timedelta(seconds=80),
    "max_runtime": timedelta(days=5),
    "stage": "COMPLETED",
    "phases": [
        ("STARTING_INSTANCE", 41.318),
        ("DOWNLOADING_DATA", 41.216),
        ("RUNNING", 25.568),
        ("UPLOADING_RESULTS", 12.57),
        ("COMPLETED", 0),
    ],
    "queue_position": None,
    "failure": None,
    "log_group": "/aws/braket/jobs",
    "log_stream_prefix": "run-ghz-hybrid/acc51817-2b7a-48ed-8dee-fffc87703b10",
    "results_s3_uri": f"{S3}/output/model.tar.gz",
}
STARTED = [("STARTING_INSTANCE", 41.318), ("DOWNLOADING_DATA", 41.216)]
DIFFERENT: dict[str, dict[str, Any]] = {
    "real_completed_cli": {},
    "real_completed_wire": {},
    "composed_embedded_simulator": {},
    "composed_reservation_all_fields": {"queue_position": QueuePosition(raw="None")},
    "composed_minimal_required": {
        **BEFORE_START,
        "max_runtime": None,
        "stage": None,
        "phases": [],
    },
    "composed_queued": {
        **GOING_ON,
        "queue_time": None,
        "stage": "STARTING_INSTANCE",
        "phases": [("STARTING_INSTANCE", None)],
        "queue_position": QueuePosition(value=1, raw="1"),
    },
    "composed_queued_gt15": {
        **GOING_ON,
        "queue_time": None,
        "stage": "QUEUED_FOR_EXECUTION",
        "phases": [("QUEUED_FOR_EXECUTION", None)],
        "queue_position": QueuePosition(value=15, is_at_least=True, raw=">15"),
    },
    "composed_running": {
        **GOING_ON,
        "stage": "RUNNING",
        "phases": [*STARTED, ("RUNNING", None)],
        "queue_position": QueuePosition(raw="None"),
    },
    "composed_cancelling": {**GOING_ON, "stage": "RUNNING", "phases": [*STARTED, ("RUNNING", None)]},
    "composed_failed": {
        **NOT_SUCCESSFUL,
        "stage": "FAILED",
        "phases": [*STARTED, ("RUNNING", 38.138), ("FAILED", 0.0)],
        "failure": JobFailure(
            kind="AlgorithmError",
            message=FILE_NOT_FOUND,
            exit_code=1,
            raw=f"AlgorithmError: {FILE_NOT_FOUND}, exit code: 1",
        ),
    },
    "composed_max_runtime": {
        **NOT_SUCCESSFUL,
        "max_runtime": timedelta(seconds=60),
        "stage": "MAX_RUNTIME_EXCEEDED",
        "phases": [*STARTED, ("RUNNING", 38.138), ("MAX_RUNTIME_EXCEEDED", 0.0)],
    },
    "composed_cancelled_before_start": {
        **NOT_SUCCESSFUL,
        **BEFORE_START,
        "stage": "CANCELLED",
        "phases": [("CANCELLED", 0.0)],
    },
}


def the(name: str, **changes: Any) -> Job:
    return attrs.evolve(job_from_dict(sample(name)), **changes)


def real(**changes: Any) -> Job:
    return the("real_completed_wire", **changes)


def plainly(answer: str, value: Any) -> Any:
    """
    Return events and phases by their names and seconds, anything else as it is.
    """
    if answer == "stage":
        return value and value.event_type
    if answer == "phases":
        return [(phase.event_type, seconds(phase.duration)) for phase in value]
    return value


def seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()


@pytest.mark.parametrize("answer", REAL)
@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_every_sample_gives_its_answers(name: str, answer: str) -> None:
    """
    Each property of each sample, against what its document says.
    """
    assert plainly(answer, getattr(the(name), answer)) == {**REAL, **DIFFERENT[name]}[answer]


def test_no_answer_is_left_untested() -> None:
    """
    The table above has every public property of `Job`.
    """
    answers = {name for name, value in getmembers(Job) if isinstance(value, property) and name[0] != "_"}

    assert answers == set(REAL)


def test_the_age_counts_from_creation() -> None:
    """
    In whatever zone now is given; below zero before the creation.
    """
    job = real(created_at=datetime(2025, 5, 16, 17, tzinfo=UTC))

    assert job.age(datetime(2025, 5, 16, 20, tzinfo=timezone(timedelta(hours=2)))) == timedelta(hours=1)
    assert job.age(datetime(2025, 5, 16, 16, tzinfo=UTC)) == timedelta(hours=-1)


def test_the_age_wants_a_zone() -> None:
    """
    A time of nowhere is no moment.
    """
    with pytest.raises(TypeError):
        real().age(datetime(2025, 5, 16, 18))  # noqa: DTZ001  # the point


def test_times_out_of_order_give_no_span() -> None:
    """
    An end before the start is no run time, and a start before the creation no queue time.
    """
    job = real(started_at=datetime(2020, 1, 1, tzinfo=UTC), ended_at=datetime(2019, 1, 1, tzinfo=UTC))

    assert (job.queue_time, job.run_time) == (None, None)


def test_numbers_beyond_a_timedelta_are_unknown() -> None:
    """
    AWS's numbers have no upper bound, Python's durations have.
    """
    job = real(billable_duration=10**20, stopping_condition=StoppingCondition(max_runtime_in_seconds=10**20))

    assert (job.billable_time, job.max_runtime) == (None, None)


def test_a_length_below_zero_is_unknown() -> None:
    """
    Nothing is billed for, or stops after, less than no time.
    """
    job = real(billable_duration=-5000, stopping_condition=StoppingCondition(max_runtime_in_seconds=-60))

    assert (job.billable_time, job.max_runtime) == (None, None)


def test_an_unknown_status_is_neither_ended_nor_successful() -> None:
    """
    Nothing is said of a status that nobody knows yet.
    """
    job = real(status=JobStatus("PAUSED"))

    assert (job.is_terminal, job.is_successful, job.failure, job.results_s3_uri) == (False, False, None, None)


@pytest.mark.parametrize("status", [status for status in JobStatus if status != JobStatus.FAILED])
def test_only_a_failed_job_has_a_failure(status: JobStatus) -> None:
    """
    A reason that comes with another status stays what it is, a text.
    """
    assert real(status=status, failure_reason="none").failure is None


def test_an_arn_that_is_none_tells_nothing() -> None:
    """
    A job built by hand may have any text for its ARN.
    """
    job = real(job_arn="my job")

    assert (job.region, job.log_stream_prefix) == (None, None)


@pytest.mark.parametrize(
    ("job_id", "job_name", "prefix"),
    [
        ("job-test-20210628140446", "job-test-20210628140446", "job-test-20210628140446"),
        ("ACC51817-2B7A-48ED-8DEE-FFFC87703B10", "vqe", "vqe/ACC51817-2B7A-48ED-8DEE-FFFC87703B10"),
        ("my-vqe", "vqe", None),
        ("vqe", "my-vqe", None),
    ],
)
def test_log_streams_are_named_for_the_arns_form(job_id: str, job_name: str, prefix: str | None) -> None:
    """
    By name and UUID since 2024, by name alone before, and not at all for an ARN of another form.
    """
    job = real(job_arn=f"arn:aws:braket:us-west-2:123456789012:job/{job_id}", job_name=job_name)

    assert job.log_stream_prefix == prefix


def test_results_are_below_the_output_path_with_one_slash() -> None:
    """
    A path that ends in a slash gets no second one.
    """
    output = attrs.evolve(real().output_data_config, s3_path="s3://bucket/out/")

    assert real(output_data_config=output).results_s3_uri == "s3://bucket/out/output/model.tar.gz"


@pytest.mark.parametrize("s3_path", ["", "/"])
def test_results_of_no_path_are_nowhere(s3_path: str) -> None:
    """
    An empty output path has nothing below it.
    """
    output = attrs.evolve(real().output_data_config, s3_path=s3_path)

    assert real(output_data_config=output).results_s3_uri is None


def test_the_position_of_tasks_is_read_too() -> None:
    """
    Whichever queue it is of.
    """
    info = QueueInfo(queue=QueueName.QUANTUM_TASKS_QUEUE, position=">2000")

    assert real(queue_info=info).queue_position == QueuePosition(value=2000, is_at_least=True, raw=">2000")


@pytest.mark.parametrize("status", [JobStatus.COMPLETED, JobStatus.RUNNING, JobStatus.CANCELLING, JobStatus("PAUSED")])
def test_raise_for_status_gives_the_job_back(status: JobStatus) -> None:
    """
    A job of which nothing says that it went wrong comes back itself.
    """
    job = real(status=status)

    assert job.raise_for_status() is job


def test_a_failed_job_raises_its_failure() -> None:
    """
    The error carries the failure, the ARN and the request, and says where to look.
    """
    job = the("composed_failed", request_id="5a4b")

    with pytest.raises(JobFailedError) as caught:
        job.raise_for_status()

    assert caught.value.failure == job.failure
    assert (caught.value.job_arn, caught.value.request_id) == (REAL_ARN, "5a4b")
    assert str(caught.value) == (
        f"Braket reports a failure for '{REAL_ARN}': AlgorithmError: {FILE_NOT_FOUND}, exit code: 1. "
        "Read its logs in Amazon CloudWatch: group '/aws/braket/jobs', "
        "streams 'run-ghz-hybrid/acc51817-2b7a-48ed-8dee-fffc87703b10/…'. [request_id=5a4b]"
    )


def test_a_failure_without_a_reason_is_told_in_the_words_of_its_end() -> None:
    """
    A job that ran too long says so in its events only.
    """
    job = the("composed_max_runtime", job_arn="my job")

    with pytest.raises(JobFailedError) as caught:
        job.raise_for_status()

    assert caught.value.failure is None
    assert str(caught.value) == (
        "Braket reports a failure for 'my job': Job exceeded maximum runtime. "
        "Read its logs in Amazon CloudWatch: group '/aws/braket/jobs'."
    )


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (["RUNNING"], ""),
        (["RUNNING", "CANCELLED"], ""),
        (["MAX_RUNTIME_EXCEEDED", "UPLOADING_RESULTS"], ": about MAX_RUNTIME_EXCEEDED"),
        (["RUNNING", "FAILED"], ": about FAILED"),
    ],
)
def test_only_an_event_of_its_end_tells_why_a_job_failed(told: list[str], why: str) -> None:
    """
    Events lag: what the job did last before anybody said that it failed is no reason.
    """
    events = [{"eventType": kind, "message": f"about {kind}"} for kind in told]
    job = job_from_dict({**sample("composed_failed"), "failureReason": None, "events": events})

    with pytest.raises(JobFailedError) as caught:
        job.raise_for_status()

    assert str(caught.value).startswith(f"Braket reports a failure for '{REAL_ARN}'{why}. Read its logs")


@pytest.mark.parametrize(("events", "why"), [((), ""), (None, ": Job has been cancelled")])
def test_a_cancelled_job_raises(events: tuple[()] | None, why: str) -> None:
    """
    In the words of the event that says so, if there is one.
    """
    job = the("composed_cancelled_before_start", **({} if events is None else {"events": events}))

    with pytest.raises(JobCancelledError) as caught:
        job.raise_for_status()

    assert str(caught.value) == f"Braket reports a cancellation for '{REAL_ARN}'{why}."


def test_stage_is_the_event_itself() -> None:
    """
    With its time and message.
    """
    job = real()

    assert job.stage is job.events[-1]
