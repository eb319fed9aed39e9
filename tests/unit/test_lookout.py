"""
The threads that look: as many as allowed, gone when nobody waits, and unable to leave anybody waiting.
"""

import gc
import logging
import threading
from collections.abc import Generator, Iterator
from itertools import count
from queue import SimpleQueue

import pytest
from support.watching import COMPLETED, QUEUED, RUNNING, a_watch, an_arn, throttling, trouble, waiting

from braket_jobs import Job, JobArn, PollPolicy, Quota, WaitCancelledError, WaitTimeoutError
from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.agenda import Agenda
from braket_jobs._watch.flows import AsTheyEnd, Updates
from braket_jobs._watch.threads import Lookout, run
from braket_jobs._watch.watch import Look, Notice, Purpose, Watch

ARN = str(a_watch().arn)
FAST = PollPolicy(wait_initial=0.001, wait_max=0.002)
SECONDS = 20.0  # more than any of this takes


def a_lookout(quota: Quota | None = None, *, most_looks: int = 32) -> Lookout:
    return Lookout(Agenda(Quotas(quota), most_looks=most_looks))


def looking(look: Look, *, poll: PollPolicy = FAST, timeout: float | None = SECONDS) -> Purpose:
    return waiting(look=look, poll=poll, timeout=timeout)


def answering(*answers: Job | BaseException) -> Look:
    """
    Return a look that answers in turn; the last answer is given again for ever.
    """
    rest = list(answers)

    def look(_watch: Watch) -> Job:
        answer = rest.pop(0) if len(rest) > 1 else rest[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return look


def our_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("braket-jobs")]


def all_gone() -> bool:
    for thread in our_threads():
        thread.join(SECONDS)
    return not our_threads()


def test_a_wait_hands_out_the_looks_and_its_threads_go() -> None:
    """
    Nothing is left over when nobody waits any more.
    """
    flow = Updates([ARN], looking(answering(RUNNING, RUNNING, COMPLETED)))

    looks = list(run(a_lookout(), flow, None))

    assert looks == [RUNNING, COMPLETED]
    assert all_gone()


def test_the_threads_of_a_wait_that_timed_out_go() -> None:
    """
    Though nothing is told to the lookout any more.
    """
    hourly = PollPolicy(wait_initial=3600, wait_max=3600)

    with pytest.raises(WaitTimeoutError):
        list(run(a_lookout(), Updates([ARN], looking(answering(RUNNING), poll=hourly, timeout=0.05)), None))
    assert all_gone()


def test_all_threads_are_daemons() -> None:
    """
    An interpreter that ends waits for none of them.
    """
    seen: list[threading.Thread] = []

    def look(_watch: Watch) -> Job:
        seen.extend(our_threads())
        return COMPLETED

    list(run(a_lookout(), Updates([ARN], looking(look)), None))

    assert {thread.name for thread in seen} == {"braket-jobs", "braket-jobs-look"}
    assert all(thread.daemon for thread in seen)


def test_looks_are_bounded_however_many_jobs() -> None:
    """
    Two slots for jobs of four accounts: each look waits until there is a second one, and there is never a third.
    """
    under_way, most = [0], [0]
    lock, pair = threading.Lock(), threading.Barrier(2)

    def look(_watch: Watch) -> Job:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        pair.wait(SECONDS)
        with lock:
            under_way[0] -= 1
        return COMPLETED

    arns = [an_arn(number, account_id=f"{number % 4:012}") for number in range(40)]

    outcomes = list(run(a_lookout(most_looks=2), AsTheyEnd(arns, looking(look), None), None))

    assert len({outcome.job_arn for outcome in outcomes}) == len(outcomes) == 40
    assert [outcome.error for outcome in outcomes] == [None] * 40
    assert most[0] == 2


def test_a_lookout_can_be_used_again() -> None:
    """
    Its thread comes back when there is something to do.
    """
    lookout = a_lookout()
    for _ in range(3):
        assert list(run(lookout, Updates([ARN], looking(answering(COMPLETED))), None)) == [COMPLETED]
        assert all_gone()


def test_a_closed_iterator_ends_the_watch() -> None:
    """
    Nobody looks any more, and the threads go.
    """
    iterator = run(a_lookout(), Updates([ARN], looking(answering(RUNNING))), None)
    first = next(iterator)

    iterator.close()

    assert first == RUNNING
    assert all_gone()


