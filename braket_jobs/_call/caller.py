"""
`Caller`: what can be asked of Braket, from the arguments to the answer.

The only place where these parts meet. Nothing below knows the others, and whoever wants something of Braket asks here.
"""

import functools
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from typing import Any, Self, cast

import attrs

from braket_jobs._aws.clients import ClientPool, PassedClient
from braket_jobs._aws.protocols import BraketClient, ClientSettings
from braket_jobs._aws.sessions import LightSession
from braket_jobs._call.budget import RetryBudget
from braket_jobs._call.call import Call
from braket_jobs._quota.bucket import Quotas, TokenBucket
from braket_jobs._wire.structure import job_from_response, page_from_response
from braket_jobs.errors.asked import Asked
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.summary import SummaryPage
from braket_jobs.policies import RetryPolicy

__all__ = ["Caller", "LightSession"]  # what the door hands out


@attrs.frozen(kw_only=True)
class Caller:
    """
    Asks with the clients of one source.

    Attributes:
        source: Where clients come from.
        quotas: How often the accounts may be asked for a job. Calls take from it, but don't wait for it.
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
        client: object,  # a boto3 client, or has the methods that it is asked by
        settings: ClientSettings,
        *,
        is_inherited: bool,
        sleep: Callable[[float], None],
        quotas: Quotas,
    ) -> Self:
        passed = None if client is None else PassedClient(cast("BraketClient", client), is_inherited=is_inherited)
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
        asked = Asked("GetJob", text)

        def ask(client: BraketClient) -> Mapping[str, object]:
            if with_queue_info:
                return client.get_job(jobArn=text, additionalAttributeNames=["QueueInfo"])
            return client.get_job(jobArn=text)

        call = Call(
            source=self.source,
            asked=asked,
            region=self.source.asked_region(arn.region),
            ask=ask,
            read=lambda response, requests: job_from_response(response, asked, attempts=requests),
            bucket=self.quotas.bucket(arn.account_id, arn.region, time.monotonic()),
            is_paid=is_paced,
            is_told=is_paced,
            is_wanted=is_wanted,
        )
        return call.result(policy, self.budgets(call.region), self.sleep)

    def region_to_search(self) -> str:
        """
        Return where a search goes that names no region; empty if there is none, or none that can be read.
        """
        with suppress(Exception):  # the search meets the same, and says what it is
            return self.source.configured_region()
        return ""

    def search_jobs(
        self,
        asked: Asked,
        region: str,
        policy: RetryPolicy,
        *,
        bucket: TokenBucket | None,
        is_wanted: Callable[[], bool],
        filters: Sequence[Mapping[str, Any]],
        size: int,
        token: str | None,
    ) -> tuple[SummaryPage, int]:
        """
        Return a page of what `filters` let through, and how many requests that took.

        Args:
            asked: What is searched for, for errors.
            region: Where to search; empty if nobody knows.
            policy: How patiently.
            bucket: What a token was taken from for the first request, and what hears of throttling.
            is_wanted: Whether anybody still waits.
            filters: The filters, as SearchJobs takes them.
            size: How many summaries at most.
            token: The last page's token; None for the first page.
        """
        rest = {} if token is None else {"nextToken": token}
        call = Call(
            source=self.source,
            asked=asked,
            region=region,
            # of its own for each request, as lists and dicts, since a stub compares them and a handler may change them
            ask=lambda client: client.search_jobs(filters=deepcopy([*filters]), maxResults=size, **rest),
            read=lambda response, requests: (page_from_response(response, asked, attempts=requests), requests),
            bucket=bucket,
            is_paid=True,
            is_told=False,
            is_wanted=is_wanted,
        )
        return call.result(policy, self.budgets(call.region), self.sleep)


@functools.lru_cache(1024)  # who asks for a job asks again, and parsing takes 2 % of a call; at most 1 kB each
def _parsed(job_arn: str) -> JobArn:
    return JobArn.parse(job_arn)


def _new_budget(_region: str) -> RetryBudget:
    return RetryBudget()
