"""
The threads that poll: as many as allowed, gone when nobody waits, and unable to leave anybody waiting.
"""

import gc
import logging
import threading
from collections.abc import Callable, Generator
from queue import SimpleQueue

import pytest
from support.watching import (
    COMPLETED,
    QUEUED,
    RUNNING,
    SECONDS,
    Course,
    a_polled_job,
    an_arn,
    nobody_polls,
    throttling,
    trouble,
    waiting,
)

from braket_jobs import Job, JobArn, PollPolicy, Quota, WaitCancelledError, WaitTimeoutError
from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.kinds import OutcomesAsTheyEnd, Updates
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs._watch.poller import Poller
from braket_jobs._watch.scheduler import Scheduler
from braket_jobs._watch.threads import Threads

ARN = str(an_arn())
FAST = PollPolicy(wait_initial=0.001, wait_max=0.002)
HOURLY = PollPolicy(wait_initial=3600, wait_max=3600)

Request = Callable[[PolledJob], Job]


def a_poller(quota: Quota | None = None, *, most_requests: int = 32) -> Poller:
    return Poller(Scheduler(Quotas(quota), most_requests=most_requests), threads=Threads(idle_seconds=0.02))


def updates(poller: Poller, request: Request, *, policy: PollPolicy = FAST, timeout: float | None = SECONDS) -> Updates:
    return Updates(poller, [ARN], waiting(request=request, policy=policy, timeout=timeout))


