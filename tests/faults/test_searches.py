"""
Searches that go wrong, over real botocore: what each error says, and what is not lost.
"""

import asyncio
import gc
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

import attrs
import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber
from support.answers import KEY, KEY_ID
from support.scripts import DOWN, THROTTLED, Answer, Script, document, refusal
from support.watching import SECONDS

from braket_jobs import (
    AccessDeniedError,
    AsyncJobsClient,
    AuthenticationError,
    BraketJobsError,
    ConfigurationError,
    ConnectError,
    CredentialsError,
    IncompleteResponseError,
    InternalServiceError,
    InvalidResponseError,
    JobNotFoundError,
    JobsClient,
    JobSummary,
    Quota,
    RetryPolicy,
    ServiceError,
    ThrottlingError,
    ValidationError,
    WaitCancelledError,
    get_job,
    latest_job,
    search_jobs,
)

T = TypeVar("T")
AT_ONCE = RetryPolicy(wait_initial=0, wait_initial_throttled=0)
NAMED = "the name 'vqe' in us-east-1"


def wire(number: int, **changes: Any) -> dict[str, Any]:
    """
    Return a summary as it is on the wire.
    """
    summary = {
        "jobArn": f"arn:aws:braket:us-east-1:123456789012:job/{number}",
        "jobName": "vqe",
        "status": "RUNNING",
        "device": "local:braket/default",
        "createdAt": "2026-11-23T08:30:00.893Z",
    }
    return {name: value for name, value in (summary | changes).items() if value is not ...}


def page(*jobs: object, then: str | None = None) -> Answer:
    return document({"jobs": list(jobs)} | ({"nextToken": then} if then else {}))


def a_client(script: Script, retry: RetryPolicy = AT_ONCE, **settings: Any) -> JobsClient:
    return JobsClient(session=script.session, retry=retry, **settings)


@pytest.fixture(autouse=True)
def _region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


def until(condition: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + SECONDS
    while not condition() and time.monotonic() < give_up_at:
        time.sleep(0.001)
    return condition()


def the_error(script: Script, retry: RetryPolicy = AT_ONCE) -> BraketJobsError:
    with pytest.raises(BraketJobsError) as caught:
        list(a_client(script, retry).search_jobs(name="vqe", regions=["us-east-1"]))
    return caught.value


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (
            refusal(403, "AccessDeniedException"),
            AccessDeniedError,
            f"SearchJobs was denied for {NAMED}: The service's words. Allow the action braket:SearchJobs to the",
        ),
        (
            refusal(403, "AccessDeniedException", "with an explicit deny in a policy"),
            AccessDeniedError,
            "A policy denies braket:SearchJobs explicitly",
        ),
        (refusal(403, "ExpiredTokenException"), AuthenticationError, f"SearchJobs was not authenticated for {NAMED}"),
        (THROTTLED, ThrottlingError, f"SearchJobs was throttled for {NAMED}"),
        (DOWN, InternalServiceError, f"SearchJobs failed inside the service for {NAMED}"),
        (
            refusal(400, "ValidationException"),
            ValidationError,
            "Check the name, the device and the times that are searched for.",
        ),
        (
            refusal(404, "ResourceNotFoundException"),
            JobNotFoundError,
            f"SearchJobs found no job for {NAMED}: The service's words. Check the name, the account and the region.",
        ),
        (refusal(404, "UnknownOperationException"), ServiceError, f"SearchJobs was refused for {NAMED}"),
        (
            Answer(error=EndpointConnectionError(endpoint_url="https://nowhere")),
            ConnectError,
            f"SearchJobs could not reach the endpoint for {NAMED}",
        ),
        (document({}), IncompleteResponseError, "it has neither jobs nor a token"),
        (document([]), InvalidResponseError, "botocore could not read it"),
        (Answer(), IncompleteResponseError, f"SearchJobs's answer is not whole for {NAMED}"),
        (Answer(body=b"<html>Please log in</html>"), IncompleteResponseError, "check whether a proxy or a login page"),
        (
            document({"jobs": 5}),
            InvalidResponseError,
            f"SearchJobs's answer is not what AWS's model promises for {NAMED}",
        ),
    ],
)
def test_an_error_speaks_of_searching(answer: Answer, kind: type[BraketJobsError], words: str) -> None:
    """
    It names the operation and its action, and says what was searched for, as attributes too; and has no job's ARN.
    """
    error = the_error(Script(answer), RetryPolicy.none())

    assert type(error) is kind
    assert words in str(error)
    assert (error.operation, error.subject, error.job_arn) == ("SearchJobs", NAMED, None)


