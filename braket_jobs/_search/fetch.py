"""
One page, asked for within the quota: in the thread of whoever wants it, or in one of ours.
"""

import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from functools import partial

from braket_jobs._quota.bucket import TokenBucket
from braket_jobs._search.pages import Outcome, PageRequest
from braket_jobs._search.query import Query
from braket_jobs._watch.engine import Engine
from braket_jobs._watch.threads import THREADS
from braket_jobs.errors.asked import Asked
from braket_jobs.model.outcome import WaitCancelledError


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
        return WaitCancelledError(
            "the search was ended", hint="Search again.", operation="SearchJobs", subject=self._asked.subject
        )

    @property
    def _asked(self) -> Asked:
        return Asked("SearchJobs", None, self._query.subject_in(self._request.region))

    def _answer(self) -> Outcome:
        bucket = self._engine.search_quotas.bucket("", self._request.region, time.monotonic())
        if bucket is not None:
            self._wait_for_token(bucket)
        answer = self._engine.caller.search_jobs(
            self._asked,
            self._request.region,
            self._engine.retry,
            bucket=bucket,
            is_wanted=lambda: not self._is_given_up.is_set(),
            filters=self._query.filters,
            size=self._request.size,
            token=self._request.token,
        )
        if bucket is not None:
            bucket.succeeded(time.monotonic())
        return answer

    def _wait_for_token(self, bucket: TokenBucket) -> None:
        is_taken = False
        try:
            is_taken = not self._is_given_up.wait(bucket.reserve(time.monotonic()))
        finally:
            if not is_taken:
                bucket.give_back()
