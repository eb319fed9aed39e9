"""
The enumerations of GetJob, open to values that AWS adds.

AWS may add a value at any moment, and a client that then fails is worth less than one that passes the value on.
So every enumeration here keeps an unknown string as a member-like value: equal to its string, printable,
picklable, and telling by `is_known` that it is new. Known values are those of botocore's service model; a
contract test names what a newer botocore knows.
"""

from enum import StrEnum
from typing import Self


class OpenStrEnum(StrEnum):
    """
    A string enumeration that keeps values it doesn't know.

    ``JobStatus("PAUSED")`` is a `JobStatus` equal to ``"PAUSED"`` with the same hash. It is not listed when the
    class is iterated, and two of them are equal but not identical: compare unknown values with ``==``.
    Anything but a string is refused with `ValueError`.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = str(value)
        unknown._value_ = str(value)
        return unknown

    @property
    def is_known(self) -> bool:
        """
        Whether this version of braket-jobs has a name for the value.
        """
        return type(self).__members__.get(self._name_) is self

    def __repr__(self) -> str:
        if self.is_known:
            return super().__repr__()
        return f"{type(self).__name__}({self._value_!r})"

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[str]]:
        return type(self), (self._value_,)


class JobStatus(OpenStrEnum):
    """
    Where a hybrid job stands.

    Source: ``JobPrimaryStatus`` in botocore's service model, unchanged since 2021.
    """

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLING = "CANCELLING"
    CANCELLED = "CANCELLED"

    @property
    def is_terminal(self) -> bool:
        """
        Whether the job has ended, that is COMPLETED, FAILED or CANCELLED.

        An unknown status is not terminal, since nothing says that it is.
        """
        return self in _TERMINAL


_TERMINAL = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED})


class JobEventType(OpenStrEnum):
    """
    What a job event tells.

    Events lag or lead the status: `JobEventType.COMPLETED` does not mean that the job's status says so yet.
    """

    WAITING_FOR_PRIORITY = "WAITING_FOR_PRIORITY"
    QUEUED_FOR_EXECUTION = "QUEUED_FOR_EXECUTION"
    STARTING_INSTANCE = "STARTING_INSTANCE"
    DOWNLOADING_DATA = "DOWNLOADING_DATA"
    RUNNING = "RUNNING"
    DEPRIORITIZED_DUE_TO_INACTIVITY = "DEPRIORITIZED_DUE_TO_INACTIVITY"
    UPLOADING_RESULTS = "UPLOADING_RESULTS"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    MAX_RUNTIME_EXCEEDED = "MAX_RUNTIME_EXCEEDED"
    CANCELLED = "CANCELLED"


class CompressionType(OpenStrEnum):
    """
    How the algorithm script in S3 is compressed.
    """

    NONE = "NONE"
    GZIP = "GZIP"


class QueueName(OpenStrEnum):
    """
    The queue that a queue position is of.
    """

    QUANTUM_TASKS_QUEUE = "QUANTUM_TASKS_QUEUE"
    JOBS_QUEUE = "JOBS_QUEUE"


class AssociationType(OpenStrEnum):
    """
    What kind of Braket resource a job is associated with.
    """

    RESERVATION_TIME_WINDOW_ARN = "RESERVATION_TIME_WINDOW_ARN"


class InstanceType(OpenStrEnum):
    """
    The instance a job's container runs on.

    A member's name is AWS's in capitals, dots as underscores: ``ml.m5.large`` is `ML_M5_LARGE`. The list is that
    of botocore 1.44.5; not every region offers every type.
    """

    ML_T3_LARGE = "ml.t3.large"
    ML_T3_XLARGE = "ml.t3.xlarge"
    ML_T3_2XLARGE = "ml.t3.2xlarge"
    ML_M4_XLARGE = "ml.m4.xlarge"
    ML_M4_2XLARGE = "ml.m4.2xlarge"
    ML_M4_4XLARGE = "ml.m4.4xlarge"
    ML_M4_10XLARGE = "ml.m4.10xlarge"
    ML_M4_16XLARGE = "ml.m4.16xlarge"
    ML_M5_LARGE = "ml.m5.large"
    ML_M5_XLARGE = "ml.m5.xlarge"
    ML_M5_2XLARGE = "ml.m5.2xlarge"
    ML_M5_4XLARGE = "ml.m5.4xlarge"
    ML_M5_12XLARGE = "ml.m5.12xlarge"
    ML_M5_24XLARGE = "ml.m5.24xlarge"
    ML_C4_XLARGE = "ml.c4.xlarge"
    ML_C4_2XLARGE = "ml.c4.2xlarge"
    ML_C4_4XLARGE = "ml.c4.4xlarge"
    ML_C4_8XLARGE = "ml.c4.8xlarge"
    ML_C5_XLARGE = "ml.c5.xlarge"
    ML_C5_2XLARGE = "ml.c5.2xlarge"
    ML_C5_4XLARGE = "ml.c5.4xlarge"
    ML_C5_9XLARGE = "ml.c5.9xlarge"
    ML_C5_18XLARGE = "ml.c5.18xlarge"
    ML_C5N_XLARGE = "ml.c5n.xlarge"
    ML_C5N_2XLARGE = "ml.c5n.2xlarge"
    ML_C5N_4XLARGE = "ml.c5n.4xlarge"
    ML_C5N_9XLARGE = "ml.c5n.9xlarge"
    ML_C5N_18XLARGE = "ml.c5n.18xlarge"
    ML_P2_XLARGE = "ml.p2.xlarge"
    ML_P2_8XLARGE = "ml.p2.8xlarge"
    ML_P2_16XLARGE = "ml.p2.16xlarge"
    ML_P3_2XLARGE = "ml.p3.2xlarge"
    ML_P3_8XLARGE = "ml.p3.8xlarge"
    ML_P3_16XLARGE = "ml.p3.16xlarge"
    ML_P3DN_24XLARGE = "ml.p3dn.24xlarge"
    ML_P4D_24XLARGE = "ml.p4d.24xlarge"
    ML_G4DN_XLARGE = "ml.g4dn.xlarge"
    ML_G4DN_2XLARGE = "ml.g4dn.2xlarge"
    ML_G4DN_4XLARGE = "ml.g4dn.4xlarge"
    ML_G4DN_8XLARGE = "ml.g4dn.8xlarge"
    ML_G4DN_12XLARGE = "ml.g4dn.12xlarge"
    ML_G4DN_16XLARGE = "ml.g4dn.16xlarge"
    ML_G6_XLARGE = "ml.g6.xlarge"
    ML_G6_2XLARGE = "ml.g6.2xlarge"
    ML_G6_4XLARGE = "ml.g6.4xlarge"
    ML_G6_8XLARGE = "ml.g6.8xlarge"
    ML_G6_12XLARGE = "ml.g6.12xlarge"
    ML_G6_16XLARGE = "ml.g6.16xlarge"
    ML_G6_24XLARGE = "ml.g6.24xlarge"
    ML_G6_48XLARGE = "ml.g6.48xlarge"
    ML_G6E_XLARGE = "ml.g6e.xlarge"
    ML_G6E_2XLARGE = "ml.g6e.2xlarge"
    ML_G6E_4XLARGE = "ml.g6e.4xlarge"
    ML_G6E_8XLARGE = "ml.g6e.8xlarge"
    ML_G6E_12XLARGE = "ml.g6e.12xlarge"
    ML_G6E_16XLARGE = "ml.g6e.16xlarge"
    ML_G6E_24XLARGE = "ml.g6e.24xlarge"
    ML_G6E_48XLARGE = "ml.g6e.48xlarge"