@pytest.mark.parametrize(
    ("jobs", "path", "what"),
    [
        ([wire(0), wire(1), wire(2), wire(3, status=5)], "jobs[3].status", "expected text, got int"),
        ([None, wire(1, createdAt="Tuesday")], "jobs[1].createdAt", "expected a time"),
        ([wire(0, startedAt=True)], "jobs[0].startedAt", "expected a time, got True"),
        ([wire(0, device=...)], "jobs[0].device", "is missing"),
        ([wire(0, tags={"a": 1})], "jobs[0].tags['a']", "expected text, got int"),
        (["x"], "jobs[0]", "expected a structure, got str"),
        ({"a": 1}, "jobs", "expected a list, got dict"),
    ],
)
def test_a_wrong_member_is_named_by_its_place_on_the_page(jobs: object, path: str, what: str) -> None:
    """
    As strictly as a job's.
    """
    error = the_error(Script(document({"jobs": jobs})))

    assert isinstance(error, InvalidResponseError)
    assert error.path == path
    assert error.problems == (f"{path}: {error.problems[0].partition(': ')[2]}",)
    assert what in error.problems[0]


def test_a_wrong_member_that_botocore_stumbles_over_is_named_too() -> None:
    """
    A client that was passed in parses the answer itself, and says only that it couldn't.
    """
    script = Script(document({"jobs": [wire(0), wire(1, createdAt=[])]}))

    with pytest.raises(InvalidResponseError) as caught:
        list(search_jobs(client=script.client))

    assert caught.value.path == "jobs[1].createdAt"
    assert caught.value.operation == "SearchJobs"


def test_what_has_come_is_not_lost_when_a_page_fails() -> None:
    """
    The summaries of the pages before are handed out; the failed page's are not.
    """
    script, seen = Script(page(wire(1), then="b"), page(wire(2), wire(3, jobName=None))), list[str]()

    with pytest.raises(InvalidResponseError, match=re.escape("jobs[1].jobName: expected text, got null")):
        seen.extend(summary.job_arn[-1] for summary in a_client(script).search_jobs())

    assert seen == ["1"]


def test_a_page_is_retried_for_itself() -> None:
    """
    Throttled in the middle, nothing is asked for twice but that page, and each page may be tried as often.
    """
    script = Script(THROTTLED, DOWN, page(wire(1), then="b"), DOWN, THROTTLED, page(wire(2)))

    found = [summary.job_arn[-1] for summary in a_client(script, attrs.evolve(AT_ONCE, max_attempts=3)).search_jobs()]

    assert found == ["1", "2"]
    assert [body.get("nextToken") for body in script.bodies] == [None, None, None, "b", "b", "b"]


def test_requests_are_counted() -> None:
    """
    An error tells those of its own page.
    """
    script = Script(page(wire(1), then="b"), DOWN, DOWN)

    assert the_error(script, RetryPolicy(max_attempts=2)).attempts == 2


def test_nobody_has_the_name() -> None:
    """
    The error tells the requests of all pages, and where was searched.
    """
    script = Script(page(then="b"), DOWN, page())
    client = a_client(script)

    with pytest.raises(JobNotFoundError) as caught:
        client.latest_job("vqe", regions=["us-east-1"])

    assert caught.value.attempts == 3
    assert str(caught.value) == (
        f"SearchJobs found no job for {NAMED}: no job has it. Check the name, the account and the region."
    )


def test_a_search_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """
    Each page, and each retry.
    """
    caplog.set_level(logging.DEBUG, "braket_jobs")

    list(a_client(Script(DOWN, page(wire(1)))).search_jobs(name="vqe", regions=["us-east-1"]))
    list(a_client(Script(page())).search_jobs(name="a\nb"))

    told = [record.getMessage() for record in caplog.records]
    assert [re.sub(r"[0-9.]+ s", "… s", text)[:60] for text in told] == [
        f"SearchJobs is tried again in … s: SearchJobs failed inside the service for {NAMED}"[:60],
        f"SearchJobs for {NAMED}: answered after 2 requests in … s"[:60],
        r"SearchJobs for the name 'a\nb' in us-east-1: answered after 1"[:60],
    ]