def test_a_forgotten_iterator_ends_the_watch() -> None:
    """
    The garbage collector closes it.
    """
    iterator: Generator[Job, None, None] | None = run(a_lookout(), Updates([ARN], looking(answering(RUNNING))), None)
    assert iterator is not None
    next(iterator)

    iterator = None
    gc.collect()

    assert all_gone()


def test_an_event_ends_the_wait() -> None:
    """
    Though the next look would be an hour later.
    """
    cancel = threading.Event()
    hourly = PollPolicy(wait_initial=3600, wait_max=3600)
    iterator = run(a_lookout(), Updates([ARN], looking(answering(RUNNING), poll=hourly)), cancel)
    next(iterator)

    cancel.set()

    with pytest.raises(WaitCancelledError) as caught:
        next(iterator)
    assert caught.value.job == RUNNING
    assert all_gone()


def test_an_event_ends_the_waits_for_many() -> None:
    """
    Each has its outcome, and nobody looks any more.
    """
    cancel = threading.Event()
    hourly = PollPolicy(wait_initial=3600, wait_max=3600)
    purpose = looking(answering(RUNNING), poll=hourly, timeout=None)
    flow = AsTheyEnd([a_watch(number).arn for number in range(20)], purpose, lambda _: cancel.set())

    outcomes = list(run(a_lookout(), flow, cancel))

    assert [type(outcome.error) for outcome in outcomes] == [WaitCancelledError] * 20
    assert all_gone()


def test_an_event_ends_a_wait_for_an_endless_input() -> None:
    """
    It is read no more.
    """
    cancel = threading.Event()

    def endless() -> Iterator[JobArn]:
        for number in count():
            if number == 50:
                cancel.set()
            yield an_arn(number)

    hourly = PollPolicy(wait_initial=3600, wait_max=3600)
    purpose = looking(answering(RUNNING), poll=hourly, timeout=None)

    assert len(list(run(a_lookout(), AsTheyEnd(endless(), purpose, None), cancel))) == 51


def test_all_there_is_is_told_before_more_is_read() -> None:
    """
    A job tells of three changes here, and reading the next one takes longer than that.
    """
    told: list[Job] = []
    told_when_read: list[int] = []

    def slow() -> Iterator[JobArn]:
        for number in range(4):
            yield an_arn(number)
            all_gone()  # all is over with that job
            told_when_read.append(len(told))

    answers = {an_arn(number): answering(RUNNING, QUEUED, COMPLETED) for number in range(4)}

    def look(watch: Watch) -> Job:
        return answers[watch.arn](watch)

    list(run(a_lookout(), AsTheyEnd(slow(), looking(look), told.append), None))

    assert told_when_read == [0, 3, 6, 9]


def test_a_timeout_counts_from_the_first_next() -> None:
    """
    Also for a job that is read when it is over: nobody looks at it.
    """
    now = [0.0]

    def slow() -> Iterator[JobArn]:
        yield an_arn(1)
        now[0] += 60.0
        yield an_arn(2)

    lookout = Lookout(Agenda(Quotas(None), most_looks=1), clock=lambda: now[0])
    purpose = looking(answering(RUNNING), timeout=30.0)

    outcomes = list(run(lookout, AsTheyEnd(slow(), purpose, None), None))

    assert [type(outcome.error) for outcome in outcomes] == [WaitTimeoutError] * 2
    assert {outcome.job_arn: outcome.error.attempts for outcome in outcomes if outcome.error}[str(an_arn(2))] == 0


