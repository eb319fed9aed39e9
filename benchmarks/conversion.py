"""
What the conversion costs by itself: time against other ways to the same shape, memory against the dict it starts from.

Each way is given what it is meant for: the answer as a client that we build hands it over, its times in UTC already.
"""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.document import answer, full_document, parsed
from benchmarks.measure import Row, compared, timed
from benchmarks.peers import by_hand
from benchmarks.peers.with_pydantic import PydanticJob
from braket_jobs import InvalidResponseError, Job
from braket_jobs._wire.structure import job_from_response

_TURNS = 200
_CALLS = 50
_KEPT = 500


def rows() -> Iterator[Row]:
    """
    Convert a full document, a wrong one, and keep many.
    """
    good = answer(full_document())
    ours = timed(lambda: job_from_response(good), _CALLS)
    yield _row("conversion, strict", ours, "hand-written constructors, same checks", lambda: by_hand.job(good), 1.30)
    yield _row(
        "conversion, strict", ours, "pydantic 2, frozen and strict", lambda: PydanticJob.model_validate(good), 1.30
    )
    wrong = _wrong_in_three_places()
    yield _row(
        "an answer wrong in three places, up to the error",
        timed(lambda: _refused(wrong), _CALLS),
        "conversion of a good one",
        lambda: job_from_response(good),
        4.0,
    )
    yield compared(
        "memory of a Job with its values",
        lambda: _kept(_job),
        "the dict that boto3 returns",
        lambda: _kept(parsed),
        target=0.45,
        turns=5,
        unit="kB",
        scale=0.001,
    )


def _row(what: str, ours: Callable[[], float], against: str, theirs: Callable[[], object], target: float) -> Row:
    return compared(
        what, ours, against, timed(theirs, _CALLS), target=target, turns=_TURNS, stretch=20, unit="µs", scale=1e6
    )


def _wrong_in_three_places() -> dict[str, Any]:
    wrong = answer(full_document())
    wrong["status"] = 5
    wrong["events"][3]["timeOfEvent"] = "Tuesday"
    del wrong["instanceConfig"]["volumeSizeInGb"]
    return wrong


def _refused(wrong: dict[str, Any]) -> None:
    try:
        job_from_response(wrong)
    except InvalidResponseError as error:
        if len(error.problems) == 3:  # noqa: PLR2004  # as many as there are
            return
    raise AssertionError("the error should name all three")


def _job(document: dict[str, Any]) -> Job:
    return job_from_response(answer(document))


def _kept(make: Callable[[dict[str, Any]], object]) -> float:
    """
    Return how many bytes one of many values holds that were made of one document each, and all that only it refers to.
    """
    document = full_document()
    make(document)
    gc.collect()
    tracemalloc.start()
    kept = [make(document) for _ in range(_KEPT)]
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / len(kept)
