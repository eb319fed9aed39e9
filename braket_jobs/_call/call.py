"""
One call: ask, translate what goes wrong, try again, read the answer. Counts the HTTP requests, whoever makes them.
"""

import inspect
import logging
import time
from collections.abc import Callable, Mapping
from typing import Generic, NoReturn, TypeVar, cast

import attrs

from braket_jobs._aws.clients import ClientPool, PassedClient, region_of
from braket_jobs._aws.protocols import BraketClient
from braket_jobs._aws.requests import requests_made, swap_count
from braket_jobs._aws.translate import translate
from braket_jobs._call.budget import RetryBudget
from braket_jobs._call.retry import Retrier
from braket_jobs._quota.bucket import TokenBucket
from braket_jobs.errors.asked import Asked
from braket_jobs.errors.text import counted, one_line
from braket_jobs.errors.tree import AuthenticationError, BraketJobsError, CredentialsError, ThrottlingError
from braket_jobs.model.outcome import WaitCancelledError
from braket_jobs.policies import RetryPolicy

_LOG = logging.getLogger("braket_jobs")
_EXPIRED = "ExpiredToken"  # what codes begin with that other keys may help against
_T = TypeVar("_T")


@attrs.define(kw_only=True)
class Call(Generic[_T]):
    """
    One call with its retries.

    Attributes:
        source: Where the client comes from.
        asked: What is asked for.
        region: Where, as the source takes it.
        ask: Asks a client once.
        read: Makes what the call returns of an answer, given how many requests it took.
        bucket: What the requests take tokens from; None if nothing is held back.
        is_paid: Whether the first request's token was taken before.
        is_told: Whether somebody else tells the bucket of throttling.
        is_wanted: Whether anybody still waits; no request is made for nobody.
        requests: How many there were.
        counted: How many count towards the policy's number: an attempt counts as one if it made none.
        next_requests: How many another attempt may make.
    """

    source: ClientPool | PassedClient
    asked: Asked
    region: str
    ask: Callable[[BraketClient], Mapping[str, object]]
    read: Callable[[Mapping[str, object], int], _T]
    bucket: TokenBucket | None
    is_paid: bool
    is_told: bool
    is_wanted: Callable[[], bool]
    requests: int = 0
    counted: int = 0
    next_requests: float = 1

    def result(self, policy: RetryPolicy, budget: RetryBudget, sleep: Callable[[float], None]) -> _T:
        """
        Return what the call returns, after as many attempts as it needs and may have.

        Raises:
            BraketJobsError: What the last attempt failed with.
        """
        retrier = Retrier(
            policy=policy,
            budget=budget,
            has_requests_left=lambda: self.counted + self.next_requests <= policy.max_attempts,
            sleep=sleep,
        )
        started = time.monotonic()
        outcome: object = None
        try:
            outcome = result = retrier.result_of(self._attempt)
        except Exception as error:
            outcome = error
            raise
        finally:
            self._log(outcome, time.monotonic() - started)
        return result

    def _attempt(self) -> _T:
        if not self.is_wanted():
            raise WaitCancelledError("nobody waits any more", self.asked.job_arn, attempts=self.requests)
        client, sent_before, started = None, swap_count(0), time.monotonic()
        try:
            client = self.source.client_for(self.region, self.asked)
            response = self._checked(self.ask(client), client)
        except Exception as error:
            self._count(error, client, swap_count(sent_before))
            ours = translate(error, self.asked, client_region=region_of(client), attempts=self.requests)
            if ours is None:
                raise
            if isinstance(ours, ThrottlingError) and not self.is_told and self.bucket is not None:
                self.bucket.throttled(started, time.monotonic(), ours.retry_after)
            if client and isinstance(ours, AuthenticationError | CredentialsError) and not ours.retryable:
                ours = self._with_other_keys(ours, client)
            raise ours from error
        self._count(response, client, swap_count(sent_before))
        if self.source.is_on_trial:
            self.source.accept_keys()
        return self.read(response, self.requests)

    def _with_other_keys(self, error: BraketJobsError, client: BraketClient) -> BraketJobsError:
        """
        Have the next attempt resolve credentials anew, and return `error`: worth another attempt if there are others.
        """
        source = self.source
        if not (error.code or "").startswith(_EXPIRED):
            source.forget_keys(client)
        elif source.finds_other_keys(client):
            return attrs.evolve(error, retryable=True)
        return error

    def _checked(self, response: object, client: BraketClient) -> Mapping[str, object]:
        is_mapping = isinstance(response, (dict, Mapping))  # a client may be anybody's
        return cast("Mapping[str, object]", response) if is_mapping else _refuse(self.asked, client, response)

    def _count(self, outcome: Mapping[str, object] | Exception, client: BraketClient | None, sent: int) -> None:
        made = 0
        if client is not None:
            made, self.next_requests = requests_made(outcome, client, sent)
        is_first_paid = self.is_paid and not self.requests
        self.requests += made
        self.counted += max(made, 1)
        if self.bucket is not None and made > is_first_paid:
            self.bucket.spend(time.monotonic(), made - is_first_paid)

    def _log(self, outcome: object, duration: float) -> None:
        if _LOG.isEnabledFor(logging.DEBUG):
            arn, requests = self.asked.job_arn, self.requests
            subject = arn or one_line(self.asked.subject or "")
            told = self.asked.operation, subject, one_line(_told(outcome), 100), counted(requests, "request")
            extra = {"braket_job_arn": arn, "braket_attempts": requests, "braket_duration": duration}
            _LOG.debug("%s for %s: %s after %s in %.3f s", *told, duration, extra=extra)


def _told(outcome: object) -> str:
    if outcome is None:
        return "interrupted"
    return type(outcome).__name__ if isinstance(outcome, Exception) else getattr(outcome, "status", "answered")


def _refuse(asked: Asked, client: object, response: object) -> NoReturn:
    what = f"{asked.method} of {client.__class__.__name__} returned"  # of a weak proxy, that is what it stands for
    if inspect.iscoroutine(response):
        response.close()  # or Python warns that nobody has awaited it
        raise TypeError(f"{what} a coroutine: pass a client of boto3's, which blocks")
    raise TypeError(f"{what} {type(response).__name__}, where boto3's clients return a dict")
