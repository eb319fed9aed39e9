"""
One GetJob: check, call, translate, retry, convert. Every answer passes through botocore's own parser.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from urllib.parse import quote

import pytest
from botocore.exceptions import ConnectionClosedError
from botocore.stub import Stubber
from support.answers import a_client
from support.documents import parsed
from support.samples import REAL_ARN, sample
from support.scripts import DOWN, THROTTLED, Answer, Script, document, refusal

from braket_jobs import (
    AccessDeniedError,
    BraketJobsError,
    IncompleteResponseError,
    InternalServiceError,
    InvalidJobArnError,
    InvalidResponseError,
    Job,
    JobArn,
    JobNotFoundError,
    JobsClient,
    Quota,
    RetryDetails,
    RetryPolicy,
    ThrottlingError,
    ValidationError,
    WaitCancelledError,
    get_job,
)
from braket_jobs._call.caller import Caller

FOUND = document(sample("real_completed_wire"))
LOST = Answer(error=ConnectionClosedError(endpoint_url="https://braket.us-east-1.amazonaws.com"))


class Sleeps(list[float]):
    """
    Sleeps no time, and remembers how long it was to be.
    """

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def ask(script: Script, **settings: Any) -> Job:
    return JobsClient(client=script.client, sleep=Sleeps(), **settings).get_job(REAL_ARN)


def failure(script: Script, **settings: Any) -> BraketJobsError:
    with pytest.raises(BraketJobsError) as caught:
        ask(script, **settings)
    return caught.value


def test_a_job_is_one_request() -> None:
    """
    The job comes with the answer's request id, after one request for its percent-encoded ARN.
    """
    script = Script(FOUND)

    job = ask(script)

    assert (job.job_name, job.request_id) == ("run-ghz-hybrid", "req-1")
    assert script.requests == [f"https://braket.us-east-1.amazonaws.com/job/{quote(REAL_ARN, safe='')}"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(404, "ResourceNotFoundException"), JobNotFoundError),
        (refusal(403, "AccessDeniedException"), AccessDeniedError),
        (refusal(400, "ValidationException"), ValidationError),
    ],
)
def test_a_refusal_is_not_tried_again(answer: Answer, kind: type[BraketJobsError]) -> None:
    """
    What can't succeed is asked once, and its error says all there is.
    """
    script = Script(answer)

    error = failure(script)

    assert type(error) is kind
    assert len(script.requests) == 1
    assert (error.message, error.job_arn, error.request_id) == ("The service's words", REAL_ARN, "req-0")
    assert (error.attempts, error.retryable) == (1, False)


@pytest.mark.parametrize(("answer", "kind"), [(THROTTLED, ThrottlingError), (DOWN, InternalServiceError)])
def test_what_stays_away_is_asked_for_four_times(answer: Answer, kind: type[BraketJobsError]) -> None:
    """
    After exactly four requests the last error is raised, with a note.
    """
    script = Script(answer)

    error = failure(script)

    assert type(error) is kind
    assert len(script.requests) == 4
    assert error.attempts == 4
    assert error.__notes__[0].startswith("Gave up after 4 requests in ")
    assert error.__notes__[0].endswith("max_attempts allows 4 requests.")


@pytest.mark.parametrize("trouble", [THROTTLED, DOWN, LOST, Answer(), document({})])
def test_three_troubles_and_then_a_job(trouble: Answer) -> None:
    """
    Throttling, a server error, a lost connection or an empty success pass: the job comes with the fourth request.
    """
    script = Script(trouble, trouble, trouble, FOUND)

    job = ask(script)

    assert job.job_name == "run-ghz-hybrid"
    assert len(script.requests) == 4


def test_a_wrong_answer_is_not_tried_again() -> None:
    """
    A document outside the contract would come again.
    """
    script = Script(document({**sample("real_completed_wire"), "status": None}, "req-7"))

    error = failure(script)

    assert isinstance(error, InvalidResponseError)
    assert (error.path, error.request_id, error.attempts, len(script.requests)) == ("status", "req-7", 1, 1)


@pytest.mark.parametrize(
    ("member", "value", "problem"),
    [
        ("events", "abc", "events: expected a list, got str"),
        ("tags", [1], "tags: expected a map, got list"),
        ("instanceConfig", "x", "instanceConfig: expected a structure, got str"),
        ("billableDuration", "x", "billableDuration: expected an integer, got str"),
    ],
)
def test_what_botocores_parser_stumbles_over_is_named_too(member: str, value: object, problem: str) -> None:
    """
    The error has the path, though the parser raised before there was anything to convert.
    """
    error = failure(Script(document({**sample("real_completed_wire"), member: value}, "req-8")))

    assert isinstance(error, InvalidResponseError)
    assert (error.message, error.problems) == (problem, (problem,))
    assert (error.path, error.request_id, error.attempts, error.retryable) == (member, "req-8", 1, False)


@pytest.mark.parametrize("body", [b"[1]", b'"job"'])
def test_what_is_no_document_has_no_path(body: bytes) -> None:
    """
    Without a document there is no place in it to name.
    """
    error = failure(Script(Answer(body=body)))

    assert isinstance(error, InvalidResponseError)
    assert error.path is None


class Silent:
    """
    A client that answers with something else than a mapping.
    """

    def __init__(self, answer: Callable[[], Any]) -> None:
        self.answer = answer
        self.calls = 0

    def get_job(self, **_: object) -> Any:
        self.calls += 1
        return self.answer()


async def _coroutine() -> object:
    return {}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda: None, "Silent returned NoneType, where"),
        (list, "Silent returned list, where"),
        (lambda: "x", "Silent returned str, where"),
        (_coroutine, "Silent returned a coroutine: pass a client of boto3's, which blocks"),
    ],
)
@pytest.mark.parametrize(
    "ask", [JobsClient.get_job, lambda client, arn: client.wait(arn, timeout=30)], ids=["get_job", "wait"]
)
def test_a_client_that_returns_no_mapping_is_a_mistake(
    answer: Callable[[], object], words: str, ask: Callable[[JobsClient, str], object]
) -> None:
    """
    No other answer will come, so it is said at once, and Python has no coroutine to complain of.
    """
    client = Silent(answer)
    with pytest.raises(TypeError, match=words):
        ask(JobsClient(client=client, sleep=Sleeps()), REAL_ARN)
    gc.collect()

    assert client.calls == 1


def test_an_answer_that_stays_empty_is_incomplete() -> None:
    """
    Four empty successes end as `IncompleteResponseError`.
    """
    script = Script(document({}))

    error = failure(script)

    assert isinstance(error, IncompleteResponseError)
    assert (error.attempts, len(script.requests)) == (4, 4)


def test_the_original_exception_is_the_cause() -> None:
    """
    What botocore raised is kept for whoever needs more.
    """
    error = failure(Script(refusal(404, "ResourceNotFoundException")))

    assert type(error.__cause__).__name__ == "ResourceNotFoundException"


@pytest.mark.parametrize("arn", ["", "arn:aws:braket:::device/a", f"{REAL_ARN}\n", "x" * 9999])
def test_a_bad_arn_makes_no_request(arn: str) -> None:
    """
    The check comes before the client.
    """
    script = Script(FOUND)

    with pytest.raises(InvalidJobArnError):
        get_job(arn, client=script.client)

    assert script.requests == []


def test_queue_info_is_asked_for_only_when_wanted() -> None:
    """
    The extra attribute is in the request exactly if the caller says so.
    """
    script = Script(document(sample("composed_queued")))

    job = get_job(REAL_ARN, client=script.client, with_queue_info=True)
    get_job(JobArn.parse(REAL_ARN), client=script.client)

    assert job.queue_info is not None
    assert [url.endswith("?additionalAttributeNames=QueueInfo") for url in script.requests] == [True, False]


@pytest.mark.parametrize(("own", "calls"), [(1, 4), (2, 2), (3, 1), (9, 1)])
def test_a_passed_clients_own_requests_count(own: int, calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Another call is made only if all its own attempts fit into the four.
    """
    monkeypatch.setattr(time, "sleep", Sleeps())  # botocore's, between its own attempts
    script = Script(THROTTLED, attempts=own)

    error = failure(script)

    assert error.attempts == len(script.requests) == own * calls


