"""
How jobs move: by moto's state manager, by a script, by hand; and what goes with each state.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from math import ceil
from typing import Any

import pytest
from moto.moto_api import state_manager
from support.requests import braket_client, create_request
from support.samples import REAL_ARN, sample

from braket_jobs.testing import JobsFactory, faults
from braket_jobs.testing.braket.course import ManagedCourse

pytestmark = pytest.mark.usefixtures("braket")

MODEL = "braket::job"


def create() -> str:
    return braket_client().create_job(**create_request())["jobArn"]


def look(arn: str) -> dict[str, Any]:
    return dict(braket_client().get_job(jobArn=arn))


def statuses(arn: str, looks: int) -> list[str]:
    client = braket_client()
    return [client.get_job(jobArn=arn)["status"] for _ in range(looks)]


def event_types(answer: dict[str, Any]) -> list[str]:
    return [event["eventType"] for event in answer["events"]]


def test_by_default_a_job_is_done_at_the_first_look() -> None:
    """
    Moto's own default for every service: immediate.
    """
    assert statuses(create(), 2) == ["COMPLETED", "COMPLETED"]


def test_manual_progression_moves_every_so_many_looks() -> None:
    """
    Moto counts a look before it is answered, so with two, one shows QUEUED and the next RUNNING.
    """
    state_manager.set_transition(MODEL, {"progression": "manual", "times": 2})

    assert statuses(create(), 5) == ["QUEUED", "RUNNING", "RUNNING", "COMPLETED", "COMPLETED"]


def test_progression_by_time_waits() -> None:
    """
    Nothing moves before its time.
    """
    state_manager.set_transition(MODEL, {"progression": "time", "seconds": 3600})

    assert statuses(create(), 3) == ["QUEUED", "QUEUED", "QUEUED"]


def test_progression_by_time_moves_one_state_a_look() -> None:
    """
    When its time is over, however long ago.
    """
    state_manager.set_transition(MODEL, {"progression": "time", "seconds": 0})

    assert statuses(create(), 3) == ["RUNNING", "COMPLETED", "COMPLETED"]


def test_a_managed_job_is_cancelled_by_way_of_cancelling() -> None:
    """
    The state manager moves it on from CANCELLING.
    """
    state_manager.set_transition(MODEL, {"progression": "manual", "times": 2})
    arn = create()
    braket_client().cancel_job(jobArn=arn)

    assert statuses(arn, 3) == ["CANCELLING", "CANCELLED", "CANCELLED"]


def test_a_cancelled_job_waits_from_its_cancelling_on() -> None:
    """
    With progression by time, the time that went by before doesn't count.
    """
    state_manager.set_transition(MODEL, {"progression": "time", "seconds": 3600})
    course = ManagedCourse()
    course._time_progressed -= timedelta(seconds=3601)

    course.cancel()

    assert [course.state(), course.state()] == ["CANCELLING", "CANCELLING"]


def test_cancelling_again_starts_nothing_anew() -> None:
    """
    The job goes on to its end.
    """
    arn = JobsFactory().create(states=["RUNNING"])
    braket_client().cancel_job(jobArn=arn)
    before = statuses(arn, 1)
    braket_client().cancel_job(jobArn=arn)

    assert before + statuses(arn, 1) == ["CANCELLING", "CANCELLED"]


def test_a_job_can_be_cancelled_before_anybody_has_looked() -> None:
    """
    Also where the first look would find it done.
    """
    arn = create()

    braket_client().cancel_job(jobArn=arn)

    assert look(arn)["status"] == "CANCELLED"
    assert "startedAt" not in look(arn)


def test_a_managed_job_is_not_moved_by_hand() -> None:
    """
    Two masters would be one too many.
    """
    with pytest.raises(ValueError, match="create it with states"):
        JobsFactory().advance(create())


def test_a_script_is_shown_state_by_state() -> None:
    """
    Each look shows a state, and the last one stays.
    """
    arn = JobsFactory().create(states=["QUEUED", "QUEUED", "RUNNING", "FAILED"])

    assert statuses(arn, 5) == ["QUEUED", "QUEUED", "RUNNING", "FAILED", "FAILED"]


def test_a_script_may_go_back() -> None:
    """
    And forth again; the events of a state are told once.
    """
    arn = JobsFactory().create(states=["RUNNING", "QUEUED", "RUNNING"])

    assert statuses(arn, 3) == ["RUNNING", "QUEUED", "RUNNING"]
    assert event_types(look(arn)) == ["STARTING_INSTANCE", "DOWNLOADING_DATA", "RUNNING"]


def test_a_script_may_stay_before_the_end() -> None:
    """
    A job that is running for ever.
    """
    arn = JobsFactory().create(states=["RUNNING"])

    assert statuses(arn, 3) == ["RUNNING"] * 3


def test_a_script_may_hold_a_state_that_does_not_exist_yet() -> None:
    """
    AWS may invent one.
    """
    arn = JobsFactory().create(states=["PAUSED"])

    assert look(arn)["status"] == "PAUSED"


def test_a_script_moved_by_hand_waits_for_the_hand() -> None:
    """
    Looks don't move it, `advance` does, over several states at once too.
    """
    factory = JobsFactory()
    arn = factory.create(states=["QUEUED", "RUNNING", "COMPLETED"], advance="manually")
    before = statuses(arn, 2)
    factory.advance(arn)
    between = statuses(arn, 2)
    factory.advance(arn, times=5)

    assert before == ["QUEUED", "QUEUED"]
    assert between == ["RUNNING", "RUNNING"]
    assert statuses(arn, 1) == ["COMPLETED"]


@pytest.mark.parametrize("reason", ["", "x" * 1025])
def test_a_failure_reason_that_cannot_be_is_refused(reason: str) -> None:
    """
    The model allows 1 to 1024 characters.
    """
    with pytest.raises(ValueError, match=r"Not a failure reason: .*size"):
        JobsFactory().create(failure_reason=reason)


def test_another_way_to_advance_is_refused() -> None:
    """
    It would move nothing, and nobody would know why.
    """
    wrong: Any = "per_look"

    with pytest.raises(ValueError, match="advance must be one of look, manually; got 'per_look'"):
        JobsFactory().create(states=["QUEUED"], advance=wrong)


@pytest.mark.parametrize(
    "act",
    [
        lambda factory: factory.create(),
        lambda factory: factory.fail(faults.THROTTLING),
        lambda factory: factory.add({}, job_arn=REAL_ARN.replace("us-east-1", "sa-east-1")),
    ],
    ids=["create", "fail", "add"],
)
def test_a_region_without_braket_is_refused_with_a_reason(act: Callable[[JobsFactory], object]) -> None:
    """
    And with what to do about it.
    """
    with pytest.raises(ValueError, match=r"no Amazon Braket in 'sa-east-1'.*MOTO_ALLOW_NONEXISTENT_REGION"):
        act(JobsFactory("sa-east-1"))


@pytest.mark.parametrize("states", [[], ["COMPLETED", "RUNNING"]])
def test_a_script_that_cannot_be_is_refused(states: list[str]) -> None:
    """
    There is a state, and nothing follows the end.
    """
    with pytest.raises(ValueError, match="states must not be empty, and only the last may end the job"):
        JobsFactory().create(states=states)


def test_a_job_that_create_job_would_not_take_is_refused() -> None:
    """
    The factory checks by the same model, and knows every member.
    """
    with pytest.raises(ValueError, match=r"'jobName'.*'colour'"):
        JobsFactory().create(job_name="-", colour="red")


@pytest.mark.parametrize(
    ("status", "events"),
    [
        ("QUEUED", ["STARTING_INSTANCE"]),
        ("RUNNING", ["STARTING_INSTANCE", "DOWNLOADING_DATA", "RUNNING"]),
        ("COMPLETED", ["STARTING_INSTANCE", "DOWNLOADING_DATA", "RUNNING", "UPLOADING_RESULTS", "COMPLETED"]),
        ("FAILED", ["STARTING_INSTANCE", "DOWNLOADING_DATA", "RUNNING", "FAILED"]),
        ("CANCELLING", ["STARTING_INSTANCE", "DOWNLOADING_DATA", "RUNNING"]),
        ("CANCELLED", ["STARTING_INSTANCE", "DOWNLOADING_DATA", "RUNNING", "CANCELLED"]),
    ],
)
def test_a_state_has_its_events(status: str, events: list[str]) -> None:
    """
    Those of the real job as far as it had come, and one for another end.
    """
    answer = look(JobsFactory().create(states=[status]))

    assert event_types(answer) == events


def test_events_have_the_real_jobs_messages() -> None:
    """
    Word for word.
    """
    answer = look(JobsFactory().create(states=["COMPLETED"]))

    assert [event["message"] for event in answer["events"]] == [
        event["message"] for event in sample("real_completed_wire")["events"]
    ]


def test_times_follow_from_events() -> None:
    """
    A job starts with DOWNLOADING_DATA and ends with its last event, as the real one did.
    """
    answer = look(JobsFactory().create(states=["COMPLETED"]))
    times = {event["eventType"]: event["timeOfEvent"] for event in answer["events"]}

    assert answer["startedAt"] == times["DOWNLOADING_DATA"]
    assert answer["endedAt"] == times["COMPLETED"]
    assert answer["createdAt"] <= answer["startedAt"] <= answer["endedAt"] <= datetime.now(UTC)


def test_what_is_billed_follows_from_the_times() -> None:
    """
    From those on the wire, which have milliseconds, rounded up to a second.
    """
    answers = [look(JobsFactory().create(states=["COMPLETED"])) for _ in range(20)]

    assert [answer["billableDuration"] for answer in answers] == [
        ceil((answer["endedAt"] - answer["startedAt"]).total_seconds()) * 1000 for answer in answers
    ]


@pytest.mark.parametrize("status", ["QUEUED", "RUNNING", "CANCELLING"])
def test_a_job_that_goes_on_has_no_end(status: str) -> None:
    """
    And nothing to bill.
    """
    answer = look(JobsFactory().create(states=[status]))

    assert answer.keys().isdisjoint({"endedAt", "billableDuration", "failureReason"})


def test_a_job_that_fails_in_the_queue_has_not_started() -> None:
    """
    It has an end and a reason, and nothing to bill.
    """
    arn = JobsFactory().create(states=["QUEUED", "FAILED"], failure_reason="no capacity")
    look(arn)

    answer = look(arn)

    assert answer["failureReason"] == "no capacity"
    assert event_types(answer) == ["STARTING_INSTANCE", "FAILED"]
    assert answer.keys().isdisjoint({"startedAt", "billableDuration"})


def test_a_job_cannot_complete_without_having_run() -> None:
    """
    A script that leaves RUNNING out means it.
    """
    arn = JobsFactory().create(states=["QUEUED", "COMPLETED"])
    look(arn)

    answer = look(arn)

    assert event_types(answer)[1:3] == ["DOWNLOADING_DATA", "RUNNING"]


def test_events_are_not_repeated() -> None:
    """
    However often somebody looks.
    """
    arn = JobsFactory().create(states=["COMPLETED"])

    assert look(arn)["events"] == look(arn)["events"]


def test_looks_are_counted() -> None:
    """
    GetJob is a look, SearchJobs isn't.
    """
    factory = JobsFactory()
    arn = factory.create()
    statuses(arn, 3)
    braket_client().search_jobs(filters=[])

    assert factory.looks(arn) == 3


def test_a_single_text_is_no_sequence_of_states() -> None:
    """
    "RUNNING" is one state, not seven.
    """
    with pytest.raises(TypeError, match="states is a sequence of states"):
        JobsFactory().create(states="RUNNING")


def test_a_job_may_have_been_created_before() -> None:
    """
    GetJob and SearchJobs tell the same time, to the millisecond; its states are entered now.
    """
    begun = datetime.now(UTC) - timedelta(milliseconds=1)
    created_at = datetime(2025, 5, 16, 19, 21, 38, 893999, timezone(timedelta(hours=2)))

    arn = JobsFactory().create(states=["COMPLETED"], created_at=created_at)
    answer = look(arn)
    (found,) = braket_client().search_jobs(filters=[])["jobs"]

    assert answer["createdAt"] == datetime(2025, 5, 16, 17, 21, 38, 893000, UTC)
    assert found["createdAt"] == answer["createdAt"]
    assert all(begun <= time for time in (answer["startedAt"], answer["endedAt"], found["startedAt"]))
    assert all(begun <= event["timeOfEvent"] for event in answer["events"])


def test_jobs_are_searched_for_by_when_they_were_created() -> None:
    """
    Newest first, whatever came first.
    """
    for day in (2, 3, 1):
        JobsFactory().create(job_name=f"day-{day}", created_at=datetime(2025, 5, day, tzinfo=UTC))

    since: Any = {"name": "createdAt", "operator": "GTE", "values": ["2025-05-02T00:00:00Z"]}
    found = braket_client().search_jobs(filters=[since])["jobs"]

    assert [job["jobName"] for job in found] == ["day-3", "day-2"]


@pytest.mark.parametrize(
    ("created_at", "kind", "words"),
    [
        ("2025-05-16T17:21:38Z", TypeError, "created_at must be a datetime; got '2025-05-16T17:21:38Z'"),
        (date(2025, 5, 16), TypeError, "created_at must be a datetime"),
        (datetime(2025, 5, 16), ValueError, "created_at must have a zone"),  # noqa: DTZ001 - that is what is wrong
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=1))), ValueError, "a time that UTC has too"),
        (datetime(9999, 1, 1, tzinfo=UTC), ValueError, "must not be in the future"),
    ],
)
def test_a_time_of_creation_that_cannot_be_is_refused(created_at: Any, kind: type[Exception], words: str) -> None:
    """
    It is an aware datetime, and no job ends before it was created.
    """
    with pytest.raises(kind, match=words):
        JobsFactory().create(created_at=created_at)