def test_a_client_that_cannot_search_is_refused() -> None:
    """
    Where it is given to a function; a `JobsClient` takes whoever reads jobs, and says so when it is to search.
    """

    class OnlyReads:
        def get_job(self, **_: object) -> dict[str, object]:
            return {}

    class OnlySearches:
        def search_jobs(self, **_: object) -> dict[str, object]:
            return {"jobs": [wire(1, createdAt=datetime(2026, 11, 23, tzinfo=UTC))]}

    reads: Any = OnlyReads()
    searches: Any = OnlySearches()
    words = "has its search_jobs; OnlyReads is neither"

    with pytest.raises(TypeError, match=words):
        search_jobs(client=reads)
    with pytest.raises(TypeError, match=words):
        latest_job("vqe", client=reads)
    with pytest.raises(TypeError, match=words):
        JobsClient(client=reads).search_jobs()
    with pytest.raises(TypeError, match="has its get_job; OnlySearches is neither"):
        get_job("arn:aws:braket:us-east-1:123456789012:job/1", client=searches)
    assert [summary.job_name for summary in search_jobs(client=searches)] == ["vqe"]


def test_a_passed_client_has_one_region() -> None:
    """
    Asking it in several would find the same jobs again.
    """
    with pytest.raises(TypeError, match="leave out regions"):
        search_jobs(regions=["us-east-1"], client=Script(page()).client)


@pytest.mark.parametrize("answer", [None, [], 5])
def test_what_is_no_answer_is_refused(answer: object) -> None:
    """
    A client may be anybody's.
    """

    class Odd:
        def search_jobs(self, **_: object) -> Any:
            return answer

    with pytest.raises(TypeError, match="search_jobs of Odd returned"):
        list(search_jobs(client=Odd()))


@pytest.mark.parametrize("by", ["client", "session"])
def test_a_search_keeps_what_it_asks_with(by: str) -> None:
    """
    Nobody else may hold it any more when the summaries are read.
    """

    def begun() -> Iterable[JobSummary]:
        script = Script(page(wire(1), then="b"), page(wire(2)))
        return (
            search_jobs(client=script.client)
            if by == "client"
            else search_jobs(session=script.session, regions=["us-east-1"])
        )

    search = begun()
    gc.collect()

    assert [summary.job_arn[-1] for summary in search] == ["1", "2"]


def test_a_clients_region_is_searched() -> None:
    """
    The one it is bound to; another client's are those that are given, or the one that is configured.
    """
    script = Script(page())
    bound, free = a_client(script, region_name="eu-west-2"), a_client(script)

    list(bound.search_jobs())
    list(free.search_jobs(regions=["us-west-1", "us-west-2"]))
    list(free.search_jobs())

    hosts = [url.split("/")[2].split(".")[1] for url in script.requests]
    assert hosts == ["eu-west-2", "us-west-1", "us-west-2", "us-east-1"]
    with pytest.raises(TypeError, match="leave out regions"):
        bound.latest_job("vqe", regions=["us-east-1"])


def test_a_search_stays_where_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever is configured meanwhile: a token is good in its own region only. One bucket counts for the region.
    """
    script = Script(page(wire(1), then="b"), page(wire(2)), page())
    client = a_client(script)
    search = client.search_jobs()
    next(search)

    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    list(search)
    list(client.search_jobs(regions=["us-east-1"]))

    assert [url.split("/")[2].split(".")[1] for url in script.requests] == ["us-east-1"] * 3
    assert list(client._engine.search_quotas._buckets) == [("", "us-east-1")]


def test_one_client_reads_and_searches_the_configured_region() -> None:
    """
    It has one connection there, not two.
    """
    client = a_client(Script(page(wire(1))))

    list(client.search_jobs())
    list(client.search_jobs(regions=["us-east-1"]))

    pool: Any = client._engine.caller.source
    assert list(pool._built.clients) == ["us-east-1"]


def test_without_a_region_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The error says how to give one.
    """
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)

    with pytest.raises(ConfigurationError, match="regions to a search, or set AWS_DEFAULT_REGION"):
        list(JobsClient(session=boto3.Session(KEY_ID, KEY)).search_jobs())