def test_a_stubbed_client_is_retried_like_any_other() -> None:
    """
    Who makes no HTTP request can't use them up.
    """
    client = a_client(attempts=3)
    stub = Stubber(client)
    for _ in range(3):
        stub.add_client_error("get_job", "ThrottlingException", http_status_code=429)
    stub.add_response("get_job", parsed(sample("real_completed_wire")))

    with stub:
        job = JobsClient(client=client, sleep=Sleeps()).get_job(REAL_ARN)

    assert job.job_name == "run-ghz-hybrid"


class Fake:
    """
    A client of the user's own.
    """

    def __init__(self, **answer: Any) -> None:
        self.answer = answer
        self.asked: list[Mapping[str, object]] = []

    def get_job(self, **request: object) -> Mapping[str, object]:
        self.asked.append(request)
        return self.answer


def test_anything_with_get_job_is_a_client() -> None:
    """
    It is called with exactly `jobArn`.
    """
    fake = Fake(**parsed(sample("composed_running")))

    job = get_job(REAL_ARN, client=fake)

    assert job.status == "RUNNING"
    assert fake.asked == [{"jobArn": REAL_ARN}]


def test_a_bug_in_a_users_client_is_the_users() -> None:
    """
    What is not botocore's passes as it is.
    """

    class Broken:
        def get_job(self, *, jobArn: str, additionalAttributeNames: object = None) -> Mapping[str, object]:
            raise LookupError(jobArn, additionalAttributeNames)

    with pytest.raises(LookupError):
        get_job(REAL_ARN, client=Broken())


