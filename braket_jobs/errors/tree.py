"""
Everything that braket-jobs raises on purpose.

::

    BraketJobsError
    ├── InvalidJobArnError (also ValueError)
    ├── ConfigurationError
    ├── CredentialsError
    ├── TransportError
    │   ├── ConnectError
    │   ├── ConnectionLostError
    │   ├── RequestTimeoutError
    │   └── TLSError
    ├── ServiceError
    │   ├── AccessDeniedError
    │   ├── AuthenticationError
    │   ├── JobNotFoundError
    │   ├── ServiceUnavailableError
    │   │   └── InternalServiceError
    │   ├── ThrottlingError
    │   └── ValidationError
    ├── InvalidResponseError
    │   └── IncompleteResponseError
    ├── JobFailedError
    ├── JobCancelledError
    └── WaitError
        ├── WaitTimeoutError (also TimeoutError)
        └── WaitCancelledError

An error says what failed, for which job, why in the service's words, and what to do. All its state is positional and in
`args` (attrs puts it there), so that every error pickles; the text is made when it is asked for. Nothing here knows
botocore: the original exception is the error's `__cause__`, put there by whoever raises it. Errors that carry a `Job`
stand above it: the last three are in `outcome`.
"""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from braket_jobs.errors.failure import JobFailure, ProgramSetValidationFailure
from braket_jobs.errors.text import one_line

_MESSAGE_LIMIT = 500


@attrs.define(slots=False)
class BraketJobsError(Exception):
    """
    The base of all errors of this package.

    Attributes:
        message: Why, in the words of the service or of the library below: untrusted text.
        job_arn: The ARN that was asked for, or None if there was none.
        code: The service's error code, such as ``ThrottlingException``; None if the service did not give one.
        status_code: The HTTP status, or None if no answer came.
        request_id: AWS's id of the last request, for a support case; None if no answer carried one.
        attempts: How many HTTP requests were made for this call, this one included; 0 if none was.
        retryable: Whether the same call may succeed later. What could be retried was, before this was raised.
        retry_after: The service's hint when to come back, in seconds; None if it gave none.
        hint: What to do, where more can be said than for every error of the class; else None.
        operation: AWS's name of what was called, such as ``GetJob``.
        subject: What was asked for, where that was not one job: ``the name 'vqe-h2' in us-east-1``. Else None.
    """

    _what: ClassVar[str] = "{operation} failed"
    _advice: ClassVar[str] = ""

    message: str = ""
    job_arn: str | None = None
    code: str | None = None
    status_code: int | None = None
    request_id: str | None = None
    attempts: int = 0
    retryable: bool = False
    retry_after: float | None = None
    hint: str | None = None
    operation: str = "GetJob"
    subject: str | None = None

    def __str__(self) -> str:
        return " ".join(part for part in self._parts() if part)

    def _parts(self) -> Iterator[str]:
        what = self._what.format(operation=self.operation)
        why = one_line(self.message, _MESSAGE_LIMIT).rstrip(". ")
        yield f"{what}{self._for()}: {why}." if why else f"{what}{self._for()}."
        yield self.hint or self._advice.format(operation=self.operation)
        marks = {"code": self.code, "status": self.status_code, "request_id": self.request_id}
        known = ", ".join(f"{name}={one_line(str(mark), 100)}" for name, mark in marks.items() if mark)
        yield f"[{known}]" if known else ""

    def _for(self) -> str:
        if self.job_arn is not None:
            return f" for '{one_line(self.job_arn, _MESSAGE_LIMIT)}'"
        return "" if self.subject is None else f" for {one_line(self.subject, _MESSAGE_LIMIT)}"


class InvalidJobArnError(BraketJobsError, ValueError):
    """
    The text is not the ARN of a Braket hybrid job; no request was made.
    """

    _what = "Not the ARN of a hybrid job"
    _advice = "It should look like 'arn:aws:braket:us-east-1:123456789012:job/…'."


class ConfigurationError(BraketJobsError):
    """
    The client cannot be built or used: region, endpoint, profile, proxy or a setting is wrong.
    """

    _what = "The client for {operation} could not be used"
    _advice = "Check region, endpoint, profile and the AWS_… environment variables."


class CredentialsError(BraketJobsError):
    """
    No usable credentials could be had, so no request was made; retryable if whoever gives them out could not just then.
    """

    _what = "No credentials to sign {operation}"
    _advice = "Set up credentials for this process (environment, profile, role) and try again."


class TransportError(BraketJobsError):
    """
    No answer came: the base of what goes wrong on the way.
    """

    _what = "{operation} got no answer"
    _advice = "Check the network between here and the endpoint."


