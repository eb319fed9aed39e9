"""
`JobsClient` and `get_job`: which clients they build, share, keep and close.
"""

import copy
import gc
import pickle
import signal
import threading
import weakref
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import attrs
import boto3
import pytest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import RefreshableCredentials
from botocore.session import get_session
from support.answers import KEY, KEY_ID, http_answer
from support.documents import parsed
from support.fault_server import FaultServer
from support.faults import answer
from support.outcomes import attempt
from support.samples import REAL_ARN, sample
from support.scripts import THROTTLED, Script, document

from braket_jobs import AsyncJobsClient, ConfigurationError, JobsClient, RetryPolicy, ThrottlingError, get_job
from braket_jobs._aws.clients import ClientPool, region_of
from braket_jobs._aws.protocols import ClientSettings
from braket_jobs._aws.requests import requests_per_call
from braket_jobs._watch.shared import shared_engine
from braket_jobs.errors.asked import Asked
from braket_jobs.model.arn import JobArn

FOUND = document(sample("real_completed_wire"))
ELSEWHERE = REAL_ARN.replace("us-east-1", "eu-west-2")


def hosts(script: Script) -> list[str]:
    return [urlsplit(url).netloc for url in script.requests]


def test_the_region_is_the_arns() -> None:
    """
    Each region has a client of its own, built once.
    """
    script = Script(FOUND)
    client = JobsClient(session=script.session)

    for arn in (REAL_ARN, ELSEWHERE, REAL_ARN):
        client.get_job(arn)

    assert hosts(script) == [f"braket.{region}.amazonaws.com" for region in ("us-east-1", "eu-west-2", "us-east-1")]


def test_a_region_of_ones_own_is_asked_for_every_job() -> None:
    """
    `region_name` counts before the ARN's.
    """
    script = Script(FOUND)

    JobsClient(session=script.session, region_name="us-west-2").get_job(REAL_ARN)

    assert hosts(script) == ["braket.us-west-2.amazonaws.com"]


def test_an_endpoint_of_ones_own_is_asked() -> None:
    """
    `endpoint_url` counts before the region's.
    """
    script = Script(FOUND)

    JobsClient(session=script.session, endpoint_url="http://localhost:4566").get_job(REAL_ARN)

    assert hosts(script) == ["localhost:4566"]


@pytest.mark.parametrize(
    "settings", [{"session": Script().session}, {"region_name": "a"}, {"endpoint_url": "b"}, {"config": Config()}]
)
def test_a_client_comes_alone(settings: dict[str, Any]) -> None:
    """
    What is for building a client makes no sense with one.
    """
    with pytest.raises(TypeError, match="a client is used as it is"):
        JobsClient(client=Script().client, **settings)


@pytest.mark.parametrize("settings", [{"region_name": 5}, {"endpoint_url": b"http://a"}, {"config": {"retries": 1}}])
def test_a_setting_of_the_wrong_type_is_refused_at_once(settings: dict[str, Any]) -> None:
    """
    Not when the first job is asked for.
    """
    with pytest.raises(TypeError, match=f"{next(iter(settings))} is"):
        JobsClient(**settings)


def test_clients_built_here_do_not_retry_by_themselves() -> None:
    """
    Four requests are four, whatever the caller's settings say.
    """
    script = Script(THROTTLED)
    config = Config(retries={"mode": "standard", "total_max_attempts": 7})

    with pytest.raises(ThrottlingError):
        JobsClient(session=script.session, config=config, sleep=lambda _: None).get_job(REAL_ARN)

    assert len(script.requests) == 4


def test_the_callers_config_is_not_changed() -> None:
    """
    Neither the object nor the dictionary inside it.
    """
    retries: Any = {"max_attempts": 7}
    config = Config(retries=retries, read_timeout=5)

    JobsClient(session=Script(FOUND).session, config=config).get_job(REAL_ARN)

    assert retries == {"max_attempts": 7}
    assert config.retries is retries  # type: ignore[attr-defined]  # botocore sets its attributes by name


