"""
What a job's status and times tell, the same for a whole job and for its summary.
"""

from datetime import datetime, timedelta

from braket_jobs.model import durations, places
from braket_jobs.model.enums import JobStatus


class Lifetime:
    """
    What both `Job` and `JobSummary` know of themselves.
    """

    __slots__ = ()

    job_arn: str
    status: JobStatus
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def region(self) -> str | None:
        """
        The region it runs in, from its ARN; None if that is not a job's ARN.
        """
        arn = places.arn_of(self.job_arn)
        return None if arn is None else arn.region

    @property
    def is_terminal(self) -> bool:
        """
        Whether it has ended; False for a status that this version doesn't know.
        """
        return self.status.is_terminal

    @property
    def is_successful(self) -> bool:
        """
        Whether it has COMPLETED.
        """
        return self.status == JobStatus.COMPLETED

    @property
    def queue_time(self) -> timedelta | None:
        """
        From `created_at` to `started_at`: waiting and provisioning, since provisioning comes before `started_at`.
        """
        return durations.between(self.created_at, self.started_at)

    @property
    def run_time(self) -> timedelta | None:
        """
        From `started_at` to `ended_at`: loading data, running, and uploading results.
        """
        return durations.between(self.started_at, self.ended_at)

    def age(self, now: datetime) -> timedelta:
        """
        Return how long ago the job was created; below zero if `now` comes first.

        Args:
            now: The moment to count from, with a time zone: ``datetime.now(UTC)``.

        Raises:
            TypeError: If `now` has no time zone.
        """
        return now - self.created_at
