"""
Which error of ours each ready-made fault ends in.
"""

from braket_jobs.errors import tree as errors
from braket_jobs.testing import faults

OUTCOMES: dict[str, tuple[faults.Fault, type[errors.BraketJobsError]]] = {
    "throttling": (faults.THROTTLING, errors.ThrottlingError),
    "internal": (faults.INTERNAL, errors.InternalServiceError),
    "unavailable": (faults.UNAVAILABLE, errors.ServiceUnavailableError),
    "access denied": (faults.ACCESS_DENIED, errors.AccessDeniedError),
    "not found": (faults.NOT_FOUND, errors.JobNotFoundError),
    "invalid": (faults.INVALID, errors.ValidationError),
    "expired token": (faults.EXPIRED_TOKEN, errors.AuthenticationError),
    "empty": (faults.EMPTY, errors.IncompleteResponseError),
    "not json": (faults.NOT_JSON, errors.IncompleteResponseError),
    "cut body": (faults.CUT_BODY, errors.IncompleteResponseError),
    "hang": (faults.HANG, errors.RequestTimeoutError),
    "drop": (faults.DROP, errors.ConnectionLostError),
}