def test_a_profile_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Though it is the region that is looked for first.
    """
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_PROFILE", "nobodys")

    with pytest.raises(ConfigurationError, match="profile \\(nobodys\\) could not be found"):
        list(JobsClient().search_jobs())


class Slow(Script):
    """
    Answers when it is allowed to.
    """

    def __init__(self, *answers: Answer) -> None:
        super().__init__(*answers)
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def _answer(self, request: Any, **arguments: Any) -> Any:
        answer = super()._answer(request, **arguments)
        self.has_begun.set()
        self.may_end.wait(SECONDS)
        return answer


def test_cancel_ends_a_search_whose_answer_does_not_come() -> None:
    """
    At once, while the request is under way; no further one is made.
    """
    slow, cancel = Slow(DOWN), threading.Event()

    def call_off() -> None:
        slow.has_begun.wait(SECONDS)
        cancel.set()

    threading.Thread(target=call_off).start()

    with pytest.raises(WaitCancelledError) as caught:
        list(a_client(slow).search_jobs(name="vqe", regions=["us-east-1"], cancel=cancel))
    slow.may_end.set()
    time.sleep(0.05)

    assert str(caught.value) == f"Waiting was cancelled for {NAMED}: the search was ended. Search again."
    assert len(slow.requests) == 1


def test_a_search_that_is_cancelled_before_it_begins_asks_nobody() -> None:
    """
    The event may be set long before.
    """
    script, cancel = Script(page(wire(1))), threading.Event()
    cancel.set()

    with pytest.raises(WaitCancelledError):
        next(a_client(script).search_jobs(cancel=cancel, regions=["us-east-1"]))

    assert script.requests == []


def test_a_search_that_is_cancelled_between_two_summaries_hands_out_no_more() -> None:
    """
    Or it would look complete.
    """
    cancel, seen = threading.Event(), list[str]()
    search = a_client(Script(page(wire(1), wire(2)))).search_jobs(cancel=cancel)
    seen.append(next(search).job_arn[-1])
    cancel.set()

    with pytest.raises(WaitCancelledError):
        next(search)

    assert seen == ["1"]


def test_a_stub_is_asked_with_lists() -> None:
    """
    As whoever writes one expects it, and with lists of its own for each request.
    """
    client = boto3.client("braket", "us-east-1", aws_access_key_id=KEY_ID, aws_secret_access_key=KEY)
    asked = {"filters": [{"name": "jobName", "operator": "EQUAL", "values": ["vqe"]}], "maxResults": 100}

    with Stubber(client) as stub:
        stub.add_response("search_jobs", {"jobs": [], "nextToken": "b"}, asked)
        stub.add_response("search_jobs", {"jobs": []}, asked | {"nextToken": "b"})
        assert list(search_jobs(name="vqe", client=client)) == []
        stub.assert_no_pending_responses()


def test_what_made_no_request_takes_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without credentials nobody is asked, and so nobody waits for the quota.
    """
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    client = JobsClient(session=boto3.Session(), quota=Quota(rate=1e-9, burst=2), region_name="us-east-1")

    for _ in range(5):
        with pytest.raises(CredentialsError, match="No credentials to sign SearchJobs"):
            list(client.search_jobs())


def test_what_is_no_event_is_refused() -> None:
    """
    Where it is given.
    """
    wrong: Any = True
    with pytest.raises(TypeError, match=r"cancel is a threading\.Event or None, not bool"):
        a_client(Script(page())).search_jobs(cancel=wrong)


def with_an_event(client: JobsClient, **asked: Any) -> Iterable[JobSummary]:
    return client.search_jobs(cancel=threading.Event(), **asked)


def without(client: JobsClient, **asked: Any) -> Iterable[JobSummary]:
    return client.search_jobs(**asked)


@pytest.mark.parametrize("search", [with_an_event, without])
def test_a_page_waits_for_the_quota(search: Callable[..., Iterable[JobSummary]]) -> None:
    """
    SearchJobs has a bucket of its own in each region: with 5 a second and one at once, six pages take a second.
    """
    pages = [page(wire(number), then=f"t{number}") for number in range(5)]
    script = Script(*pages, page())
    client = a_client(script, quota=Quota(rate=5.0, burst=1))
    started = time.monotonic()

    found = len(list(search(client, regions=["us-east-1"])))

    assert found == 5
    assert time.monotonic() - started >= 0.9