def answering(*answers: Job | BaseException) -> Request:
    """
    Return a request that is answered in turn; the last answer is given again for ever.
    """
    rest = list(answers)

    def request(_polled: PolledJob) -> Job:
        answer = rest.pop(0) if len(rest) > 1 else rest[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return request


def allow_threads(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """
    Let so many threads start, and refuse the others.
    """
    start, allowed = threading.Thread.start, list(range(number))

    def start_or_refuse(thread: threading.Thread) -> None:
        if not allowed:
            raise RuntimeError("can't start new thread")
        allowed.pop()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_or_refuse)


def test_a_wait_hands_out_the_updates_and_its_threads_go() -> None:
    """
    Nothing is left over when nobody waits any more.
    """
    course = Course(RUNNING, COMPLETED)

    assert course.follow(updates(a_poller(), course.request).iterate()) == [RUNNING, COMPLETED]
    assert nobody_polls()


def test_the_threads_of_a_wait_that_timed_out_go() -> None:
    """
    Though nothing more is asked of the poller.
    """
    with pytest.raises(WaitTimeoutError):
        list(updates(a_poller(), answering(RUNNING), policy=HOURLY, timeout=0.05).iterate())
    assert nobody_polls()


def test_no_thread_ends_because_a_wait_does() -> None:
    """
    People fork when a wait is over, and a thread that has talked TLS holds a lock of OpenSSL's while it ends: the child
    could never make a connection.
    """
    used = set[threading.Thread]()

    def request(_polled: PolledJob) -> Job:
        used.add(threading.current_thread())
        return COMPLETED

    list(updates(Poller(Scheduler(Quotas(None), most_requests=32)), request).iterate())

    assert nobody_polls()
    assert {thread.is_alive() for thread in used} == {True}


def test_one_thread_is_called_however_many_jobs_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Until it has come, no other one is needed.
    """
    called, told, poller = list[threading.Thread](), SimpleQueue[Notification](), a_poller()

    def start_later(thread: threading.Thread) -> None:
        called.append(thread)

    monkeypatch.setattr(threading.Thread, "start", start_later)
    for number in range(100):
        poller.add([a_polled_job(number, waiting(request=answering(COMPLETED)))], told.put)
    monkeypatch.undo()
    (thread,) = called
    thread.start()

    assert {str(told.get(timeout=SECONDS).polled.arn) for _ in range(100)} == {str(an_arn(n)) for n in range(100)}


def test_all_threads_are_daemons() -> None:
    """
    An interpreter that ends waits for none of them.
    """
    before, seen = set(threading.enumerate()), set[threading.Thread]()

    def request(_polled: PolledJob) -> Job:
        seen.update(threading.enumerate())
        return COMPLETED

    list(updates(a_poller(), request).iterate())

    assert {(thread.name, thread.daemon) for thread in seen - before} == {("braket-jobs", True)}


def test_requests_are_bounded_however_many_jobs() -> None:
    """
    Two at once for jobs of four accounts: each waits until there is a second one, and there is never a third.
    """
    under_way, most = [0], [0]
    lock, pair = threading.Lock(), threading.Barrier(2)

    def request(_polled: PolledJob) -> Job:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        pair.wait(SECONDS)
        with lock:
            under_way[0] -= 1
        return COMPLETED

    arns = [an_arn(number, account_id=f"{number % 4:012}") for number in range(40)]
    subscription = OutcomesAsTheyEnd(a_poller(most_requests=2), arns, waiting(request=request, policy=FAST))

    outcomes = list(subscription.iterate())

    assert len({outcome.job_arn for outcome in outcomes}) == len(outcomes) == 40
    assert [outcome.error for outcome in outcomes] == [None] * 40
    assert most[0] == 2


def test_a_poller_can_be_used_again() -> None:
    """
    Its threads come back when there is something to do.
    """
    poller = a_poller()
    for _ in range(3):
        assert list(updates(poller, answering(COMPLETED)).iterate()) == [COMPLETED]
        assert nobody_polls()


def test_waits_that_are_over_leave_nothing_in_an_idle_poller() -> None:
    """
    Not even what nobody reads before the next wait.
    """
    poller = a_poller()
    for _ in range(3):
        list(OutcomesAsTheyEnd(poller, [], waiting()).iterate())

    assert poller._inbox.empty()


def test_a_closed_iterator_ends_the_polling() -> None:
    """
    The threads go.
    """
    iterator = updates(a_poller(), answering(RUNNING)).iterate()
    first = next(iterator)

    iterator.close()

    assert first == RUNNING
    assert nobody_polls()


def test_a_forgotten_iterator_ends_the_polling() -> None:
    """
    The garbage collector closes it.
    """
    iterator: Generator[Job, None, None] | None = updates(a_poller(), answering(RUNNING)).iterate()
    assert iterator is not None
    next(iterator)

    iterator = None
    gc.collect()

    assert nobody_polls()


def test_an_event_ends_the_wait() -> None:
    """
    Though the next poll would be an hour later.
    """
    cancel = threading.Event()
    iterator = updates(a_poller(), answering(RUNNING), policy=HOURLY).iterate(cancel)
    next(iterator)

    cancel.set()

    with pytest.raises(WaitCancelledError) as caught:
        next(iterator)
    assert caught.value.job == RUNNING
    assert nobody_polls()


def test_an_event_that_is_set_already_lets_nobody_poll() -> None:
    """
    Nothing is asked.
    """
    cancel = threading.Event()
    cancel.set()
    asked: list[JobArn] = []

    def request(polled: PolledJob) -> Job:
        asked.append(polled.arn)
        return COMPLETED

    with pytest.raises(WaitCancelledError):
        list(updates(a_poller(), request).iterate(cancel))
    assert asked == []


def test_a_wait_with_an_event_notices_updates_all_the_same() -> None:
    """
    Watching the event keeps nothing back.
    """
    course, cancel = Course(RUNNING, COMPLETED), threading.Event()

    assert course.follow(updates(a_poller(), course.request).iterate(cancel)) == [RUNNING, COMPLETED]
    cancel.set()


def test_an_interrupted_start_leaves_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Ctrl-C may come when a thread has just started: that one goes, and the next wait starts another.
    """
    start, interrupted = threading.Thread.start, list[threading.Thread]()

    def start_late(thread: threading.Thread) -> None:
        start(thread)
        if not interrupted and threading.current_thread() is threading.main_thread():
            interrupted.append(thread)
            raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", start_late)
    poller = a_poller()
    with pytest.raises(KeyboardInterrupt):
        list(updates(poller, answering(RUNNING)).iterate())
    interrupted[0].join(SECONDS)

    assert not interrupted[0].is_alive()
    assert list(updates(poller, answering(COMPLETED)).iterate()) == [COMPLETED]


def test_closing_ends_the_waits() -> None:
    """
    From another thread, too: whoever waits is told.
    """
    poller = a_poller()
    iterator = updates(poller, answering(RUNNING), timeout=None).iterate()
    next(iterator)

    closer = threading.Thread(target=poller.close)
    closer.start()

    with pytest.raises(WaitCancelledError):
        list(iterator)
    closer.join()
    assert nobody_polls()


def test_callers_take_no_lock() -> None:
    """
    A signal's handler may do anything with a client, whoever holds its locks.
    """
    poller, told = a_poller(), SimpleQueue[Notification]()
    polled = a_polled_job()

    def use() -> None:
        poller.add([polled], told.put)
        poller.drop([polled])
        poller.close()

    with poller._computing, poller._turn:
        using = threading.Thread(target=use, daemon=True)
        using.start()
        using.join(SECONDS)

    assert not using.is_alive()


def test_closing_what_is_idle_does_nothing() -> None:
    """
    It can be used after that.
    """
    poller = a_poller()

    poller.close()

    assert list(updates(poller, answering(COMPLETED)).iterate()) == [COMPLETED]


@pytest.mark.parametrize("defect", [ZeroDivisionError("a defect"), SystemExit(3)])
def test_a_defect_in_a_request_reaches_who_waits(defect: BaseException) -> None:
    """
    Whatever it is, nobody waits for ever.
    """
    with pytest.raises(type(defect)) as caught:
        list(updates(a_poller(), answering(defect)).iterate())

    assert caught.value is defect


def test_a_defect_in_the_scheduler_reaches_who_waits() -> None:
    """
    Chance that breaks ends all waits with its error, and the poller goes on.
    """
    divisors = iter([0, 1])
    poller = Poller(Scheduler(Quotas(None), most_requests=1, chance=lambda: 1 / next(divisors)))

    with pytest.raises(ZeroDivisionError):
        list(updates(poller, answering(RUNNING)).iterate())
    assert list(updates(poller, answering(COMPLETED)).iterate()) == [COMPLETED]


def test_with_one_thread_polls_are_made_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A machine that has no more threads is enough for many jobs, though none can be started for those that come later.
    """
    allow_threads(monkeypatch, 1)
    poller, answers = a_poller(), {an_arn(number): answering(RUNNING, COMPLETED) for number in range(3)}
    other_is_added = threading.Event()

    def request(polled: PolledJob) -> Job:
        other_is_added.wait(SECONDS)
        return answers[polled.arn](polled)

    def one_by_one() -> Generator[JobArn, None, None]:
        yield from answers
        other_is_added.set()

    subscription = OutcomesAsTheyEnd(poller, one_by_one(), waiting(request=request, policy=FAST))

    assert [outcome.job for outcome in subscription.iterate()] == [COMPLETED] * 3


def test_without_any_thread_a_wait_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nobody would poll; when there are threads again, it works again.
    """
    poller = a_poller()
    with monkeypatch.context() as patch:
        allow_threads(patch, 0)
        with pytest.raises(RuntimeError, match="can't start new thread"):
            list(updates(poller, answering(RUNNING)).iterate())

    assert list(updates(poller, answering(COMPLETED)).iterate()) == [COMPLETED]


def test_updates_are_told_in_their_order() -> None:
    """
    Though they come from several threads, of which the first may be slow, and others have reason to hurry.
    """
    poller, told = a_poller(), SimpleQueue[Job | None]()
    last_is_told = threading.Event()

    def receive(notification: Notification) -> None:
        if notification.is_last:
            last_is_told.set()
        else:
            poller.add([a_polled_job(1, waiting(request=answering(COMPLETED)))], lambda _: None)
            last_is_told.wait(0.2)
        told.put(notification.job)

    poller.add([a_polled_job(options=waiting(request=answering(RUNNING, COMPLETED), policy=FAST))], receive)

    assert [told.get(timeout=SECONDS) for _ in range(2)] == [RUNNING, COMPLETED]
    assert nobody_polls()


def test_a_failed_poll_is_logged_and_the_wait_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    """
    A warning for each, with the job's ARN to filter by.
    """
    with caplog.at_level(logging.WARNING, logger="braket_jobs"):
        seen = list(updates(a_poller(), answering(trouble(), COMPLETED)).iterate())
        assert nobody_polls()

    (record,) = caplog.records
    assert seen == [COMPLETED]
    assert record.getMessage().startswith("A poll failed, the wait goes on: GetJob was not available")
    assert vars(record)["braket_job_arn"] == ARN


def test_throttling_is_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    """
    The quota deals with it; only who debugs hears of it.
    """
    with caplog.at_level(logging.DEBUG, logger="braket_jobs"):
        seen = list(updates(a_poller(Quota()), answering(throttling(), COMPLETED)).iterate())
        assert nobody_polls()

    assert seen == [COMPLETED]
    assert [record.levelname for record in caplog.records] == ["DEBUG"]


@pytest.fixture
def blocked_log() -> Generator[threading.Event, None, None]:
    """
    Let whoever logs a record wait for this event.
    """
    may_go_on = threading.Event()

    class Blocked(logging.Handler):
        def emit(self, _record: logging.LogRecord) -> None:
            may_go_on.wait(SECONDS)

    handler = Blocked()
    logging.getLogger("braket_jobs").addHandler(handler)
    yield may_go_on
    logging.getLogger("braket_jobs").removeHandler(handler)
    may_go_on.set()
    assert nobody_polls()


def test_a_log_handler_that_blocks_delays_no_timeout(blocked_log: threading.Event) -> None:
    """
    A poll is logged by the thread that made it, which holds nothing then.
    """
    with pytest.raises(WaitTimeoutError):
        list(updates(a_poller(), answering(trouble()), policy=HOURLY, timeout=0.1).iterate())

    assert not blocked_log.is_set()


def test_a_log_handler_that_blocks_delays_no_other_poll(blocked_log: threading.Event) -> None:
    """
    Not even of the same job.
    """
    course = Course(QUEUED, trouble(), COMPLETED)
    seen = course.follow(updates(a_poller(), course.request).iterate())

    assert seen == [QUEUED, COMPLETED]
    assert not blocked_log.is_set()


def test_a_log_filter_that_raises_ends_no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Not even where there is but one thread to poll.
    """

    def refuse(_record: logging.LogRecord) -> bool:
        raise ZeroDivisionError

    log = logging.getLogger("braket_jobs")
    allow_threads(monkeypatch, 1)
    log.addFilter(refuse)
    try:
        seen = list(updates(a_poller(), answering(trouble(), COMPLETED), policy=FAST, timeout=SECONDS).iterate())
        assert nobody_polls()
    finally:
        log.removeFilter(refuse)

    assert seen == [COMPLETED]


def test_who_was_dropped_receives_nothing_more() -> None:
    """
    An answer that comes too late is told to nobody.
    """
    poller = a_poller()
    asked, may_answer = threading.Event(), threading.Event()
    told: SimpleQueue[Notification] = SimpleQueue()

    def request(_polled: PolledJob) -> Job:
        asked.set()
        may_answer.wait(SECONDS)
        return COMPLETED

    polled = a_polled_job(options=waiting(request=request))
    poller.add([polled], told.put)
    was_asked = asked.wait(SECONDS)
    poller.drop([polled])
    may_answer.set()

    assert was_asked
    assert nobody_polls()
    assert told.empty()


def test_who_is_dropped_while_others_are_told_receives_nothing() -> None:
    """
    Though what it would have been told is there already.
    """
    poller, told = a_poller(), SimpleQueue[Notification]()
    jobs = [a_polled_job(number, waiting(request=answering(RUNNING), policy=HOURLY)) for number in range(2)]

    def receive(notification: Notification) -> None:
        told.put(notification)
        if notification.is_last:
            poller.drop(jobs)

    poller.add(jobs, receive)
    updates = [told.get(timeout=SECONDS) for _ in jobs]
    poller.close()

    assert [each.is_last for each in updates] == [False, False]
    assert nobody_polls()
    assert told.qsize() == 1


def test_what_is_added_while_the_last_thread_leaves_is_polled(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whoever adds it sees that a thread has the turn, and starts none.
    """
    poller, told = a_poller(), SimpleQueue[Notification]()
    rest = [a_polled_job(number, waiting(request=answering(COMPLETED))) for number in range(2)]

    class Turn:
        """
        Of which each thread that has nothing to do gives up too late.
        """

        def __init__(self) -> None:
            self._lock = threading.Lock()
            self.acquire, self.locked = self._lock.acquire, self._lock.locked

        def release(self) -> None:
            if poller._due is None:
                poller.add(rest[:1], told.put)
                del rest[:1]
            self._lock.release()

    monkeypatch.setattr(poller, "_turn", Turn())
    poller.add([rest.pop()], told.put)

    assert [told.get(timeout=SECONDS).job for _ in range(2)] == [COMPLETED] * 2
    assert nobody_polls()


def test_closing_again_and_again_keeps_nothing() -> None:
    """
    Where nobody waits there is nothing to end.
    """
    poller = a_poller()
    for _ in range(100):
        poller.close()

    assert poller._inbox.empty()


def test_a_signals_handler_may_wait_while_its_thread_calls_another() -> None:
    """
    The thread that was being called doesn't come before the handler has ended, so the handler calls one by itself.
    """
    heard: SimpleQueue[Notification] = SimpleQueue()
    first, second = (a_polled_job(number, waiting(request=lambda _: COMPLETED)) for number in range(2))
    interrupts = [second]

    class Interrupted(Threads):
        def run(self, work: Callable[[], object]) -> None:
            if interrupts:
                poller.add([interrupts.pop()], heard.put)
                assert heard.get(timeout=SECONDS).is_last
            super().run(work)

    poller = Poller(Scheduler(Quotas(None), most_requests=32), threads=Interrupted(idle_seconds=0.02))
    poller.add([first], heard.put)

    assert heard.get(timeout=SECONDS).is_last
