"""
The life of a job: which events and times go with which state.

Pure decisions, no I/O and no clock of its own. Two callers: the backend, whose clock is the wall clock, and the
builders, whose clock repeats the real sample. What is known of the real service is one completed job of 2025-05-16:
the events of a job that runs and completes, their order and messages, `startedAt` at DOWNLOADING_DATA, `endedAt` at
the last event. The rest is inferred from it or invented; docs/testing.md says which.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

Document = dict[str, Any]
Clock = Callable[[str], datetime]

TERMINAL = frozenset({"COMPLETED", "FAILED", "CANCELLED"})
CHANGING = frozenset({"status", "startedAt", "endedAt", "billableDuration", "failureReason", "events", "queueInfo"})
FAILURE_REASON = "AlgorithmError: FileNotFoundError: [Errno 2] No such file or directory: 'fake_file', exit code: 1"

# What the service tells when a job enters a state. FAILED's and CANCELLED's messages are ours.
_EVENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "QUEUED": (("STARTING_INSTANCE", "Provisioning job instance"),),
    "RUNNING": (("DOWNLOADING_DATA", "Downloading input data"), ("RUNNING", "Job is in progress")),
    "COMPLETED": (("UPLOADING_RESULTS", "Uploading job output to S3"), ("COMPLETED", "Job has completed")),
    "FAILED": (("FAILED", "Job has failed"),),
    "CANCELLED": (("CANCELLED", "Job has been cancelled"),),
}
# The states a job has usually passed when it is first seen in one, and those it cannot have left out.
_USUALLY_BEFORE = {
    "RUNNING": ("QUEUED",),
    "COMPLETED": ("QUEUED", "RUNNING"),
    "FAILED": ("QUEUED", "RUNNING"),
    "CANCELLING": ("QUEUED", "RUNNING"),
    "CANCELLED": ("QUEUED", "RUNNING", "CANCELLING"),
}
_ALWAYS_BEFORE = {"COMPLETED": ("RUNNING",)}


def wire_time(time: datetime) -> str:
    """
    Return an aware `time` as the service writes it: UTC, milliseconds, ``Z``.
    """
    return time.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def billable_duration(started_at: datetime, ended_at: datetime) -> int:
    """
    Return the milliseconds that are billed: the run, rounded up to a second (inferred from one sample).
    """
    return math.ceil((ended_at - started_at) / timedelta(seconds=1)) * 1000


def queue_info(status: str, position: str = "1") -> Document:
    """
    Return the queue info of a job in `status`; a job that isn't queued has the position ``"None"`` and a message.
    """
    if status == "QUEUED":
        return {"queue": "JOBS_QUEUE", "position": position}
    message = f"Job is in {status} status. AmazonBraket does not show queue position for this status."
    return {"queue": "JOBS_QUEUE", "position": "None", "message": message}


@attrs.define(kw_only=True)
class Life:
    """
    The states a job has been in, and what they left behind.

    Attributes:
        clock: Tells the aware time of an event, given its type.
        failure_reason: What a failed job says.
        states: The states so far, in order; the last is the job's status.
        events: The events so far, type and time and message.
    """

    clock: Clock
    failure_reason: str = FAILURE_REASON
    states: list[str] = attrs.field(factory=list[str])
    events: list[tuple[str, datetime, str]] = attrs.field(factory=list[tuple[str, datetime, str]])

    @property
    def status(self) -> str:
        """
        The state the job is in.
        """
        return self.states[-1]

    def enter(self, status: str) -> None:
        """
        Put the job into `status`, by way of the states it must have passed; nothing happens if it is there already.

        A state that comes first brings what usually precedes it: a job first seen FAILED has run. Later ones are
        taken as they come: a job that goes from QUEUED to FAILED has not run. What a state entails happens once,
        also if a job comes back to it.
        """
        if self.states[-1:] == [status]:
            return
        before = (_ALWAYS_BEFORE if self.states else _USUALLY_BEFORE).get(status, ())
        for state in (*(state for state in before if state not in self.states), status):
            events = () if state in self.states else _EVENTS.get(state, ())
            self.states.append(state)
            self.events += [(kind, self.clock(kind), text) for kind, text in events]

    def members(self) -> Document:
        """
        Return the members of GetJobResponse that depend on the state, as they are on the wire.
        """
        times = {kind: time for kind, time, _ in self.events}
        started_at = times.get("DOWNLOADING_DATA")
        ended_at = times.get(self.status) if self.status in TERMINAL else None
        members: dict[str, Any] = {
            "status": self.status,
            "startedAt": started_at and wire_time(started_at),
            "endedAt": ended_at and wire_time(ended_at),
            "billableDuration": billable_duration(started_at, ended_at) if started_at and ended_at else None,
            "failureReason": self.failure_reason if self.status == "FAILED" else None,
            "events": [
                {"eventType": kind, "timeOfEvent": wire_time(time), "message": text} for kind, time, text in self.events
            ],
        }
        return {name: value for name, value in members.items() if value is not None}