def test_a_burst_of_searches_waits_for_nothing() -> None:
    """
    It is twice that of GetJob, but for one token that is left in the bucket.
    """
    client = a_client(Script(page()), quota=Quota(rate=1e-9, burst=25))

    for _ in range(49):
        list(client.search_jobs(regions=["us-east-1"]))

    bucket = client._engine.search_quotas.bucket("", "us-east-1", time.monotonic())
    assert bucket is not None
    assert bucket._tokens == pytest.approx(0, abs=1e-6)


def test_without_a_quota_nothing_is_counted() -> None:
    """
    As for GetJob.
    """
    client = a_client(Script(page()), quota=None)

    list(client.search_jobs(regions=["us-east-1"]))

    assert client._engine.search_quotas.bucket("", "us-east-1", time.monotonic()) is None


@pytest.mark.parametrize(
    ("quota", "searches"),
    [
        (Quota(), Quota(rate=5, burst=50)),
        (Quota(rate=1, burst=5), Quota(rate=1, burst=10)),
        (Quota(rate=20, burst=100), Quota(rate=5, burst=50)),
    ],
)
def test_the_quota_of_searches_follows_that_of_jobs(quota: Quota, searches: Quota) -> None:
    """
    But never goes beyond what the service allows.
    """
    assert quota.for_searches == searches


def test_a_search_is_called_off_while_it_waits_for_the_quota() -> None:
    """
    The token that it would have had is there for others.
    """
    script = Script(page(wire(1), then="b"), page())
    client = a_client(script, quota=Quota(rate=0.001, burst=1))
    cancel = threading.Event()
    search = client.search_jobs(regions=["us-east-1"], cancel=cancel)
    next(search)
    threading.Timer(0.1, cancel.set).start()

    with pytest.raises(WaitCancelledError):
        next(search)

    bucket = client._engine.search_quotas.bucket("", "us-east-1", time.monotonic())
    assert bucket is not None
    assert until(lambda: bucket._tokens > -0.01)
    assert len(script.requests) == 1


def awaited(search: Callable[[AsyncJobsClient], Any], script: Script, **settings: Any) -> Any:
    async def run() -> Any:
        async with AsyncJobsClient(session=script.session, retry=AT_ONCE, **settings) as client:
            return await search(client)

    return asyncio.run(run())


def test_a_coroutine_finds_the_same() -> None:
    """
    Page by page, with the same errors.
    """

    async def search(client: AsyncJobsClient) -> list[str]:
        return [summary.job_arn[-1] async for summary in client.search_jobs(regions=["us-east-1"])]

    async def fail(client: AsyncJobsClient) -> None:
        with pytest.raises(ThrottlingError, match=f"SearchJobs was throttled for {NAMED}"):
            await client.latest_job("vqe", regions=["us-east-1"])

    assert awaited(search, Script(page(wire(1), then="b"), THROTTLED, page(wire(2)))) == ["1", "2"]
    assert awaited(fail, Script(THROTTLED)) is None


def test_a_coroutine_that_is_cancelled_asks_no_further() -> None:
    """
    It ends at once, though the answer does not come.
    """
    slow = Slow(DOWN)

    async def search(client: AsyncJobsClient) -> None:
        async def all_of_it() -> None:
            async for _ in client.search_jobs(regions=["us-east-1"]):
                pass

        task = asyncio.create_task(all_of_it())
        await asyncio.to_thread(slow.has_begun.wait, SECONDS)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        slow.may_end.set()
        await asyncio.sleep(0.05)

    awaited(search, slow)

    assert len(slow.requests) == 1


def test_an_answer_comes_too_late_for_a_loop() -> None:
    """
    Which was closed meanwhile: nobody is told, and nothing is raised in the thread that asked.
    """
    slow = Slow(page())
    client = AsyncJobsClient(session=slow.session, quota=None)

    async def search() -> None:
        task = asyncio.ensure_future(anext(client.search_jobs(regions=["us-east-1"])))
        await asyncio.to_thread(slow.has_begun.wait, SECONDS)
        task.cancel()

    asyncio.run(search())
    slow.may_end.set()
    time.sleep(0.05)

    assert len(slow.requests) == 1


def test_under_another_loop_than_asyncios_it_says_so() -> None:
    """
    As the other methods do.
    """
    search = AsyncJobsClient(session=Script(page()).session).search_jobs(regions=["us-east-1"])

    with pytest.raises(ConfigurationError, match="needs an event loop of asyncio's"):
        search.asend(None).send(None)