@pytest.mark.parametrize(
    ("error", "outcome"), [(LookupError("absent"), "LookupError"), (KeyboardInterrupt(), "interrupted")]
)
def test_the_log_tells_a_failure_from_an_interruption(
    caplog: pytest.LogCaptureFixture, error: BaseException, outcome: str
) -> None:
    """
    Only what is no `Exception`, such as Ctrl-C, interrupts; an error of a user's client is named.
    """

    class Broken:
        def get_job(self, **_: object) -> Mapping[str, object]:
            raise error

    with caplog.at_level(logging.DEBUG, "braket_jobs"), pytest.raises(type(error)):
        get_job(REAL_ARN, client=Broken())

    assert f"GetJob for {REAL_ARN}: {outcome} after " in caplog.text


def test_the_delays_are_the_policys() -> None:
    """
    What is slept is within the bounds that the policy sets.
    """
    sleeps = Sleeps()
    client = JobsClient(client=Script(THROTTLED).client, sleep=sleeps)

    with pytest.raises(ThrottlingError):
        client.get_job(REAL_ARN)

    assert len(sleeps) == 3
    assert all(0 <= slept <= bound for slept, bound in zip(sleeps, (1, 2, 4), strict=True))


def test_no_request_starts_after_the_deadline() -> None:
    """
    A delay that would end after the deadline is not begun.
    """
    sleeps = Sleeps()
    throttled_long = refusal(429, "ThrottlingException", x_amz_retry_after="60000")
    script = Script(throttled_long)
    client = JobsClient(client=script.client, sleep=sleeps, retry=RetryPolicy(deadline=4, wait_max=0))

    with pytest.raises(ThrottlingError) as caught:
        client.get_job(REAL_ARN)

    assert (len(script.requests), sleeps) == (1, [])
    assert caught.value.retry_after == 60
    assert "no request starts after 4.0 s (deadline)" in caught.value.__notes__[0]


def test_an_error_tells_what_came_before_it() -> None:
    """
    A call that was throttled and then refused says both.
    """
    error = failure(Script(THROTTLED, refusal(403, "AccessDeniedException")))

    assert error.attempts == 2
    assert error.__notes__[0].startswith("Ended after 2 requests in ")
    assert error.__notes__[0].endswith("; the one before was met by ThrottlingError.")


def test_a_spent_budget_ends_the_retries() -> None:
    """
    After 35 retries in vain, 14 tokens each, a client's next call fails at its first request.
    """
    script = Script(DOWN)
    client = JobsClient(client=script.client, sleep=Sleeps())
    for _ in range(12):
        with pytest.raises(InternalServiceError):
            client.get_job(REAL_ARN)
    spent = len(script.requests)

    with pytest.raises(InternalServiceError, match="GetJob failed inside") as caught:
        client.get_job(REAL_ARN)

    assert spent == 12 + 35
    assert caught.value.attempts == 1
    assert "too many calls of this client have failed lately (retry budget)" in caught.value.__notes__[0]


def test_the_hook_sees_every_retry() -> None:
    """
    `on_retry` is called before each sleep, with what the sleep will be.
    """
    seen: list[RetryDetails] = []
    sleeps = Sleeps()
    policy = RetryPolicy(on_retry=seen.append)

    JobsClient(client=Script(THROTTLED, DOWN, FOUND).client, sleep=sleeps, retry=policy).get_job(REAL_ARN)

    assert [details.delay for details in seen] == sleeps
    assert [details.attempts for details in seen] == [1, 2]
    assert [type(details.error) for details in seen] == [ThrottlingError, InternalServiceError]
    assert {details.job_arn for details in seen} == {REAL_ARN}


def test_a_hook_that_fails_changes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """
    What the hook raises is logged, and the call goes on.
    """

    def hook(_details: RetryDetails) -> None:
        raise LookupError

    job = ask(Script(THROTTLED, FOUND), retry=RetryPolicy(on_retry=hook))

    assert job.job_name == "run-ghz-hybrid"
    assert "on_retry failed; the call goes on" in caplog.text