def test_the_callers_config_is_used() -> None:
    """
    All of it but the retries.
    """
    pool = ClientPool(ClientSettings(Script().session, config=Config(read_timeout=5, retries={"max_attempts": 7})))

    client: Any = pool.client_for("us-east-1", Asked())

    assert client.meta.config.read_timeout == 5
    assert requests_per_call(client) == 1


def test_a_passed_client_is_not_changed() -> None:
    """
    A call leaves no handler and no setting behind.
    """
    client: Any = Script(FOUND).client
    before = (dict(client.meta.config.retries), len(client.meta.events._emitter._handlers.prefix_search("needs-retry")))

    get_job(REAL_ARN, client=client)

    assert before == (
        dict(client.meta.config.retries),
        len(client.meta.events._emitter._handlers.prefix_search("needs-retry")),
    )


def test_first_calls_from_many_threads_build_one_client_per_region() -> None:
    """
    Sixteen threads that start together share two clients.
    """
    script = Script(FOUND)
    client = JobsClient(session=script.session)
    built: list[str] = []
    script.session.events.register("creating-client-class.braket", lambda **_: built.append("client"))
    together = threading.Barrier(16)

    def ask(number: int) -> str:
        together.wait()
        return client.get_job((REAL_ARN, ELSEWHERE)[number % 2]).job_arn

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(ask, range(16)))

    assert len(found) == len(script.requests) == 16
    assert len(built) == 2


def test_get_job_shares_clients_by_session_and_by_client() -> None:
    """
    Every call with the same session (or client) shares what was built; without any, all share.
    """
    one, other = Script(FOUND), Script(FOUND)

    assert shared_engine(None, one.session) is shared_engine(None, one.session)
    assert shared_engine(None, one.session) is not shared_engine(None, other.session)
    assert shared_engine(one.client, None) is shared_engine(one.client, None)
    assert shared_engine(None, None) is shared_engine(None, None)


def test_clients_that_compare_equal_are_not_mixed_up() -> None:
    """
    What is asked is the very object that was passed.
    """

    @attrs.frozen
    class Fake:
        asked: list[str] = attrs.field(factory=list, eq=False)

        def get_job(self, *, jobArn: str, additionalAttributeNames: object = None) -> Mapping[str, object]:
            assert additionalAttributeNames is None
            self.asked.append(jobArn)
            return parsed(sample("composed_running"))

    class Client(Fake):
        """
        With room for a weak reference.
        """

    one, other = Client(), Client()

    get_job(REAL_ARN, client=one)
    get_job(REAL_ARN, client=other)

    assert one == other
    assert one.asked == other.asked == [REAL_ARN]


def test_one_thread_at_a_time_builds_from_a_session() -> None:
    """
    Clients that share a session don't race for it, nor do the calls of `get_job` that it is passed to.
    """
    script = Script(FOUND)
    building: list[int] = []
    busiest: list[int] = []

    def begin(**_: object) -> None:
        building.append(1)
        busiest.append(len(building))

    script.session.events.register("creating-client-class.braket", begin)
    script.session.events.register_last("creating-client-class.braket", lambda **_: building.clear())
    together = threading.Barrier(8)

    def ask(number: int) -> str:
        together.wait()
        region = ("us-east-1", "us-west-2", "eu-west-2", "eu-north-1")[number % 4]
        if number < 4:
            return get_job(REAL_ARN.replace("us-east-1", region), session=script.session).job_arn
        return JobsClient(session=script.session).get_job(REAL_ARN).job_arn

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))

    assert len(found) == len(busiest) == 8
    assert max(busiest) == 1


class SlowBuilding:
    """
    A session that builds no client before it may, or before a test is lost.
    """

    def __init__(self) -> None:
        self.session = Script(FOUND).session
        self.has_begun, self.may_end = threading.Event(), threading.Event()
        self.was_allowed: list[bool] = []
        self.session.events.register("creating-client-class.braket", self._build)

    def _build(self, **_: object) -> None:
        self.has_begun.set()
        self.was_allowed.append(self.may_end.wait(20))


