"""
What became of a job that was asked for or waited for: it is there, it failed to come, or it was not waited for longer.

The errors of waiting stand here and not in `errors`, because they carry a `Job`.
"""

from typing import cast

import attrs

from braket_jobs.errors.tree import BraketJobsError
from braket_jobs.model.job import Job


@attrs.define(slots=False)
class WaitError(BraketJobsError):
    """
    A wait was over before the job had ended. `attempts` counts the polls that were made.

    Attributes:
        job: What the last poll that succeeded showed, or None if none did.
    """

    _what = "Waiting ended"
    _advice = "The job itself goes on; wait for it again."

    job: Job | None = None


class WaitTimeoutError(WaitError, TimeoutError):
    """
    The time for waiting was over. If the last poll failed, its error is the `__cause__`.
    """

    _what = "Waiting timed out"
    _advice = "The job itself goes on; wait for it again, or longer."


class WaitCancelledError(WaitError):
    """
    The wait was ended from outside: its event was set, or the client was closed.
    """

    _what = "Waiting was cancelled"


@attrs.frozen(kw_only=True)
class JobOutcome:
    """
    Either the job or the error: exactly one of the two is there.

    Attributes:
        job_arn: The ARN that was asked for.
        job: The job, or None if it could not be had.
        error: Why it could not be had, or None.

    Raises:
        ValueError: If both or neither are given.
    """

    job_arn: str
    job: Job | None = None
    error: BraketJobsError | None = None

    def __attrs_post_init__(self) -> None:
        if (self.job is None) == (self.error is None):
            raise ValueError("an outcome is either a job or an error")

    def unwrap(self) -> Job:
        """
        Return the job.

        Raises:
            BraketJobsError: The error, if there is one.
        """
        if self.job is not None:
            return self.job
        raise cast("BraketJobsError", self.error)
