"""
One GetJob, from the ARN to the `Job`: check, ask, translate, try again, convert.

The only place where these parts meet. Nothing below knows the others, and whoever wants a job asks here.
"""

import functools
import inspect
import logging
import time
from collections.abc import Callable, Mapping
from typing import NoReturn, Self, cast

import attrs

from braket_jobs._aws.clients import ClientPool, PassedClient, region_of
from braket_jobs._aws.protocols import ClientSettings, GetJobClient
from braket_jobs._aws.requests import requests_made, swap_count
from braket_jobs._aws.sessions import LightSession
from braket_jobs._aws.translate import translate
from braket_jobs._call.budget import RetryBudget
from braket_jobs._call.retry import Retrier
from braket_jobs._quota.bucket import Quotas, TokenBucket
from braket_jobs._wire.structure import job_from_response
from braket_jobs.errors.text import counted, one_line
from braket_jobs.errors.tree import AuthenticationError, BraketJobsError, CredentialsError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import WaitCancelledError
from braket_jobs.policies import RetryPolicy

__all__ = ["Caller", "LightSession"]  # what the door hands out

_LOG = logging.getLogger("braket_jobs")
_EXPIRED = "ExpiredToken"  # what codes begin with that other keys may help against


@attrs.frozen(kw_only=True)
class Caller:
    """
    Asks for jobs with the clients of one source.

    Attributes:
        source: Where clients come from.
        quotas: What the accounts may ask. Calls take from it, but don't wait for it.
        sleep: Waits for so many seconds.
        budgets: What retries may cost, by the region that is asked.
    """

    source: ClientPool | PassedClient
    quotas: Quotas
    sleep: Callable[[float], None]
    budgets: Callable[[str], RetryBudget] = attrs.field(factory=lambda: functools.lru_cache(64)(_new_budget))

    @classmethod
    def asking_with(
        cls,
        client: GetJobClient | None,
        settings: ClientSettings,
        *,
        is_inherited: bool,
        sleep: Callable[[float], None],
        quotas: Quotas,
    ) -> Self:
        passed = None if client is None else PassedClient(client, is_inherited=is_inherited)
        return cls(source=passed or ClientPool(settings, is_inherited=is_inherited), sleep=sleep, quotas=quotas)

    def get_job(
        self,
        job_arn: str | JobArn,
        policy: RetryPolicy,
        *,
        with_queue_info: bool,
        is_paced: bool = False,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Job:
        """
        Return the job with `job_arn`, as `JobsClient.get_job` documents it.

        Args:
            job_arn: The job's ARN.
            policy: How patiently.
            with_queue_info: Whether to ask for the place in the queue too.
            is_paced: Whether somebody else has taken a token for the first request, and hears of throttling.
            is_wanted: Whether anybody still waits for the job; no request is made for nobody.
        """
        text = str(job_arn) if isinstance(job_arn, JobArn) else job_arn
        arn = _parsed(text) if type(text) is str else JobArn.parse(text)
        bucket = self.quotas.bucket(arn, time.monotonic())
        return _Call(self, arn, text, policy, bucket, with_queue_info, is_paced, is_wanted).result()


@functools.lru_cache(1024)  # who asks for a job asks again, and parsing takes 2 % of a call; at most 1 kB each
def _parsed(job_arn: str) -> JobArn:
    return JobArn.parse(job_arn)


def _new_budget(_region: str) -> RetryBudget:
    return RetryBudget()


@attrs.define
class _Call:
    """
    One call with its retries: counts the HTTP requests, whoever makes them.

    Attributes:
        requests: How many there were.
        counted: How many count towards the policy's number: an attempt counts as one if it made none.
        next_requests: How many another attempt may make.
    """

    caller: Caller
    arn: JobArn
    job_arn: str
    policy: RetryPolicy
    bucket: TokenBucket | None
    with_queue_info: bool
    is_paced: bool
    is_wanted: Callable[[], bool]
    requests: int = 0
    counted: int = 0
    next_requests: float = 1

    def result(self) -> Job:
        retrier = Retrier(
            policy=self.policy,
            budget=self.caller.budgets(self.caller.source.asked_region(self.arn)),
            has_requests_left=lambda: self.counted + self.next_requests <= self.policy.max_attempts,
            sleep=self.caller.sleep,
        )
        started = time.monotonic()
        outcome: str = "interrupted"
        try:
            job = retrier.result_of(self._attempt)
            outcome = job.status
        except Exception as error:
            outcome = type(error).__name__
            raise
        finally:
            self._log(outcome, time.monotonic() - started)
        return job

    def _attempt(self) -> Job:
        if not self.is_wanted():
            raise WaitCancelledError("nobody waits any more", self.job_arn, attempts=self.requests)
        client, sent_before, started = None, swap_count(0), time.monotonic()
        try:
            client = self.caller.source.client_for(self.arn)
            response = self._ask(client)
        except Exception as error:
            self._count(error, client, swap_count(sent_before))
            ours = translate(error, job_arn=self.job_arn, client_region=region_of(client), attempts=self.requests)
            if ours is None:
                raise
            if isinstance(ours, ThrottlingError) and not self.is_paced and self.bucket is not None:
                self.bucket.throttled(started, time.monotonic(), ours.retry_after)
            if client and isinstance(ours, AuthenticationError | CredentialsError) and not ours.retryable:
                ours = self._with_other_keys(ours, client)
            raise ours from error
        self._count(response, client, swap_count(sent_before))
        if self.caller.source.is_on_trial:
            self.caller.source.accept_keys()
        return job_from_response(response, job_arn=self.job_arn, attempts=self.requests)

    def _with_other_keys(self, error: BraketJobsError, client: GetJobClient) -> BraketJobsError:
        """
        Have the next attempt resolve credentials anew, and return `error`: worth another attempt if there are others.
        """
        source = self.caller.source
        if not (error.code or "").startswith(_EXPIRED):
            source.forget_keys(client)
        elif source.finds_other_keys(client):
            return attrs.evolve(error, retryable=True)
        return error

    def _ask(self, client: GetJobClient) -> Mapping[str, object]:
        if self.with_queue_info:
            response = client.get_job(jobArn=self.job_arn, additionalAttributeNames=["QueueInfo"])
        else:
            response = client.get_job(jobArn=self.job_arn)
        is_mapping = isinstance(cast("object", response), (dict, Mapping))  # a client may be anybody's
        return response if is_mapping else _refuse(client, response)

    def _count(self, outcome: Mapping[str, object] | Exception, client: GetJobClient | None, sent: int) -> None:
        made = 0
        if client is not None:
            made, self.next_requests = requests_made(outcome, client, sent)
        is_first_paid = self.is_paced and not self.requests
        self.requests += made
        self.counted += max(made, 1)
        if self.bucket is not None and made > is_first_paid:
            self.bucket.spend(time.monotonic(), made - is_first_paid)

    def _log(self, outcome: str, duration: float) -> None:
        if _LOG.isEnabledFor(logging.DEBUG):
            arn, requests = self.job_arn, self.requests
            told = arn, one_line(outcome, 100), counted(requests, "request"), duration
            extra = {"braket_job_arn": arn, "braket_attempts": requests, "braket_duration": duration}
            _LOG.debug("GetJob for %s: %s after %s in %.3f s", *told, extra=extra)


def _refuse(client: object, response: object) -> NoReturn:
    what = f"get_job of {type(client).__name__} returned"
    if inspect.iscoroutine(response):
        response.close()  # or Python warns that nobody has awaited it
        raise TypeError(f"{what} a coroutine: pass a client of boto3's, which blocks")
    raise TypeError(f"{what} {type(response).__name__}, where boto3's clients return a dict")
