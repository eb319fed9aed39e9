"""
Puts jobs into the backend and moves them, from the test's side: what no operation of Braket can do.

Every call looks the store up anew, since moto replaces it on reset. It is the same store for the in-process mock
and for a loopback server in this process, whose threads read it too: so what touches its jobs holds its lock.
"""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, Literal

import attrs

from braket_jobs.model.arn import JobArn
from braket_jobs.testing._service_model import service_model
from braket_jobs.testing.braket.course import ManagedCourse, ScriptedCourse
from braket_jobs.testing.braket.jobs import DocumentJob, LivingJob
from braket_jobs.testing.braket.models import BraketBackend, backend
from braket_jobs.testing.faults import Fault
from braket_jobs.testing.life import FAILURE_REASON, Document
from braket_jobs.testing.validation import present, problems

_ADVANCE = ("look", "manually")
_OPERATIONS = ("GetJob", "SearchJobs")
_REQUEST: Document = {
    "clientToken": "braket-jobs-factory",
    "jobName": "job",
    "roleArn": "arn:aws:iam::123456789012:role/AmazonBraketJobsExecutionRole",
    "algorithmSpecification": {
        "scriptModeConfig": {"entryPoint": "job:main", "s3Uri": "s3://amazon-braket-jobs/job/source.tar.gz"}
    },
    "instanceConfig": {"instanceType": "ml.m5.large", "volumeSizeInGb": 30},
    "outputDataConfig": {"s3Path": "s3://amazon-braket-jobs/job/data"},
    "deviceConfig": {"device": "arn:aws:braket:::device/quantum-simulator/amazon/sv1"},
}


