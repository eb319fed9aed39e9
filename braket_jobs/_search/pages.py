"""
Which page is asked for next, and which of the summaries on it are handed out. Neither asks nor waits.
"""

from collections.abc import Iterator
from math import inf

import attrs

from braket_jobs._search.query import Query
from braket_jobs.errors.tree import BraketJobsError, InvalidResponseError
from braket_jobs.model.outcome import WaitCancelledError
from braket_jobs.model.summary import JobSummary, SummaryPage

_MOST_ON_A_PAGE = 100  # what the service's model allows

# A page, how many HTTP requests it took and in which region it is; or what was raised.
Outcome = tuple[SummaryPage, int, str] | BaseException


@attrs.frozen
class PageRequest:
    """
    A page to ask for.

    Attributes:
        region: Where; empty for the configured region.
        size: How many summaries at most.
        token: The token of the page before; None for the first one.
    """

    region: str
    size: int
    token: str | None


class Pages:
    """
    The pages of a query, one region after the other.

    A region that fails is left; its error is raised when the others' summaries are handed out.

    Attributes:
        requests: How many HTTP requests were answered.
    """

    def __init__(self, query: Query) -> None:
        self._query = query
        self._regions = list(reversed(query.regions))
        self._token: str | None = None
        self._tokens: set[str] = set()  # that this region has given
        self._seen: set[str] = set()
        self._left: float = inf if query.limit is None else query.limit
        if query.statuses is not None and not query.statuses:
            self._left = 0
        self.requests = 0
        self._error: BraketJobsError | None = None

    def next_request(self) -> PageRequest | None:
        """
        Return the page to ask for now; None if there is no more to ask for.
        """
        if not self._regions or self._left == 0:
            return None
        # What is filtered here may be rare, so then each page is as long as can be.
        wanted = inf if self._query.statuses is not None else self._left
        return PageRequest(self._regions[-1], int(min(wanted, _MOST_ON_A_PAGE)), self._token)

    def hear(self, outcome: Outcome) -> Iterator[JobSummary]:
        """
        Take note of what became of that request, and yield the summaries that are wanted and were on no page before.

        Raises:
            BaseException: What is no error of a region's.
        """
        if isinstance(outcome, WaitCancelledError) or not isinstance(outcome, BraketJobsError | tuple):
            raise outcome
        if isinstance(outcome, BraketJobsError):
            self._fail(outcome)
            return
        page, requests, region = outcome
        self.requests += requests
        self._regions[-1] = region  # so the next page is asked for in the same one, whatever is configured then
        for summary in page.jobs:
            is_wanted = self._query.statuses is None or summary.status in self._query.statuses
            if is_wanted and summary.job_arn not in self._seen and self._left != 0:
                self._seen.add(summary.job_arn)
                self._left -= 1
                yield summary
        if self._left != 0:
            self._turn(page.next_token)

    def end(self) -> None:
        """
        Raise what the first region that failed has failed with, if one has.
        """
        if self._error is not None:
            raise self._error

    def _fail(self, error: BraketJobsError) -> None:
        if self._error is None:
            self._error = error
        else:
            self._error.add_note(f"Another region failed too: {error}")
        self._turn(None)

    def _turn(self, token: str | None) -> None:
        region = self._regions[-1]
        self._token = token or None
        if self._token is None:
            self._regions.pop()
            self._tokens.clear()
        elif self._token in self._tokens:
            self._fail(_repeated(self._query.subject_in(region)))
        else:
            self._tokens.add(self._token)


def _repeated(subject: str) -> InvalidResponseError:
    what = "the token of the next page is one that was given before"
    return InvalidResponseError(
        what, operation="SearchJobs", subject=subject, path="nextToken", problems=(f"nextToken: {what}",)
    )
