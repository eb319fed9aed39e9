"""
Jobs for pure unit tests: wire documents and `Job` values, without moto, clients or network.

Made of the one real sample there is, a completed job of 2025-05-16. In the other statuses it keeps the events and
times up to there. Every document is checked against the service model of the botocore that is installed.
"""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

import attrs

from braket_jobs.codec import job_from_json
from braket_jobs.model.job import Job
from braket_jobs.testing._service_model import service_model
from braket_jobs.testing.life import CHANGING, Document, Life, queue_info
from braket_jobs.testing.validation import problems


def job_document(status: str = "COMPLETED", *, with_queue_info: bool = False, **changes: object) -> Document:
    """
    Return what GetJob answers for a job in `status`, as it is on the wire: JSON types, times as text.

    Args:
        status: One of the model's statuses.
        with_queue_info: Whether queue info was asked for.
        changes: Members by AWS's name, instead of the sample's; None leaves a member out.

    Returns:
        A document that is the caller's to change; for what the model doesn't know, change it afterwards.

    Raises:
        ValueError: If the document isn't what the service model says.
    """
    info = {"queueInfo": queue_info(status)} if with_queue_info else {}
    members = _in_status(status) | info | changes
    document = {name: value for name, value in members.items() if value is not None}
    wrong = list(problems(service_model().shape_for("GetJobResponse"), document, closed=True))
    if wrong:
        raise ValueError(f"Not a document of GetJob: {'; '.join(wrong)}")
    return document


def job(status: str = "COMPLETED", *, with_queue_info: bool = False, **changes: Any) -> Job:
    """
    Return a `Job` in `status`, made as from a real answer: from its document, by our conversion.

    Args:
        status: One of the model's statuses.
        with_queue_info: Whether queue info was asked for.
        changes: Attributes of `Job` by their own names, instead of the sample's.

    Returns:
        The job.

    Raises:
        ValueError: If there is no such status.
        TypeError: If `Job` has no such attribute.
    """
    return attrs.evolve(job_of(job_document(status, with_queue_info=with_queue_info)), **changes)


def job_of(document: Document) -> Job:
    """
    Return the `Job` that a client gives when the service answers with `document`.

    Args:
        document: A wire document.

    Returns:
        The job.

    Raises:
        InvalidResponseError: If the document isn't one of a job.
        TypeError: If there is something in it that JSON doesn't have.
    """
    return job_from_json(json.dumps(document))


def sample() -> Document:
    """
    Return the real job that all others are made of, as it was on the wire; the account's id is changed.
    """
    document: Document = json.loads(files("braket_jobs.testing").joinpath("samples", "real_completed.json").read_text())
    return document


def _in_status(status: str) -> Document:
    real = sample()
    times = {event["eventType"]: datetime.fromisoformat(event["timeOfEvent"]) for event in real["events"]}
    life = Life(clock=lambda event: times.get(event, max(times.values())))
    life.enter(status)
    return {name: value for name, value in real.items() if name not in CHANGING} | life.members()
