"""
Jobs that wait for their first poll: in the order in which they came, but the calls they came with take turns.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator

from braket_jobs._watch.polled_job import PolledJob


class Turns:
    """
    A queue for each call; whose job was taken comes last.
    """

    def __init__(self) -> None:
        self._calls: OrderedDict[int, deque[PolledJob]] = OrderedDict()  # by the identity of the call's options
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[PolledJob]:
        return (job for jobs in list(self._calls.values()) for job in list(jobs))

    @property
    def first(self) -> PolledJob:
        return next(iter(self._calls.values()))[0]

    def append(self, job: PolledJob) -> None:
        self._length += 1
        self._calls.setdefault(id(job.options), deque()).append(job)

    def put_back(self, job: PolledJob) -> None:
        """
        Put a job before the others of its call, and its call before the others.
        """
        self._length += 1
        self._calls.setdefault(id(job.options), deque()).appendleft(job)
        self._calls.move_to_end(id(job.options), last=False)

    def take(self) -> PolledJob:
        """
        Take the first job, and give the turn to the next call.
        """
        job = self.drop_first()
        if id(job.options) in self._calls:
            self._calls.move_to_end(id(job.options))
        return job

    def drop_first(self) -> PolledJob:
        self._length -= 1
        call, jobs = next(iter(self._calls.items()))
        job = jobs.popleft()
        if not jobs:
            del self._calls[call]
        return job

    def keep(self, is_wanted: Callable[[PolledJob], bool]) -> None:
        kept = [job for job in self if is_wanted(job)]
        self._calls.clear()
        self._length = 0
        for job in kept:
            self.append(job)
