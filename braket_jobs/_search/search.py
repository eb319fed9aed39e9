"""
Who searches: goes from page to page, and hands out summaries as they are wanted, to a thread or to a coroutine.
"""

import threading
from collections.abc import AsyncGenerator, Generator, Iterable
from functools import partial
from queue import SimpleQueue

from braket_jobs._process import importing
from braket_jobs._search.fetch import Fetch
from braket_jobs._search.pages import Outcome, Pages
from braket_jobs._search.query import Query
from braket_jobs._watch.alarms import ALARMS, check_event, next_in
from braket_jobs._watch.engine import Engine
from braket_jobs.errors.tree import JobNotFoundError
from braket_jobs.model.summary import JobSummary


class Search:
    """
    A search that is about to be made.

    Args:
        engine: Who asks.
        query: What is searched for.
        owner: What the engine asks with, if the engine doesn't keep that alive itself.

    Raises:
        TypeError: If the engine's client can't search, or not in regions.
    """

    def __init__(self, engine: Engine, query: Query, owner: object = None) -> None:
        self._owner = owner
        engine.check_can_search(in_regions=query.regions != ("",))
        self.engine = engine
        self.query = query
        self.pages = Pages(query)

    def iterate(self, cancel: threading.Event | None = None) -> Generator[JobSummary, None, None]:
        """
        Return what yields the summaries, each page asked for when it is needed; `cancel` ends it when it is set.
        """
        check_event(cancel)
        return self._iterate(cancel)

    def iterate_async(self) -> AsyncGenerator[JobSummary, None]:
        """
        Return the same for a coroutine; the event loop goes on while a page is asked for.
        """
        with importing:
            from braket_jobs._search import in_loop  # noqa: PLC0415  # asyncio takes 50 ms, and who awaits has it

        return in_loop.iterate(self)

    def newest(self, summaries: Iterable[JobSummary]) -> JobSummary:
        """
        Return the one of `summaries`, all that were found, that was created last.

        Raises:
            JobNotFoundError: If there are none.
        """
        found = max(summaries, key=lambda summary: summary.created_at, default=None)
        if found is not None:
            return found
        raise JobNotFoundError(
            "no job has it",
            attempts=self.pages.requests,
            hint="Check the name, the account and the region.",
            operation="SearchJobs",
            subject=self.query.subject_in(", ".join(self.query.regions)),
        )

    def _iterate(self, cancel: threading.Event | None) -> Generator[JobSummary, None, None]:
        while (request := self.pages.next_request()) is not None:
            fetch = Fetch(self.engine, self.query, request)
            for summary in self.pages.hear(fetch.outcome() if cancel is None else _awaited(fetch, cancel)):
                if cancel is not None and cancel.is_set():
                    raise fetch.cancelled()
                yield summary
        self.pages.end()


def _awaited(fetch: Fetch, cancel: threading.Event) -> Outcome:
    inbox: SimpleQueue[Outcome | None] = SimpleQueue()
    wake = partial(inbox.put, None)
    try:
        if not cancel.is_set():
            fetch.begin(inbox.put)
        while not cancel.is_set():
            outcome = next_in(inbox, cancel, wake)
            if outcome is not None:
                return outcome
    finally:
        ALARMS.leave(cancel, wake)
        fetch.give_up()
    return fetch.cancelled()
