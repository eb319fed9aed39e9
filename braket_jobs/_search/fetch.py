"""
One page, asked for within the quota: in the thread of whoever wants it, or in one of ours.
"""

import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING

from braket_jobs._quota.bucket import TokenBucket
from braket_jobs._search.pages import Outcome, PageRequest
from braket_jobs._search.query import Query
from braket_jobs._watch.engine import Engine
from braket_jobs._watch.threads import THREADS
from braket_jobs.errors.asked import Asked
from braket_jobs.errors.tree import BraketJobsError
from braket_jobs.model.outcome import WaitCancelledError
from braket_jobs.model.summary import SummaryPage

if TYPE_CHECKING:
    from braket_jobs._call.caller import Caller


class Fetch:
    """
    Asks for one page.
    """

    def __init__(self, engine: Engine, query: Query, request: PageRequest) -> None:
        self._engine = engine
        self._query = query
        self._request = request
        self._is_given_up = threading.Event()

    def begin(self, receive: Callable[[Outcome], object]) -> None:
        """
        Ask in a thread of ours, in the caller's context; `receive`, which must not raise, is called there.
        """
        THREADS.run(partial(copy_context().run, lambda: receive(self.outcome())))

    def give_up(self) -> None:
        """
        Have no further request made.
        """
        self._is_given_up.set()

    def outcome(self) -> Outcome:
        """
        Wait for the quota, ask, and return what came of it.
        """
        try:
            return self._answer()
        except BaseException as error:  # noqa: BLE001  # goes to whoever waits, who raises it
            return error

    def cancelled(self) -> WaitCancelledError:
        """
        Return the error of a search that was ended from outside.
        """
        subject = self._query.subject_in(self._request.region)
        return WaitCancelledError("the search was ended", hint="Search again.", operation="SearchJobs", subject=subject)

    def _answer(self) -> Outcome:
        caller = self._engine.caller
        region = self._request.region or caller.region_to_search()
        bucket = self._engine.search_quotas.bucket("", region, time.monotonic())
        if bucket is None:
            return *self._asked_in(region, caller, None), region
        self._wait_for_token(bucket)
        try:
            answer = self._asked_in(region, caller, bucket)
        except BraketJobsError as error:
            if not error.attempts:  # there was no request that would have taken it
                bucket.give_back()
            raise
        bucket.succeeded(time.monotonic())
        return *answer, region

    def _asked_in(self, region: str, caller: "Caller", bucket: TokenBucket | None) -> tuple[SummaryPage, int]:
        return caller.search_jobs(
            Asked("SearchJobs", None, self._query.subject_in(region)),
            region,
            self._engine.retry,
            bucket=bucket,
            is_wanted=lambda: not self._is_given_up.is_set(),
            filters=self._query.filters,
            size=self._request.size,
            token=self._request.token,
        )

    def _wait_for_token(self, bucket: TokenBucket) -> None:
        is_taken = False
        try:
            is_taken = not self._is_given_up.wait(bucket.reserve(time.monotonic()))
        finally:
            if not is_taken:
                bucket.give_back()
