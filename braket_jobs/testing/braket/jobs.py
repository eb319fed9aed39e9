"""
The two kinds of jobs in the store: one that lives along a course, and one that is a document and stays it.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, cast

from braket_jobs.testing._service_model import service_model
from braket_jobs.testing.braket.course import Course
from braket_jobs.testing.life import FAILURE_REASON, Document, Life, queue_info, wire_time
from braket_jobs.testing.validation import problems

_PRESENT_IF_EMPTY: Mapping[str, Any] = {"hyperParameters": {}, "inputDataConfig": [], "tags": {}}


class DocumentJob:
    """
    A job given as a whole document, valid or not.

    Attributes:
        answers: How many GetJob calls it has answered.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self.answers: int = 0

    @property
    def status(self) -> object:
        """
        The status that was last seen.
        """
        return self._document.get("status")

    @property
    def tags(self) -> dict[str, str]:
        """
        The tags; none where a whole document has something else in their place.
        """
        tags: object = self._document.get("tags")
        return {**cast("dict[str, str]", tags)} if isinstance(tags, dict) else {}

    @tags.setter
    def tags(self, tags: dict[str, str]) -> None:
        self._document["tags"] = tags

    def current(self) -> Document:
        """
        Return the job as it is now, with its queue info if it has any.
        """
        return self._document

    def answer(self) -> Document:
        """
        Answer a GetJob.
        """
        self.answers += 1
        return self.current()

    def step(self) -> None:
        """
        Move on to the next state.

        Raises:
            ValueError: If the job has no script to move through.
        """
        raise ValueError("a job given as a whole document does not move")

    def cancel(self) -> None:
        """
        Begin to cancel the job.
        """
        self._document["status"] = "CANCELLING"

    def summary(self, job_arn: str) -> Document:
        """
        Return what SearchJobs tells of the job kept as `job_arn`; nothing if the model doesn't allow that.
        """
        document = self.current()
        match document:
            case {"deviceConfig": {"device": device}}:
                flat = document | {"jobArn": job_arn, "device": device}
            case _:
                return {}
        shape: Any = service_model().shape_for("JobSummary")
        told = {name: flat[name] for name in shape.members if flat.get(name) is not None}
        return {} if any(problems(shape, told)) else told


class LivingJob(DocumentJob):
    """
    A job that was created, and moves along its course.

    Args:
        job_arn: Its ARN.
        request: What CreateJob was given.
        course: How it moves.
        failure_reason: What it says when it fails.
        queue_position: What it says while it is queued.
        created_at: When it was created, aware and not in the future; None is now.
    """

    def __init__(
        self,
        job_arn: str,
        request: Document,
        course: Course,
        *,
        failure_reason: str = FAILURE_REASON,
        queue_position: str = "1",
        created_at: datetime | None = None,
    ) -> None:
        given = {name: value for name, value in request.items() if name != "clientToken" and value is not None}
        created = {"jobArn": job_arn, "createdAt": wire_time(created_at or _now())}
        instances = {"instanceConfig": {"instanceCount": 1} | given["instanceConfig"]}
        super().__init__(deepcopy({**_PRESENT_IF_EMPTY, **given, **instances, **created}))
        self._course = course
        self._life = Life(clock=_now, failure_reason=failure_reason)
        self._life.enter(course.start)
        self._queue_position = queue_position

    @property
    def status(self) -> object:
        """
        The status that was last seen.
        """
        return self._life.status

    def current(self) -> Document:
        """
        Return the job as it is now, with queue info.
        """
        self._observe()
        info = queue_info(self._life.status, self._queue_position)
        return self._document | self._life.members() | {"queueInfo": info}

    def answer(self) -> Document:
        """
        Answer a GetJob, which may move the job.
        """
        self._course.before_answer()
        document = super().answer()
        self._course.after_answer()
        return document

    def step(self) -> None:
        """
        Move on to the next state.

        Raises:
            ValueError: If the job moves as moto's state manager says.
        """
        self._course.step()
        self._observe()

    def cancel(self) -> None:
        """
        Begin to cancel the job.
        """
        self._course.cancel()
        self._life.enter("CANCELLING")

    def _observe(self) -> None:
        self._life.enter(self._course.state())


def _now(_event: str = "") -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)  # what isn't on the wire must not be billed
