"""
How a coroutine goes through a search. Imports asyncio.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import TYPE_CHECKING

from braket_jobs._search.fetch import Fetch
from braket_jobs._search.pages import Outcome
from braket_jobs._watch.in_loop import running_loop
from braket_jobs.model.summary import JobSummary

if TYPE_CHECKING:
    from braket_jobs._search.search import Search


async def iterate(search: "Search") -> AsyncGenerator[JobSummary, None]:
    """
    Yield the summaries, and let the event loop go on while a page is asked for.

    When it is closed, no further request is made.

    Raises:
        ConfigurationError: If no event loop of asyncio's is running.
    """
    loop = running_loop()
    while (request := search.pages.next_request()) is not None:
        answered: asyncio.Future[Outcome] = loop.create_future()
        fetch = Fetch(search.engine, search.query, request)

        def receive(outcome: Outcome, answered: asyncio.Future[Outcome] = answered) -> None:
            with suppress(RuntimeError):  # a loop that was closed meanwhile wants nothing any more
                loop.call_soon_threadsafe(_settle, answered, outcome)

        fetch.begin(receive)
        try:
            outcome = await answered
        finally:
            fetch.give_up()
        for summary in search.pages.hear(outcome):
            yield summary
    search.pages.end()


def _settle(answered: asyncio.Future[Outcome], outcome: Outcome) -> None:
    if not answered.done():  # else whoever waited was cancelled
        answered.set_result(outcome)
