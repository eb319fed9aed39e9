"""
Which of many jobs is looked at next. The time is an argument: no clock, no sleep.

Jobs that were never looked at come first, in the order in which they came. But of every four looks one goes to the
others as long as any is due, so that an endless stream of new jobs starves nobody. Among those that are due, the one
that was not looked at for longest comes first: when there are more jobs than looks, everyone gets as many. With enough
looks for all, everyone is looked at when it is due.
"""

from collections import deque
from heapq import heappop, heappush
from itertools import count
from math import inf

from braket_jobs._watch.watch import Watch

_NEW_IN_A_ROW = 3

_Heap = list[tuple[float, int, Watch]]


class Schedule:
    """
    The jobs that share a quota. Each operation costs the logarithm of their number.

    Watches that were closed meanwhile are passed over.
    """

    def __init__(self) -> None:
        self._new: deque[Watch] = deque()
        self._due: _Heap = []  # by the time of the last look
        self._later: _Heap = []  # by the time of the next one
        self._ticks = count()  # decides between equal times, first come, first served
        self._new_in_a_row = 0

    def add(self, watch: Watch) -> None:
        """
        Take in a job that was never looked at.
        """
        self._new.append(watch)

    def again(self, watch: Watch, at: float) -> None:
        """
        Take in a job that is to be looked at again at a time.
        """
        heappush(self._later, (at, next(self._ticks), watch))

    def put_back(self, watch: Watch) -> None:
        """
        Take in a job whose look came to nothing, in its old place.
        """
        if watch.looked_at == -inf:
            self._new.appendleft(watch)
        else:
            heappush(self._due, (watch.looked_at, next(self._ticks), watch))

    def next_at(self, now: float) -> float:
        """
        Return when the next look is wanted: `now`, a later time, or infinity if none is.
        """
        self._clear()
        if self._new or self._due:
            return now
        return max(now, self._later[0][0]) if self._later else inf

    def take(self, now: float) -> Watch | None:
        """
        Take out the job that is to be looked at next, or return None if none is due.
        """
        self._clear()
        while self._later and self._later[0][0] <= now:
            watch = heappop(self._later)[2]
            heappush(self._due, (watch.looked_at, next(self._ticks), watch))
        if self._new and (self._new_in_a_row < _NEW_IN_A_ROW or not self._due):
            self._new_in_a_row += 1
            return self._new.popleft()
        self._new_in_a_row = 0
        return heappop(self._due)[2] if self._due else None

    def _clear(self) -> None:
        while self._new and not self._new[0].is_open:
            self._new.popleft()
        for heap in (self._due, self._later):
            while heap and not heap[0][2].is_open:
                heappop(heap)