def test_a_call_is_logged_once_and_a_retry_as_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """
    DEBUG tells the outcome of a call, WARNING a retry, both with fields for machines.
    """
    caplog.set_level(logging.DEBUG, "braket_jobs")

    ask(Script(THROTTLED, FOUND))

    warning, debug = [record for record in caplog.records if record.name == "braket_jobs"]
    assert (warning.levelname, debug.levelname) == ("WARNING", "DEBUG")
    assert warning.getMessage().startswith("GetJob is tried again in ")
    assert f"GetJob for {REAL_ARN}: COMPLETED after 2 requests in " in debug.getMessage()
    assert vars(debug)["braket_attempts"] == vars(warning)["braket_attempts"] + 1 == 2
    assert vars(debug)["braket_job_arn"] == REAL_ARN


def test_a_failed_call_is_logged_by_its_error(caplog: pytest.LogCaptureFixture) -> None:
    """
    The outcome of a call that failed is the name of its error.
    """
    caplog.set_level(logging.DEBUG, "braket_jobs")

    failure(Script(refusal(404, "ResourceNotFoundException")))

    assert "JobNotFoundError after 1 request in " in caplog.text


def test_the_regions_of_job_and_client_are_compared() -> None:
    """
    A refusal in another region than the job's names both.
    """
    script = Script(refusal(403, "AccessDeniedException"))
    client = script.session.client("braket", region_name="eu-west-2")
    with pytest.raises(AccessDeniedError) as caught:
        get_job(REAL_ARN, client=client)

    assert "The job is in us-east-1 but the client asks eu-west-2" in str(caught.value)


@pytest.mark.parametrize("answer", [Answer(body=b'{"status": 5}'), Answer(body=b"{}"), Answer(body=b"[]")])
def test_an_answer_that_is_no_job_names_the_job(answer: Answer) -> None:
    """
    Whether the conversion or botocore's parser found it out, the error says which job was asked for.
    """
    assert failure(Script(answer)).job_arn == REAL_ARN


def caller(script: Script, **settings: Any) -> Caller:
    return JobsClient(client=script.client, sleep=Sleeps(), **settings)._engine.caller


@pytest.mark.parametrize(("is_paced", "requests_to_pay"), [(True, 2), (False, 3)])
def test_each_request_of_a_call_takes_a_token(is_paced: bool, requests_to_pay: int) -> None:
    """
    Whatever comes of them; but for the first one of a call whose token somebody else has taken.
    """
    ours = caller(Script(DOWN, DOWN, FOUND), quota=Quota(rate=1e-9, burst=25))
    arn = JobArn.parse(REAL_ARN)

    ours.get_job(arn, RetryPolicy(), with_queue_info=False, is_paced=is_paced)

    bucket = ours.quotas.bucket("123456789012", "us-east-1", 0.0)
    assert bucket is not None
    assert bucket._tokens == pytest.approx(24 - requests_to_pay)


def test_requests_that_a_client_makes_by_itself_take_tokens() -> None:
    """
    A passed client may retry on its own: three requests, three tokens, one of which is taken already.
    """
    ours = caller(Script(DOWN, DOWN, FOUND, attempts=3), quota=Quota(rate=1e-9, burst=25))
    arn = JobArn.parse(REAL_ARN)

    ours.get_job(arn, RetryPolicy.none(), with_queue_info=False, is_paced=True)

    bucket = ours.quotas.bucket("123456789012", "us-east-1", 0.0)
    assert bucket is not None
    assert bucket._tokens == pytest.approx(24 - 2)


def test_calls_that_were_throttled_together_count_once() -> None:
    """
    Each of them was sent before any had an answer, so the second one is no news.
    """
    together = threading.Barrier(8)
    script = Script(FOUND, THROTTLED)
    client = JobsClient(client=script.client, retry=RetryPolicy.none())
    client.get_job(REAL_ARN)
    bucket = client._engine._quotas.bucket("123456789012", "us-east-1", 0.0)
    assert bucket is not None
    bucket.succeeded(0.0)

    def meet(**_: object) -> None:
        together.wait(20)

    script.client.meta.events.register_first("before-send.braket.GetJob", cast("Callable[..., None]", meet))

    def throttled(_: int) -> str:
        with pytest.raises(ThrottlingError) as caught:
            client.get_job(REAL_ARN)
        return str(caught.value.code)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(throttled, range(8)))

    assert bucket.rate == pytest.approx(3.5, rel=0.01)


def test_nothing_is_asked_for_nobody() -> None:
    """
    A call that nobody waits for any more makes no further request.
    """
    script = Script(DOWN)
    wanted = iter([True, True, False])

    with pytest.raises(WaitCancelledError):
        caller(script).get_job(REAL_ARN, RetryPolicy(), with_queue_info=False, is_wanted=lambda: next(wanted))

    assert len(script.requests) == 2