class ConnectError(TransportError):
    """
    The endpoint, or a proxy before it, could not be reached: unknown name, refused connection.
    """

    _what = "{operation} could not reach the endpoint"
    _advice = "Check the region, the endpoint and the network."


class ConnectionLostError(TransportError):
    """
    The connection broke before the answer was whole.
    """

    _what = "{operation} lost its connection"


class RequestTimeoutError(TransportError):
    """
    Connecting took longer than `connect_timeout`, or nothing came for `read_timeout` (botocore: 60 s each).
    """

    _what = "{operation} timed out"
    _advice = "Try again, or raise connect_timeout or read_timeout in the client's botocore Config."


class TLSError(TransportError):
    """
    No trusted encrypted connection: certificate, host name, or a broken handshake.
    """

    _what = "{operation} got no trusted connection"
    _advice = "Check the endpoint's certificate, AWS_CA_BUNDLE and any intercepting proxy."


class ServiceError(BraketJobsError):
    """
    The service refused; raised itself for any code that has no class of its own.
    """

    _what = "{operation} was refused"


class AccessDeniedError(ServiceError):
    """
    The identity may not read the job, or search for jobs (``AccessDeniedException``).
    """

    _what = "{operation} was denied"
    _advice = "Allow the action braket:{operation} to the identity in use."


class AuthenticationError(ServiceError):
    """
    The service did not accept who asks: expired or unknown keys, a bad signature, a wrong clock.
    """

    _what = "{operation} was not authenticated"
    _advice = "Renew the credentials, and check the clock of this machine."


class JobNotFoundError(ServiceError):
    """
    There is no such job (``ResourceNotFoundException``), or none that `latest_job` could find.
    """

    _what = "{operation} found no job"
    _advice = "Check the id, the account and the region of the ARN."


class ServiceUnavailableError(ServiceError):
    """
    The service, or a gateway before it, could not answer now (502, 503, 504 and the like).
    """

    _what = "{operation} was not available"
    _advice = "Try again later."


class InternalServiceError(ServiceUnavailableError):
    """
    The service failed inside (``InternalServiceException``, or a bare 500).
    """

    _what = "{operation} failed inside the service"


class ThrottlingError(ServiceError):
    """
    Too many requests (``ThrottlingException`` and its synonyms, or 429).

    GetJob may be asked 5 times a second with a burst of 25, SearchJobs with one of 50, in each account and region: by
    all who use the account together (Amazon Braket's quotas page).
    """

    _what = "{operation} was throttled"
    _advice = "Ask less often: the account's quota is 5 a second for each region, shared by all who use it."


@attrs.define(slots=False)
class ValidationError(ServiceError):
    """
    The service found the request malformed (``ValidationException``).

    Attributes:
        reason: The service's reason, such as ``ProgramSetValidationFailed``, or None.
        program_set_validation_failures: What was wrong with which program; empty for GetJob as far as is known.
    """

    _what = "{operation} was found invalid"
    _advice = "Check the ARN."

    reason: str | None = None
    program_set_validation_failures: tuple[ProgramSetValidationFailure, ...] = ()


@attrs.define(slots=False)
class InvalidResponseError(BraketJobsError):
    """
    The service answered, but not as its model promises.

    Attributes:
        path: Where the first wrong member is, in AWS's names, such as ``events[3].timeOfEvent``, or ``jobs[3].status``
            on a page of a search; None if the answer could not be read at all.
        problems: One line for each wrong member, ``path: what is wrong``; at most 10.
    """

    _what = "{operation}'s answer is not what AWS's model promises"
    _advice = "Update braket-jobs; if that doesn't help, report it with the request id."

    path: str | None = None
    problems: tuple[str, ...] = ()


class IncompleteResponseError(InvalidResponseError):
    """
    A success without any member of what was asked for: a cut or empty answer, or not Braket that answered.
    """

    _what = "{operation}'s answer is not whole"
    _advice = "Try again; if it stays, check whether a proxy or a login page answers in Braket's place."


@attrs.define(slots=False)
class JobFailedError(BraketJobsError):
    """
    The job was read, and it has failed; raised by `Job.raise_for_status`.

    Attributes:
        failure: Why, taken apart; None if the service gives no reason.
    """

    _what = "Braket reports a failure"
    _advice = "Read the job's logs in Amazon CloudWatch."

    failure: JobFailure | None = None


class JobCancelledError(BraketJobsError):
    """
    The job was read, and it was cancelled; raised by `Job.raise_for_status`.
    """

    _what = "Braket reports a cancellation"
