"""
One GetJob, from the ARN to the `Job`: check, ask, translate, try again, convert.

The only place where these parts meet. Nothing below knows the others, and whoever wants a job asks here.
"""

import logging
import time
from collections.abc import Callable, Mapping

import attrs

from braket_jobs._aws.clients import ClientPool, ClientSource, PassedClient, region_of
from braket_jobs._aws.protocols import GetJobClient
from braket_jobs._aws.requests import requests_made, requests_sent
from braket_jobs._aws.translate import translate
from braket_jobs._call.budget import RetryBudget
from braket_jobs._call.retry import Retrier
from braket_jobs._quota.bucket import Quotas
from braket_jobs._wire.structure import job_from_response
from braket_jobs.errors.text import counted, one_line
from braket_jobs.errors.tree import BraketJobsError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import WaitCancelledError
from braket_jobs.policies import RetryPolicy

__all__ = ["Caller", "ClientPool", "PassedClient"]  # what the door hands out

_LOG = logging.getLogger("braket_jobs")


def _always() -> bool:
    return True


@attrs.frozen(kw_only=True)
class Caller:
    """
    Asks for jobs with the clients of one source.

    Attributes:
        source: Where clients come from.
        quotas: What the accounts may ask. Calls take from it, but don't wait for it.
        sleep: Waits for so many seconds.
        budget: What retries may cost.
    """

    source: ClientSource
    quotas: Quotas
    sleep: Callable[[float], None]
    budget: RetryBudget = attrs.field(factory=RetryBudget)

    def get_job(
        self,
        job_arn: str | JobArn,
        policy: RetryPolicy,
        *,
        with_queue_info: bool,
        is_paced: bool = False,
        is_wanted: Callable[[], bool] = _always,
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
        arn = job_arn if isinstance(job_arn, JobArn) else JobArn.parse(job_arn)
        call = _Call(self, arn, policy, with_queue_info=with_queue_info, is_paced=is_paced, is_wanted=is_wanted)
        return call.result()


class _Call:
    """
    One call with its retries: counts the HTTP requests, whoever makes them.
    """

    def __init__(
        self,
        caller: Caller,
        arn: JobArn,
        policy: RetryPolicy,
        *,
        with_queue_info: bool,
        is_paced: bool,
        is_wanted: Callable[[], bool],
    ) -> None:
        self._caller = caller
        self._arn = arn
        self._job_arn = str(arn)
        self._policy = policy
        self._with_queue_info = with_queue_info
        self._is_paced = is_paced
        self._is_wanted = is_wanted
        self._bucket = caller.quotas.bucket(arn, time.monotonic())
        self._paid = int(is_paced)
        self._requests = 0
        self._next_requests = 1.0  # how many another attempt may make

    def result(self) -> Job:
        retrier = Retrier(
            policy=self._policy,
            budget=self._caller.budget,
            has_requests_left=self._has_requests_left,
            sleep=self._caller.sleep,
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
        if not self._is_wanted():
            raise WaitCancelledError("nobody waits any more", self._job_arn, attempts=self._requests)
        client, started, sent = None, time.monotonic(), requests_sent()
        try:
            client = self._caller.source.client_for(self._arn)
            response = self._ask(client)
        except Exception as error:
            if client is not None:
                self._count(error, client, sent)
            translated = self._translated(error, client, started)
            if translated is None:
                raise
            raise translated from error
        self._count(response, client, sent)
        return job_from_response(response, job_arn=self._job_arn, attempts=self._requests)

    def _ask(self, client: GetJobClient) -> Mapping[str, object]:
        if self._with_queue_info:
            return client.get_job(jobArn=self._job_arn, additionalAttributeNames=["QueueInfo"])
        return client.get_job(jobArn=self._job_arn)

    def _translated(self, error: Exception, client: GetJobClient | None, started: float) -> BraketJobsError | None:
        translated = translate(error, job_arn=self._job_arn, client_region=region_of(client), attempts=self._requests)
        if self._bucket is not None and not self._is_paced and isinstance(translated, ThrottlingError):
            self._bucket.throttled(started, time.monotonic(), translated.retry_after)
        return translated

    def _count(self, outcome: Mapping[str, object] | Exception, client: GetJobClient, sent_before: int) -> None:
        made, self._next_requests = requests_made(outcome, client, requests_sent() - sent_before)
        self._requests += made
        if self._bucket is not None and self._requests > self._paid:
            self._bucket.spend(time.monotonic(), self._requests - self._paid)
            self._paid = self._requests

    def _has_requests_left(self) -> bool:
        return self._requests + self._next_requests <= self._policy.max_attempts

    def _log(self, outcome: str, duration: float) -> None:
        if not _LOG.isEnabledFor(logging.DEBUG):
            return
        arn, requests, status = self._job_arn, self._requests, one_line(outcome, 100)
        extra = {"braket_job_arn": arn, "braket_attempts": requests, "braket_duration": duration}
        asked = counted(requests, "request")
        _LOG.debug("GetJob for %s: %s after %s in %.3f s", arn, status, asked, duration, extra=extra)
