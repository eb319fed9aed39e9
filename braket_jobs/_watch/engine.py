"""
What both clients are built on: their settings, who asks, who polls, and what can be waited for.

A poll of a wait is one request: what fails is polled again later anyway. A poll for `get_jobs` is tried again as the
client's policy says, but for throttling: then it waits for another token of the quota.
"""

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from braket_jobs._aws.protocols import ClientSettings, check_client
from braket_jobs._call import door
from braket_jobs._process import forgotten_in_children
from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.kinds import OutcomesAsTheyEnd, OutcomesInOrder, Updates
from braket_jobs._watch.polled_job import PolledJob, PollOptions
from braket_jobs._watch.poller import Poller
from braket_jobs._watch.scheduler import Scheduler
from braket_jobs._watch.subscriptions import JobArns
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.policies import PollingStatus, PollPolicy, Quota, RetryPolicy, checked, timeout_in_seconds

if TYPE_CHECKING:
    from braket_jobs._call.caller import Caller


class Engine:
    """
    Asks and polls for one client. What its methods take is said at the client's.

    Attributes:
        retry: How patiently it asks.
        search_quotas: How often may be searched, by region.
    """

    def __init__(
        self,
        client: object,  # a boto3 client, or has the methods that it is asked by; or None
        settings: ClientSettings,
        retry: RetryPolicy,
        sleep: Callable[[float], None],
        quota: Quota | None,
        max_threads: int,
    ) -> None:
        if client is not None and settings != ClientSettings():
            raise TypeError("a client is used as it is: leave out session, region_name, endpoint_url and config")
        self._client = client
        self._settings = settings
        self.retry = retry
        self._sleep = sleep
        self._quota = None if quota is None else checked(quota, Quota, "quota")
        self._max_threads = _checked_threads(max_threads)
        self._is_inherited = False
        self._callers: list[Caller] = []  # the first one is good
        self._begin_counting()
        self._poller = Poller(self._new_scheduler())
        forgotten_in_children(self)

    def forget(self) -> None:
        """
        Begin anew in a child: what was built before the fork is the parent's.
        """
        self._is_inherited = True
        self._callers = []
        self._begin_counting()
        self._poller.begin(self._new_scheduler())

    def close(self) -> None:
        self._poller.close()
        for caller in self._callers[:1]:
            caller.source.close()

    @property
    def caller(self) -> "Caller":
        """
        What asks; made, and botocore imported, when it is first needed.
        """
        if not self._callers:  # no lock is held meanwhile, since a signal's handler may wait for one made elsewhere
            self._callers.append(
                door.new_caller(
                    self._client,
                    self._settings,
                    is_inherited=self._is_inherited,
                    sleep=self._sleep,
                    quotas=self._quotas,
                )
            )
        return self._callers[0]

    def get_job(self, job_arn: str | JobArn, retry: RetryPolicy | None = None, *, with_queue_info: bool) -> Job:
        started = self._poller.clock()
        job = self.caller.get_job(job_arn, retry or self.retry, with_queue_info=with_queue_info)
        if self._poller.is_watching:
            self._poller.share(JobArn.parse(str(job_arn)), job, started, has_queue_info=with_queue_info)
        return job

    def polling(self) -> tuple[PollingStatus, ...]:
        return self._poller.status()

    def get_job_elsewhere(self, job_arn: str | JobArn, *, with_queue_info: bool) -> OutcomesInOrder:
        """
        Return what waits for one job, asked for in a thread of ours. It waits for no quota.
        """
        request = self._request(self.retry, is_paced=False)
        options = PollOptions(request=request, until_end=False, with_queue_info=with_queue_info, is_paced=False)
        return OutcomesInOrder(self._poller, [job_arn], options)

    def get_jobs(self, job_arns: JobArns, *, with_queue_info: bool) -> OutcomesInOrder:
        is_paced = self._quota is not None
        request = self._request(attrs.evolve(self.retry, retry_throttling=not is_paced), is_paced=is_paced)
        options = PollOptions(request=request, until_end=False, with_queue_info=with_queue_info, is_paced=is_paced)
        return OutcomesInOrder(self._poller, job_arns, options)

    def updates(self, job_arn: str | JobArn, *, timeout: float | timedelta | None, poll: PollPolicy) -> Updates:
        arn = job_arn if isinstance(job_arn, JobArn) else JobArn.parse(job_arn)
        return Updates(self._poller, [arn], self._until_end(timeout, poll))

    def wait_all(
        self,
        job_arns: JobArns,
        *,
        timeout: float | timedelta | None,
        on_update: Callable[[Job], object] | None,
        poll: PollPolicy,
    ) -> OutcomesAsTheyEnd:
        on_update = None if on_update is None else _checked_function(on_update)
        return OutcomesAsTheyEnd(self._poller, job_arns, self._until_end(timeout, poll), on_update)

    def check_can_search(self, *, in_regions: bool) -> None:
        """
        See that there can be a search, and in regions if there are any.

        Raises:
            TypeError: If the client that was passed in has no ``search_jobs``; or if regions are given, and the client
                has one of its own.
        """
        if self._client is not None:
            check_client(self._client, "search_jobs")
        if in_regions and (self._client is not None or self._settings.region_name):
            raise TypeError("the client has a region of its own, where it searches: leave out regions")

    def _begin_counting(self) -> None:
        self._quotas = Quotas(self._quota)
        self.search_quotas = Quotas(None if self._quota is None else self._quota.for_searches)

    def _new_scheduler(self) -> Scheduler:
        return Scheduler(self._quotas, most_requests=self._max_threads)

    def _until_end(self, timeout: float | timedelta | None, poll: PollPolicy) -> PollOptions:
        request, seconds = self._request(RetryPolicy.none()), timeout_in_seconds(timeout)
        return PollOptions(request=request, until_end=True, policy=checked(poll, PollPolicy, "poll"), timeout=seconds)

    def _request(self, policy: RetryPolicy, *, is_paced: bool = True) -> Callable[[PolledJob], Job]:
        def request(job: PolledJob) -> Job:
            # The caller is made here, in a thread that polls: it takes long, and who waits may be an event loop.
            return self.caller.get_job(
                job.arn,
                policy,
                with_queue_info=job.wants_queue_info,
                is_paced=is_paced,
                is_wanted=lambda: job.is_open,
            )

        return request


def _checked_threads(max_threads: object) -> int:
    if not isinstance(max_threads, int) or isinstance(max_threads, bool):
        raise TypeError(f"max_threads is an integer, not {type(max_threads).__name__}")
    if max_threads < 1:
        raise ValueError(f"max_threads must be at least 1: {max_threads}")
    return max_threads


def _checked_function(on_update: Callable[[Job], object]) -> Callable[[Job], object]:
    if not callable(on_update):
        raise TypeError(f"on_update is a function of a job or None, not {type(on_update).__name__}")
    called = on_update, getattr(on_update, "__call__", None)  # noqa: B004  # what has an `async def __call__`
    if any(inspect.iscoroutinefunction(each) or inspect.isasyncgenfunction(each) for each in called):
        raise TypeError("on_update is a plain function; it may start a task, as asyncio.create_task does")
    return on_update
