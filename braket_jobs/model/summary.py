"""
`JobSummary`: a job as SearchJobs tells of it.
"""

from collections.abc import Mapping
from datetime import datetime

import attrs

from braket_jobs.model.enums import JobStatus
from braket_jobs.model.frozendict import FrozenDict, frozen
from braket_jobs.model.lifetime import Lifetime
from braket_jobs.model.line import summary_line


@attrs.frozen(kw_only=True)
class JobSummary(Lifetime):
    """
    What a search tells of a hybrid job: the eight members of AWS's ``JobSummary``.

    Hashable, picklable, comparable. All times are aware UTC. Why a job failed, where it is in the queue, what it runs
    and what it cost is not in it: for that there is `get_job`.

    Attributes:
        job_arn: The job's ARN.
        job_name: The name its creator chose.
        status: Where it stands.
        device: The ARN of its device, or what its creator has given in the place of one: ``local:…``.
        created_at: When it was created.
        started_at: When its container's provisioning was over and its data began to load.
        ended_at: When it ended.
        tags: Its tags, text to text: untrusted text.
    """

    job_arn: str
    job_name: str
    status: JobStatus
    device: str
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    tags: Mapping[str, str] = attrs.field(default=FrozenDict(), converter=frozen)

    def __str__(self) -> str:
        return summary_line(self)


@attrs.frozen(kw_only=True)
class SummaryPage:
    """
    One answer of SearchJobs.

    Attributes:
        jobs: What was found, in the service's order.
        next_token: What to ask for the next page with; None if there is none.
    """

    jobs: tuple[JobSummary, ...]
    next_token: str | None = None
