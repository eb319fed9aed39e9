"""
Ratios that can be trusted on a noisy machine: both sides take turns, and the median of many turns counts.

What else runs on the machine slows both sides of a turn alike, so a turn is as short as what is measured: a single call
where calls are compared, a single process where processes are.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import attrs


@attrs.frozen(kw_only=True)
class Row:
    """
    One line of the table.

    Attributes:
        what: What was measured.
        against: The alternative it is compared with.
        ratio: The median of what, divided by that of the alternative.
        low: The first decile of the ratios of the medians of stretches of turns.
        high: The last decile.
        target: What the ratio has to stay below, or above if `is_more_better`.
        is_more_better: Whether a greater ratio is better.
        detail: The two medians, for a reader who wants figures.
        unit: The unit of `ratio` and `target` where the row is a plain figure and no ratio.
    """

    what: str
    against: str
    ratio: float
    low: float
    high: float
    target: float
    is_more_better: bool = False
    detail: str = ""
    unit: str = ""

    @property
    def is_met(self) -> bool:
        """
        Whether the target is met.
        """
        return self.ratio >= self.target if self.is_more_better else self.ratio <= self.target


def compared(
    what: str,
    ours: Callable[[], float],
    against: str,
    theirs: Callable[[], float],
    *,
    target: float,
    turns: int,
    stretch: int = 1,
    is_more_better: bool = False,
    unit: str = "ms",
    scale: float = 1000.0,
) -> Row:
    """
    Return the ratio of two measurements that take turns.

    Args:
        what: What `ours` measures.
        ours: Returns one measurement.
        against: What `theirs` measures.
        theirs: Returns one measurement.
        target: What the ratio has to reach.
        turns: How often each is measured, after one turn that doesn't count.
        stretch: Over how many turns the medians are taken whose ratios make up the spread.
        is_more_better: Whether a greater ratio is better.
        unit: The unit of the detail.
        scale: How many of these units a measurement is.
    """
    pairs = [(ours(), theirs()) for _ in range(turns + 1)][1:]
    mine, other = _medians(pairs)
    stretches = [_medians(pairs[start : start + stretch]) for start in range(0, turns, stretch)]
    deciles = statistics.quantiles([one / two for one, two in stretches], n=10)
    return Row(
        what=what,
        against=against,
        ratio=mine / other,
        low=deciles[0],
        high=deciles[-1],
        target=target,
        is_more_better=is_more_better,
        detail=f"{mine * scale:.3g} {unit} : {other * scale:.3g} {unit}",
    )


def _medians(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    mine, other = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(other)


def figure(what: str, measured: float, *, target: float, unit: str) -> Row:
    """
    Return a row for what is measured once and compared with nothing but its target.
    """
    return Row(what=what, against="", ratio=measured, low=measured, high=measured, target=target, unit=unit)


def timed(call: Callable[[], object], times: int) -> Callable[[], float]:
    """
    Return a measurement: the seconds that one of `times` calls in a row takes.
    """

    def measurement() -> float:
        started = time.perf_counter()
        for _ in range(times):
            call()
        return (time.perf_counter() - started) / times

    return measurement


def fresh(code: str, **variables: str) -> Callable[[], float]:
    """
    Return a measurement: the seconds that a fresh Python takes to run `code`, its own start left out.

    Args:
        code: What it runs.
        variables: Variables of its environment, beside those of this process.
    """
    measured = f"import time\n_started = time.perf_counter()\n{code}\nprint(time.perf_counter() - _started)"

    def measurement() -> float:
        command = [sys.executable, "-c", measured]
        run = subprocess.run(  # noqa: S603  # our own code
            command, check=True, capture_output=True, text=True, env={**os.environ, **variables}
        )
        return float(run.stdout.splitlines()[-1])

    return measurement
