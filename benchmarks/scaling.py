"""
What more jobs, events and tags cost: ``make plots`` measures it and draws the pictures of the documentation.

Each point is the best of several runs, since what else the machine does only ever adds.
"""

import gc
import json
import os
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.document import ARN, answer, full_document
from benchmarks.server import serving
from braket_jobs import JobsClient
from braket_jobs._wire.structure import job_from_response

_IMAGES = Path(__file__).parent.parent / "docs" / "images"
_JOBS = {10: 20, 100: 8, 1000: 3, 10_000: 2}  # how many jobs, and how often they are measured
_SIZES = (0, 50, 100, 200, 400, 800)
_CALLS = 200
_THEMES = {"light": ("#1f2328", "#0969da", "#bc4c00"), "dark": ("#e6edf3", "#58a6ff", "#f0883e")}

Series = dict[int, float]


def jobs_by_number() -> tuple[Series, Series]:
    """
    Return the milliseconds and the kilobytes that each of so many jobs takes that are got at once and kept.
    """
    os.environ |= {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    with serving(json.dumps(full_document()).encode()) as url, JobsClient(endpoint_url=url, quota=None) as client:
        _outcomes(client, 100)
        times = {number: _best(partial(_seconds, client, number), runs) for number, runs in _JOBS.items()}
        kept = {number: _bytes(client, number) for number in _JOBS}
    return _each(times, 1e3), _each(kept, 1e-3)


def _outcomes(client: JobsClient, number: int) -> deque[Any]:
    arns = (f"{ARN[:-5]}{each:05}" for each in range(number))
    return deque(client.get_jobs(arns))


def _seconds(client: JobsClient, number: int) -> float:
    started = perf_counter()
    _outcomes(client, number)
    return perf_counter() - started


def _bytes(client: JobsClient, number: int) -> float:
    gc.collect()
    tracemalloc.start()
    kept = _outcomes(client, number)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held if len(kept) == number else 0


def _each(totals: Series, scale: float) -> Series:
    return {number: total / number * scale for number, total in totals.items()}


def conversions_by(member: str) -> Series:
    """
    Return the microseconds that converting a document takes which has so many events, or so many tags.
    """
    return {size: _best(_converting(answer(full_document(**{member: size}))), 15) * 1e6 for size in _SIZES}


def _converting(response: dict[str, Any]) -> Callable[[], float]:
    def seconds() -> float:
        started = perf_counter()
        for _ in range(_CALLS):
            job_from_response(response)
        return (perf_counter() - started) / _CALLS

    return seconds


def _best(measure: Callable[[], float], runs: int) -> float:
    return min(measure() for _ in range(runs))


def _draw(theme: str, per_job: Iterable[tuple[str, Series]], by_member: dict[str, Series]) -> None:
    ink, *colours = _THEMES[theme]
    mpl.rcParams.update(dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), ink))
    mpl.rcParams.update({"axes.edgecolor": ink, "svg.fonttype": "none", "svg.hashsalt": "braket-jobs", "font.size": 9})
    figure = Figure(figsize=(9, 2.9), layout="constrained")
    left, middle, right = figure.subplots(1, 3)
    for axes, (unit, series) in zip((left, middle), per_job, strict=True):
        axes.plot(list(series), list(series.values()), "o-", color=colours[0])
        axes.set(xscale="log", xlabel="jobs asked for with get_jobs", title=unit, ylim=(0, 1.6 * max(series.values())))
        axes.set_xticks(list(series), [f"{number:,}" for number in series], minor=False)
        axes.minorticks_off()
    for (member, series), colour, marker in zip(by_member.items(), colours, "os", strict=True):
        right.plot(list(series), list(series.values()), f"{marker}-", color=colour)
        right.annotate(
            f" {member}", (max(series), series[max(series)]), color=colour, ha="right", va="bottom", xytext=(-8, 0),
            textcoords="offset points",
        )  # fmt: skip
    right.set(xlabel="events or tags in one answer", title="µs to convert it", ylim=(0, None))
    for axes in (left, middle, right):
        axes.spines[["top", "right"]].set_visible(False)
        axes.patch.set_alpha(0)
    figure.savefig(_IMAGES / f"scaling-{theme}.svg", transparent=True, metadata={"Date": None})


def main() -> None:
    """
    Measure, print and draw.
    """
    times, kept = jobs_by_number()
    by_member = {member: conversions_by(member) for member in ("events", "tags")}
    for name, series in (("ms per job", times), ("kB per job", kept), *by_member.items()):
        print(f"{name:10}", ", ".join(f"{number}: {value:.3g}" for number, value in series.items()))
    for theme in _THEMES:
        _draw(theme, [("ms per job", times), ("kB per job, kept", kept)], by_member)


if __name__ == "__main__":
    main()
