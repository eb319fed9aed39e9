"""
Ten minutes against a server that misbehaves at random: ``make soak``.

The server runs in a process of its own, so that what is measured is the client: resident memory, and the objects that
Python's collector knows. Every answer has to belong to its question. The allocator takes minutes until it stops
asking for more, so the first 40 % of the time are for warming up; after that neither figure may grow by more than 5 %.
Prints a line each half minute and a verdict; leaves with status 1 if the verdict is bad.
"""

import gc
import json
import logging
import multiprocessing
import random
import sys
import threading
import time
from collections import Counter
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parent.parent))

from support.fault_server import Action, FaultServer, Request
from support.faults import JOB, answer, hang_up, head, raw, refusal, reset, stall
from support.outcomes import HASTY, a_jobs_client, attempt
from support.samples import REAL_ARN, sample

from braket_jobs import BraketJobsError, Job, JobsClient

_THREADS = 8
_WARM_UP = 0.4
_STEP = 30.0
_GROWTH = 1.05
_FAULTS = [
    refusal(429, "ThrottlingException", headers={"Retry-After": "1"}),
    refusal(500, "InternalServiceException"),
    refusal(404, "ResourceNotFoundException"),
    refusal(403, "AccessDeniedException", "x" * 100_000),
    answer(503, b"<html>" + b"x" * 100_000),
    answer(502, b"[]"),
    answer(200, b"{}"),
    answer(200, b"\xff" * 10_000),
    answer(200, json.dumps(sample("real_completed_wire") | {"createdAt": None, "events": [{}] * 100}).encode()),
    answer(200, json.dumps(sample("real_completed_wire") | {"status": 5, "tags": ["x"] * 1000}).encode()),
    hang_up(),
    reset(head(200, len(JOB)) + JOB[:100]),
    raw(head(200, len(JOB)) + JOB[:100]),
    raw(b"\x00\x01\x02\r\n"),
]


class Figure(NamedTuple):
    """
    What the process holds at a moment, after a collection.
    """

    kilobytes: int
    objects: int

    def __str__(self) -> str:
        return f"{self.kilobytes / 1024:.1f} MB, {self.objects} objects"


def main() -> int:
    """
    Soak for as many seconds as the first argument says, 600 without one.
    """
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    logging.getLogger("braket_jobs").addHandler(logging.NullHandler())
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    seen: Counter[str] = Counter()
    with a_jobs_client(ours.recv(), config=HASTY) as client:
        figures = _measured(client, seen, seconds)
    ours.send("enough")
    server.join()
    return _verdict(figures, seen)


def _serve(pipe: Connection) -> None:
    chance = random.Random(1)

    def choose(request: Request) -> Action:
        if chance.random() < 0.001:
            return stall()
        return chance.choice(_FAULTS) if chance.random() < 0.3 else _truth(request)

    with FaultServer(choose=choose) as server:
        pipe.send(server.url)
        pipe.recv()


def _truth(request: Request) -> Action:
    arn = unquote(request.target.removeprefix("/job/"))
    return answer(200, json.dumps(sample("real_completed_wire") | {"jobArn": arn}).encode())


def _measured(client: JobsClient, seen: Counter[str], seconds: float) -> list[Figure]:
    enough = threading.Event()
    threads = [threading.Thread(target=_ask, args=(client, seen, enough)) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    started, figures = time.monotonic(), list[Figure]()
    while time.monotonic() - started < seconds:
        enough.wait(_STEP)
        gc.collect()
        elapsed, figure = time.monotonic() - started, Figure(_resident(), len(gc.get_objects()))
        if elapsed > _WARM_UP * seconds:
            figures.append(figure)
        _say(f"{elapsed:6.0f} s {figure} {_open_files()} open files {dict(seen)}")
    enough.set()
    for thread in threads:
        thread.join()
    return figures


def _ask(client: JobsClient, seen: Counter[str], enough: threading.Event) -> None:
    number = threading.get_ident()
    while not enough.is_set():
        number += 1
        arn = f"{REAL_ARN.rpartition('/')[0]}/job-{number}"
        seen[_judged(arn, attempt(partial(client.get_job, arn)))] += 1


def _judged(arn: str, outcome: Job | Exception) -> str:
    if not isinstance(outcome, Job | BraketJobsError) or outcome.job_arn != arn:
        return f"WRONG: {outcome!r}"[:200]
    return type(outcome).__name__


def _resident() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _verdict(figures: list[Figure], seen: Counter[str]) -> int:
    wrong = [name for name in seen if name.startswith("WRONG")]
    first, last = figures[0], figures[-1]
    _say(f"{seen.total()} calls; {first} after warming up, {last} at the end; wrong: {wrong}")
    return int(bool(wrong) or last.kilobytes > first.kilobytes * _GROWTH or last.objects > first.objects * _GROWTH)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
