"""
The store: the jobs of one account in one region, and what each operation does to them.

Whether a request is valid is the service model's business, and was decided before it comes here. Which answer the
real service gives to somebody else's ARN is not known: another account is denied, another region has no such job.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from threading import RLock
from types import ModuleType

from moto.core.base_backend import BackendDict, BaseBackend
from moto.moto_api._internal import mock_random

from braket_jobs.testing.braket.course import ManagedCourse
from braket_jobs.testing.braket.exceptions import AccessDeniedException, ConflictException, ResourceNotFoundException
from braket_jobs.testing.braket.jobs import DocumentJob, LivingJob
from braket_jobs.testing.braket.search import MAX_RESULTS, search
from braket_jobs.testing.faults import FaultScript
from braket_jobs.testing.life import TERMINAL, Document


class BraketBackend(BaseBackend):
    """
    Amazon Braket's hybrid jobs in one account and region.

    Attributes:
        jobs: The jobs by ARN, oldest first.
        faults: Which of the next GetJob calls fail.
        lock: Held while an operation runs, so that threads see whole steps.
    """

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.jobs: dict[str, DocumentJob] = {}
        self.faults: FaultScript = FaultScript()
        self.lock: AbstractContextManager[bool] = RLock()
        self._requests: dict[str, tuple[Document, str]] = {}

    @property
    def _url_module(self) -> ModuleType:
        return import_module("braket_jobs.testing.braket.urls")

    def new_arn(self) -> str:
        """
        Return an ARN that no job has, in today's form.
        """
        return f"arn:{self.partition}:braket:{self.region_name}:{self.account_id}:job/{mock_random.uuid4()}"

    def find(self, arn: str) -> DocumentJob:
        """
        Return the job whose ARN is `arn`.

        Raises:
            AccessDeniedException: If it is another account's.
            ResourceNotFoundException: If there is no such job in this region.
        """
        if arn in self.jobs:
            return self.jobs[arn]
        if arn.split(":")[4:5] not in ([self.account_id], []):
            raise AccessDeniedException(f"Account {self.account_id} is not authorized to access {arn}")
        raise ResourceNotFoundException(f"Job {arn} does not exist")

    def create_job(self, request: Document) -> Document:
        """
        Create a job; the same request with the same client token again gives the same job.

        Raises:
            ConflictException: If the token came with another request before.
        """
        token = request["clientToken"]
        known, arn = self._requests.setdefault(token, (request, self.new_arn()))
        if known != request:
            raise ConflictException(f"The client token '{token}' was used for another request")
        if arn not in self.jobs:
            self.jobs[arn] = LivingJob(arn, request, ManagedCourse())
        return {"jobArn": arn}

    def get_job(self, arn: str, *, with_queue_info: bool) -> Document:
        """
        Answer a GetJob, which may move the job on.
        """
        document = self.find(arn).answer()
        return {name: value for name, value in document.items() if with_queue_info or name != "queueInfo"}

    def search_jobs(self, filters: list[Document], size: int = MAX_RESULTS, token: str | None = None) -> Document:
        """
        Return a page of the jobs that pass the filters, newest first. A transition that is due happens.
        """
        return search([job.summary(arn) for arn, job in self.jobs.items()], filters, size, token)

    def cancel_job(self, arn: str) -> Document:
        """
        Begin to cancel a job; to cancel it again changes nothing.

        Raises:
            ConflictException: If it has ended.
        """
        job = self.find(arn)
        if isinstance(job.status, str) and job.status in TERMINAL:
            raise ConflictException(f"Job {arn} is in status {job.status} and can't be cancelled")
        if job.status != "CANCELLING":
            job.cancel()
        return {"jobArn": arn, "cancellationStatus": "CANCELLING"}

    def list_tags_for_resource(self, arn: str) -> Document:
        """
        Return a job's tags.
        """
        return {"tags": self._tagged(arn).tags}

    def tag_resource(self, arn: str, tags: Mapping[str, str]) -> Document:
        """
        Add tags to a job, or change them.
        """
        job = self._tagged(arn)
        job.tags = job.tags | dict(tags)
        return {}

    def untag_resource(self, arn: str, keys: Iterable[str]) -> Document:
        """
        Remove tags from a job; a tag it doesn't have is no fault.
        """
        job = self._tagged(arn)
        gone = set(keys)
        if not gone.isdisjoint(job.tags):
            job.tags = {key: value for key, value in job.tags.items() if key not in gone}
        return {}

    def _tagged(self, arn: str) -> DocumentJob:
        # The model of these operations knows no denied access, and an ARN of anything may be asked for.
        if arn not in self.jobs:
            raise ResourceNotFoundException(f"Resource {arn} does not exist")
        return self.jobs[arn]


braket_backends: BackendDict[BraketBackend] = BackendDict(BraketBackend, "braket")


def backend(account_id: str, region_name: str) -> BraketBackend:
    """
    Return the store of an account in a region.

    Raises:
        ValueError: If botocore knows no Braket there.
    """
    try:
        return braket_backends[account_id][region_name]
    except KeyError:
        raise ValueError(
            f"botocore knows no Amazon Braket in '{region_name}'; "
            "set MOTO_ALLOW_NONEXISTENT_REGION=true to have one there"
        ) from None
