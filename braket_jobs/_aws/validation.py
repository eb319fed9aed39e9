"""
What a ValidationException says beyond its message.

The service model (botocore 1.40.9 and later) puts `reason` and `programSetValidationFailures` at the top of the
exception's response. Nothing guarantees their shapes, so whatever is not as modelled is left out.
"""

from collections.abc import Iterator, Mapping

from braket_jobs._aws.redaction import redacted
from braket_jobs._wire.untrusted import mapping, sequence, whole_number
from braket_jobs.errors.failure import ProgramSetValidationFailure

_MOST_FAILURES = 20


def validation_details(
    response: Mapping[str, object],
) -> tuple[str | None, tuple[ProgramSetValidationFailure, ...]]:
    """
    Return the reason and the failures, the last two arguments of a `ValidationError`; at most 20 failures.
    """
    reason = response.get("reason")
    return redacted(reason) if isinstance(reason, str) else None, tuple(_failures(response))


def _failures(response: Mapping[str, object]) -> Iterator[ProgramSetValidationFailure]:
    for failure in map(mapping, sequence(response.get("programSetValidationFailures"))[:_MOST_FAILURES]):
        index = whole_number(failure.get("programIndex"))
        if index is not None:
            yield ProgramSetValidationFailure(
                program_index=index,
                inputs_index=whole_number(failure.get("inputsIndex")),
                errors=_texts(failure.get("errors")),
            )


def _texts(listed: object) -> tuple[str, ...]:
    return tuple(redacted(text) for text in sequence(listed)[:_MOST_FAILURES] if isinstance(text, str))