def test_closing_waits_for_no_client_that_is_being_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    That may take long, as when a process is asked for credentials; the late client is closed and not used again.
    """
    closed: list[object] = []

    def close(client: BaseClient) -> None:
        closed.append(client)

    monkeypatch.setattr(BaseClient, "close", close)
    slow = SlowBuilding()
    pool, arn = ClientPool(ClientSettings(slow.session)), JobArn.parse(REAL_ARN)

    with ThreadPoolExecutor(1) as thread:
        late = thread.submit(pool.client_for, arn.region, Asked())
        slow.has_begun.wait(20)
        pool.close()
        slow.may_end.set()

    assert slow.was_allowed == [True]
    assert closed == [late.result()]
    assert pool.client_for(arn.region, Asked()) is not late.result()


def test_one_session_waits_for_no_other() -> None:
    """
    A client is built while another session is asked for credentials.
    """
    slow = SlowBuilding()

    with ThreadPoolExecutor(1) as thread:
        job = thread.submit(JobsClient(session=slow.session).get_job, REAL_ARN)
        slow.has_begun.wait(20)
        JobsClient(session=Script(FOUND).session).get_job(REAL_ARN)
        slow.may_end.set()

    assert job.result().job_arn == REAL_ARN
    assert slow.was_allowed == [True]


def test_a_session_without_a_hash_will_do() -> None:
    """
    Nothing is assumed of it but that it builds clients.
    """

    class Unhashable(boto3.Session):
        __hash__ = None  # type: ignore[assignment]  # that it is wrong is the point

    session = Unhashable(KEY_ID, KEY)
    answer = http_answer(FOUND.status, FOUND.body, FOUND.headers)
    session.events.register("before-send.braket.GetJob", cast("Callable[..., None]", lambda **_: answer))

    assert JobsClient(session=session).get_job(REAL_ARN).job_arn == REAL_ARN


def test_what_is_kept_for_a_session_goes_with_it() -> None:
    """
    get_job keeps no session alive.
    """
    session = boto3.Session(KEY_ID, KEY)
    answer = http_answer(FOUND.status, FOUND.body, FOUND.headers)
    session.events.register("before-send.braket.GetJob", cast("Callable[..., None]", lambda **_: answer))
    get_job(REAL_ARN, session=session)
    kept = weakref.ref(session)

    del session
    gc.collect()

    assert kept() is None


def test_what_is_kept_for_a_client_goes_with_it() -> None:
    """
    get_job keeps no client alive.
    """
    client = Script(FOUND).client
    get_job(REAL_ARN, client=client)
    kept = weakref.ref(client)

    del client
    gc.collect()

    assert kept() is None


def test_a_client_that_cannot_be_kept_is_used_all_the_same() -> None:
    """
    An object without hash or weak references is a client like any other.
    """

    class Slotted:
        __slots__ = ()

        def get_job(self, *, jobArn: str, additionalAttributeNames: object = None) -> Mapping[str, object]:
            assert (jobArn, additionalAttributeNames) == (REAL_ARN, None)
            return parsed(sample("composed_running"))

    job = get_job(REAL_ARN, client=Slotted())

    assert job.status == "RUNNING"


def test_client_and_session_do_not_go_together() -> None:
    """
    get_job refuses what JobsClient refuses.
    """
    script = Script(FOUND)

    with pytest.raises(TypeError, match="a client is used as it is"):
        get_job(REAL_ARN, client=script.client, session=script.session)


def test_a_policy_of_ones_own_is_for_one_call() -> None:
    """
    `retry` of get_job sets how patient that call is.
    """
    script = Script(THROTTLED)

    with pytest.raises(ThrottlingError):
        get_job(REAL_ARN, session=script.session, retry=RetryPolicy.none())

    assert len(script.requests) == 1


@pytest.mark.parametrize("retry", [3, None, RetryPolicy])
def test_what_is_no_policy_is_refused_at_once(retry: Any) -> None:
    """
    It would do no harm before the first failure, and hide that failure then.
    """
    for build in (JobsClient, AsyncJobsClient):
        with pytest.raises(TypeError, match="retry is a RetryPolicy, not"):
            build(retry=retry)


def test_get_job_refuses_what_is_no_policy() -> None:
    """
    Before any request.
    """
    script = Script(FOUND)
    wrong: Any = 3

    with pytest.raises(TypeError, match="retry is a RetryPolicy, not int"):
        get_job(REAL_ARN, session=script.session, retry=wrong)

    assert script.requests == []


def test_closing_closes_what_was_built_and_a_later_call_builds_anew() -> None:
    """
    The context manager closes; the client can still be used.
    """
    script = Script(FOUND)
    happened: list[str] = []

    def watch(class_attributes: dict[str, object], **_: object) -> None:
        happened.append("built")
        class_attributes["close"] = lambda _: happened.append("closed")

    script.session.events.register("creating-client-class.braket", cast("Callable[..., None]", watch))

    with JobsClient(session=script.session) as client:
        client.get_job(REAL_ARN)
    client.get_job(REAL_ARN)

    assert happened == ["built", "closed", "built"]


def test_built_clients_keep_connections_for_many_threads() -> None:
    """
    Settings of ours, where the caller has none.
    """
    built: Any = ClientPool(ClientSettings(Script().session)).client_for("us-east-1", Asked())
    config = built.meta.config

    assert (config.max_pool_connections, config.inject_host_prefix) == (32, False)


def test_closing_twice_or_unused_is_no_fault() -> None:
    """
    There may be nothing to close.
    """
    with JobsClient() as client:
        client.close()

    assert client.close() is None  # type: ignore[func-returns-value]  # that it returns is the fact


def test_a_passed_client_stays_open() -> None:
    """
    Who built it closes it.
    """
    script = Script(FOUND)

    with JobsClient(client=script.client) as client:
        client.get_job(REAL_ARN)
    client.get_job(REAL_ARN)

    assert len(script.requests) == 2


def in_a_fork(child: Any) -> Any:
    """
    Return what `child` returns in a forked process.
    """
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sending.send(child()))
    process.start()
    answer = receiving.recv()
    process.join()
    return answer


def test_a_child_refuses_a_client_of_its_parent() -> None:
    """
    A passed client's connections would be shared by two processes.
    """
    client = JobsClient(client=Script(FOUND).client)
    client.get_job(REAL_ARN)

    def child() -> tuple[str, str | None]:
        try:
            client.get_job(REAL_ARN)
        except ConfigurationError as error:
            return str(error), error.job_arn
        return "no error", None

    text, arn = in_a_fork(child)

    assert "this process was forked from the one the client was passed in" in text
    assert "Build a client in this process and pass that." in text
    assert arn == REAL_ARN


def test_a_child_builds_its_own_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    After a fork a client that builds for itself builds again.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    with FaultServer(answer()) as server:
        client = JobsClient(endpoint_url=server.url)
        client.get_job(REAL_ARN)
        found = in_a_fork(lambda: client.get_job(REAL_ARN).job_name)
        client.get_job(REAL_ARN)

    assert found == "run-ghz-hybrid"
    assert server.connections == 2


def test_a_session_that_was_passed_in_before_a_fork_is_refused() -> None:
    """
    A thread of the parent's may have held one of its locks, as it does while credentials are renewed.
    """
    script = Script(FOUND)
    client = JobsClient(session=script.session)

    def child() -> list[str]:
        calls = lambda: client.get_job(REAL_ARN), lambda: client.wait(REAL_ARN, timeout=20)
        errors = [attempt(call) for call in calls]
        return [str(error) for error in errors if type(error) is ConfigurationError]

    refusals = in_a_fork(child)

    assert client.get_job(REAL_ARN).job_arn == REAL_ARN
    assert len(refusals) == 2
    assert all("forked from the one the session was passed in" in text for text in refusals)


def test_a_child_does_not_wait_for_a_renewal_of_boto3s_default_session(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """
    A thread of the parent's may have been renewing its credentials, and the lock is never released in the child.
    """
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    (tmp_path / "credentials").write_text(f"[jane]\naws_access_key_id = janes\naws_secret_access_key = {KEY}\n")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", boto3.Session(profile_name="jane"))
    core = cast("Any", boto3.DEFAULT_SESSION)._session
    keys = RefreshableCredentials.create_from_metadata(
        {"access_key": "a", "secret_key": "b", "token": "c", "expiry_time": "2000-01-01T00:00:00Z"}, dict, "sso"
    )
    core._credentials = keys
    with FaultServer(answer()) as server:
        client = JobsClient(endpoint_url=server.url)
        with cast("Any", keys)._refresh_lock:
            found = in_a_fork(lambda: client.get_job(REAL_ARN).job_name)

    assert found == "run-ghz-hybrid"


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_child_does_not_wait_for_what_its_parent_is_building() -> None:
    """
    The lock of a session that another thread held at the fork is not held in the child.
    """
    slow = SlowBuilding()

    def child() -> str:
        slow.may_end.set()
        return get_job(REAL_ARN, session=slow.session).job_name

    with ThreadPoolExecutor(1) as thread:
        job = thread.submit(JobsClient(session=slow.session).get_job, REAL_ARN)
        slow.has_begun.wait(20)
        found = in_a_fork(child)
        slow.may_end.set()

    assert found == job.result().job_name == "run-ghz-hybrid"


def test_what_is_no_boto3_client_has_no_region() -> None:
    """
    Nothing is assumed of a stranger.
    """
    stranger: Any = object()

    assert region_of(stranger) is None
    assert region_of(Script().client) == "us-east-1"


@pytest.mark.parametrize("travel", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_does_not_travel(travel: Callable[[object], object]) -> None:
    """
    Its connections and locks belong to one process; it says so before it is used as well as after.
    """
    with pytest.raises(TypeError, match="make one in each process"):
        travel(JobsClient())


class AwsSession:
    """
    What the Braket SDK calls a session.
    """

    boto_session = None


@pytest.mark.parametrize(
    ("session", "words"),
    [
        ("a-profile", "not str: for a profile, pass boto3.Session(profile_name=…)"),
        (get_session(), "not Session: pass boto3.Session(botocore_session=…)"),
        (AwsSession(), "not AwsSession: pass its boto_session"),
        (boto3.Session, "not the class Session"),
        (5, "not int"),
    ],
)
@pytest.mark.parametrize(
    "ask", [lambda session: JobsClient(session=session), lambda session: shared_engine(None, session)]
)
def test_what_is_no_session_is_refused_where_it_is_given(
    ask: Callable[[Any], object], session: object, words: str
) -> None:
    """
    In words that say what to give instead.
    """
    with pytest.raises(TypeError) as caught:
        ask(session)

    assert str(caught.value).endswith(words)


@pytest.mark.parametrize("client", [boto3.Session(KEY_ID, KEY).client("sts", "us-east-1"), "braket", JobsClient, 5])
@pytest.mark.parametrize(
    "ask", [lambda client: JobsClient(client=client), lambda client: get_job(REAL_ARN, client=client)]
)
def test_what_has_no_jobs_is_refused_where_it_is_given(ask: Callable[[Any], object], client: object) -> None:
    """
    Clients of other services, their names, classes.
    """
    with pytest.raises(TypeError, match="client is a boto3 client for Braket"):
        ask(client)


def test_a_signals_handler_may_ask_while_its_thread_builds() -> None:
    """
    The handler runs in the middle of building, in the thread that builds, and must not wait for itself.
    """
    script = Script(FOUND)
    client, found, signals = JobsClient(session=script.session), [], [signal.SIGUSR1]

    def ask(*_: object) -> None:
        found.append(client.get_job(REAL_ARN))

    def interrupt(**_: object) -> None:
        if signals:
            signal.raise_signal(signals.pop())

    before = signal.signal(signal.SIGUSR1, ask)
    try:
        script.session.events.register("creating-client-class.braket", interrupt)
        found.append(client.get_job(REAL_ARN))
    finally:
        signal.signal(signal.SIGUSR1, before)

    assert [job.job_arn for job in found] == [REAL_ARN] * 2