def test_an_interrupted_start_leaves_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Ctrl-C may come when the lookout's thread has just started: that one goes, and the next wait starts another.
    """
    start, interrupted = threading.Thread.start, list[threading.Thread]()

    def start_late(thread: threading.Thread) -> None:
        start(thread)
        if not interrupted:
            interrupted.append(thread)
            raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", start_late)
    lookout = a_lookout()
    with pytest.raises(KeyboardInterrupt):
        list(run(lookout, Updates([ARN], looking(answering(RUNNING))), None))
    interrupted[0].join(SECONDS)

    assert not interrupted[0].is_alive()
    assert list(run(lookout, Updates([ARN], looking(answering(COMPLETED))), None)) == [COMPLETED]


def test_an_event_that_is_set_already_lets_nobody_look() -> None:
    """
    Nothing is asked.
    """
    cancel = threading.Event()
    cancel.set()
    looks: list[JobArn] = []

    def look(watch: Watch) -> Job:
        looks.append(watch.arn)
        return COMPLETED

    with pytest.raises(WaitCancelledError):
        list(run(a_lookout(), Updates([ARN], looking(look)), cancel))
    assert looks == []


def test_a_wait_with_an_event_notices_news_all_the_same() -> None:
    """
    Watching the event keeps nothing back.
    """
    looks = list(run(a_lookout(), Updates([ARN], looking(answering(RUNNING, COMPLETED))), threading.Event()))

    assert looks == [RUNNING, COMPLETED]


def test_closing_ends_the_waits() -> None:
    """
    From another thread, too: whoever waits is told.
    """
    lookout = a_lookout()
    iterator = run(lookout, Updates([ARN], looking(answering(RUNNING), timeout=None)), None)
    next(iterator)

    closer = threading.Thread(target=lookout.close)
    closer.start()

    with pytest.raises(WaitCancelledError):
        list(iterator)
    closer.join()
    assert all_gone()


def test_closing_takes_no_lock() -> None:
    """
    A signal's handler may close a client while its thread holds the lock.
    """
    lookout = a_lookout()
    closing = threading.Thread(target=lookout.close, daemon=True)

    with lookout._lock:
        closing.start()
        closing.join(SECONDS)

    assert not closing.is_alive()


def test_closing_what_is_idle_does_nothing() -> None:
    """
    It can be used after that.
    """
    lookout = a_lookout()

    lookout.close()

    assert list(run(lookout, Updates([ARN], looking(answering(COMPLETED))), None)) == [COMPLETED]


@pytest.mark.parametrize("defect", [ZeroDivisionError("a defect"), SystemExit(3)])
def test_a_defect_in_a_look_reaches_who_waits(defect: BaseException) -> None:
    """
    Whatever it is, nobody waits for ever.
    """
    with pytest.raises(type(defect)) as caught:
        list(run(a_lookout(), Updates([ARN], looking(answering(defect))), None))

    assert caught.value is defect


def test_a_defect_in_the_lookout_reaches_who_waits() -> None:
    """
    Chance that breaks ends all waits with its error, and the lookout goes on.
    """
    lookout = Lookout(Agenda(Quotas(None), most_looks=1, chance=lambda: 1 / 0))

    with pytest.raises(ZeroDivisionError):
        list(run(lookout, Updates([ARN], looking(answering(RUNNING))), None))
    assert list(run(lookout, Updates([ARN], looking(answering(COMPLETED))), None)) == [COMPLETED]


def test_without_threads_looks_are_made_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A machine that has no thread left for a look makes it in the lookout's own.
    """
    start = threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        if thread.name == "braket-jobs-look":
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse)

    assert list(run(a_lookout(), Updates([ARN], looking(answering(RUNNING, COMPLETED))), None)) == [RUNNING, COMPLETED]


def test_a_failed_look_is_logged_and_the_wait_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    """
    A warning for each, with the job's ARN to filter by.
    """
    flow = Updates([ARN], looking(answering(trouble(), COMPLETED)))

    with caplog.at_level(logging.WARNING, logger="braket_jobs"):
        looks = list(run(a_lookout(), flow, None))

    (record,) = caplog.records
    assert looks == [COMPLETED]
    assert record.getMessage().startswith("A look failed, the wait goes on: GetJob was not available")
    assert vars(record)["braket_job_arn"] == ARN


def test_throttling_is_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    """
    The quota deals with it; only who debugs hears of it.
    """
    flow = Updates([ARN], looking(answering(throttling(), COMPLETED)))

    with caplog.at_level(logging.DEBUG, logger="braket_jobs"):
        looks = list(run(a_lookout(Quota()), flow, None))

    assert looks == [COMPLETED]
    assert [record.levelname for record in caplog.records] == ["DEBUG"]


def test_who_was_dropped_receives_nothing_more() -> None:
    """
    A look that comes in late is told to nobody.
    """
    lookout = a_lookout()
    looks, may_answer = threading.Event(), threading.Event()
    told: SimpleQueue[Notice] = SimpleQueue()

    def look(_watch: Watch) -> Job:
        looks.set()
        may_answer.wait(SECONDS)
        return COMPLETED

    watch = a_watch(purpose=looking(look))
    lookout.add([watch], told.put)
    has_looked = looks.wait(SECONDS)
    lookout.drop([watch])
    may_answer.set()

    assert has_looked
    assert all_gone()
    assert told.empty()