@attrs.frozen
class JobsFactory:
    """
    Makes jobs in one account and region.

    Attributes:
        region_name: The region.
        account_id: The account; moto's default one unless given.
    """

    region_name: str = "us-east-1"
    account_id: str = "123456789012"

    def create(
        self,
        *,
        job_name: str = "job",
        states: Sequence[str] | None = None,
        advance: Literal["look", "manually"] = "look",
        failure_reason: str = FAILURE_REASON,
        queue_position: str = "1",
        created_at: datetime | None = None,
        **members: object,
    ) -> str:
        """
        Create a job.

        Args:
            job_name: Its name.
            states: The states it goes through, one after the other; it stays in the last. None leaves that to
                moto's state manager, as for a job made by CreateJob.
            advance: Whether each GetJob moves it to the next state, or only the method `advance`.
            failure_reason: What it says once it is FAILED.
            queue_position: What it says while it is QUEUED, to those who ask for queue info.
            created_at: When it was created, to the millisecond; None is now. Its other times are those at which it
                enters its states, as ever.
            members: Other members of CreateJob by AWS's name, such as ``tags``.

        Returns:
            Its ARN.

        Raises:
            TypeError: If `states` is a single text, or `created_at` no datetime.
            ValueError: If CreateJob wouldn't take it, `failure_reason` isn't one that the model allows, `advance` is
                neither of the two, `states` is empty or goes on after the end, `created_at` has no zone or is in the
                future, or the region has no Braket.
        """
        if isinstance(states, str):
            raise TypeError(f"states is a sequence of states, such as [{states!r}]")
        if advance not in _ADVANCE:
            raise ValueError(f"advance must be one of {', '.join(_ADVANCE)}; got {advance!r}")
        request = _REQUEST | {"jobName": job_name} | deepcopy(members)
        _refuse(_shape("CreateJobRequest"), request, "Not a request of CreateJob")
        _refuse(_shape("GetJobResponse").members["failureReason"], failure_reason, "Not a failure reason")
        request = present(_shape("CreateJobRequest"), request)
        created = None if created_at is None else _past(created_at)
        course = ManagedCourse() if states is None else ScriptedCourse(states, per_answer=advance == "look")
        store = self._store
        with store.lock:
            arn = store.new_arn()
            store.jobs[arn] = LivingJob(
                arn,
                request,
                course,
                failure_reason=failure_reason,
                queue_position=queue_position,
                created_at=created,
            )
        return arn

    def add(self, document: Mapping[str, Any], *, job_arn: str | None = None) -> str:
        """
        Add a job that answers with a whole document, valid or not, and never moves.

        Args:
            document: What GetJob answers, any JSON object. ``queueInfo`` is only shown to those who ask for it.
            job_arn: Under which ARN; the document's own if None. It may be in any account and region.

        Returns:
            The ARN.

        Raises:
            InvalidJobArnError: If that isn't the ARN of a job.
            KeyError: If neither has one.
            TypeError: If there is something in the document that JSON doesn't have, such as boto3's times.
            ValueError: If the region has no Braket.
        """
        arn: str = document["jobArn"] if job_arn is None else job_arn
        try:
            on_the_wire = json.loads(json.dumps(dict(document)))
        except TypeError as error:
            raise TypeError(f"a document is JSON, as it is on the wire, where times are text: {error}") from error
        store = _store_of(arn)
        with store.lock:
            store.jobs[arn] = DocumentJob(on_the_wire)
        return arn

    def advance(self, job_arn: str, times: int = 1) -> None:
        """
        Move a job that was given `states` on.

        Args:
            job_arn: The job.
            times: How many states.

        Raises:
            InvalidJobArnError: If that isn't the ARN of a job.
            KeyError: If there is no such job.
            ValueError: If the job has no states to move through, or the region has no Braket.
        """
        store = _store_of(job_arn)
        with store.lock:
            job = store.jobs[job_arn]
            for _ in range(times):
                job.step()

    def fail(
        self,
        fault: Fault,
        *,
        job_arn: str | None = None,
        times: int = 1,
        operation: Literal["GetJob", "SearchJobs"] = "GetJob",
    ) -> None:
        """
        Let the next calls of an operation fail.

        Args:
            fault: How; see `braket_jobs.testing.faults`.
            job_arn: Which job's; None for every job of this account and region.
            times: How many calls, after those of this operation that are to fail already.
            operation: Which calls.

        Raises:
            InvalidJobArnError: If `job_arn` isn't the ARN of a job.
            TypeError: If `job_arn` is given for SearchJobs.
            ValueError: If `operation` is neither of the two, or the region has no Braket.
        """
        if operation not in _OPERATIONS:
            raise ValueError(f"operation must be one of {', '.join(_OPERATIONS)}; got {operation!r}")
        if operation == "SearchJobs" and job_arn is not None:
            raise TypeError("a SearchJobs isn't one job's, so leave job_arn out")
        store = self._store if job_arn is None else _store_of(job_arn)
        store.faults.add(fault, operation=operation, job_arn=job_arn, times=times)

    def looks(self, job_arn: str) -> int:
        """
        Return how many times GetJob has answered for a job, faults not counted.

        Raises:
            InvalidJobArnError: If that isn't the ARN of a job.
            KeyError: If there is no such job.
            ValueError: If the region has no Braket.
        """
        store = _store_of(job_arn)
        with store.lock:
            return store.jobs[job_arn].answers

    @property
    def _store(self) -> BraketBackend:
        return backend(self.account_id, self.region_name)


def _store_of(job_arn: str) -> BraketBackend:
    arn = JobArn.parse(job_arn)
    return backend(arn.account_id, arn.region)


def _past(created_at: object) -> datetime:
    if not isinstance(created_at, datetime):
        raise TypeError(f"created_at must be a datetime; got {created_at!r}")
    if created_at.utcoffset() is None:
        raise ValueError(f"created_at must have a zone, such as UTC; got {created_at!r}")
    try:
        moment = created_at.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"created_at must be a time that UTC has too; got {created_at!r}") from None
    if moment > datetime.now(UTC):
        raise ValueError(f"created_at must not be in the future, since a job's other times aren't; got {created_at!r}")
    return moment


def _shape(name: str) -> Any:
    return service_model().shape_for(name)


def _refuse(shape: Any, value: object, words: str) -> None:
    wrong = list(problems(shape, value, closed=True))
    if wrong:
        raise ValueError(f"{words}: {'; '.join(wrong)}")
