"""
Errors say what failed and what to do, keep their state, and travel.
"""

import inspect
import pickle
from collections.abc import Iterator
from textwrap import indent
from typing import Any

import pytest
from support.samples import REAL_ARN

from braket_jobs.errors import tree as errors
from braket_jobs.errors.failure import ProgramSetValidationFailure
from braket_jobs.errors.tree import (
    AccessDeniedError,
    BraketJobsError,
    InvalidJobArnError,
    InvalidResponseError,
    JobNotFoundError,
    ThrottlingError,
    ValidationError,
)
from braket_jobs.model import outcome
from braket_jobs.model.outcome import WaitError, WaitTimeoutError
from braket_jobs.testing import job

COMMON = ("the reason", REAL_ARN, "SomeException", 400, "req-1", 3, True, 1.5, "Do this.")
MORE: dict[type[BraketJobsError], tuple[object, ...]] = {
    ValidationError: ("ProgramSetValidationFailed", (ProgramSetValidationFailure(program_index=0, errors=("a",)),)),
    InvalidResponseError: ("status", ("status: is missing",)),
    WaitError: (job(),),
}
FIELDS = ("message", "job_arn", "code", "status_code", "request_id", "attempts", "retryable", "retry_after", "hint")


def family(base: type[BraketJobsError]) -> list[type[BraketJobsError]]:
    return [base, *(error for child in base.__subclasses__() for error in family(child))]


def whole(kind: type[BraketJobsError]) -> BraketJobsError:
    more = next((more for owner, more in MORE.items() if issubclass(kind, owner)), ())
    state: tuple[Any, ...] = (*COMMON, *more)
    return kind(*state)


@pytest.mark.parametrize("kind", family(BraketJobsError))
def test_every_error_keeps_its_state(kind: type[BraketJobsError]) -> None:
    """
    Each field is where its name says.
    """
    error = whole(kind)

    assert tuple(getattr(error, name) for name in FIELDS) == COMMON


@pytest.mark.parametrize("kind", family(BraketJobsError))
def test_every_error_pickles_whole(kind: type[BraketJobsError]) -> None:
    """
    Class, fields, text and notes survive pickle.
    """
    error = whole(kind)
    error.add_note("Gave up.")

    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is kind
    assert (copy.args, str(copy), vars(copy)) == (error.args, str(error), vars(error))


@pytest.mark.parametrize("kind", family(BraketJobsError))
def test_an_error_without_state_has_a_text(kind: type[BraketJobsError]) -> None:
    """
    An error can be made of nothing, as users' tests do.
    """
    error = kind()

    assert str(error).endswith(".")
    assert (error.attempts, error.retryable, error.job_arn) == (0, False, None)


def test_the_tree_is_the_drawn_one() -> None:
    """
    The drawing at the top of the module is the class tree.
    """
    drawing = indent("\n".join(drawn(BraketJobsError)), "    ")

    assert drawing in (errors.__doc__ or "").replace(" (also ValueError)", "").replace(" (also TimeoutError)", "")


def drawn(kind: type[BraketJobsError]) -> Iterator[str]:
    yield kind.__name__
    children = kind.__subclasses__()
    for child in children:
        first, more = ("└── ", "    ") if child is children[-1] else ("├── ", "│   ")
        name, *below = drawn(child)
        yield first + name
        yield from (more + line for line in below)


def test_the_text_says_what_for_which_job_why_and_what_to_do() -> None:
    """
    The whole text of a refused call.
    """
    error = AccessDeniedError("User is not authorized.", REAL_ARN, "AccessDeniedException", 403, "req-1", 1)

    assert str(error) == (
        f"GetJob was denied for '{REAL_ARN}': User is not authorized. "
        "Allow the action braket:GetJob to the identity in use. "
        "[code=AccessDeniedException, status=403, request_id=req-1]"
    )


def test_a_hint_takes_the_place_of_the_general_advice() -> None:
    """
    Where more is known, the text says that.
    """
    error = JobNotFoundError("No such job", REAL_ARN, hint="The client asks in eu-west-2.")

    assert str(error) == f"GetJob found no job for '{REAL_ARN}': No such job. The client asks in eu-west-2."


def test_what_the_service_says_cannot_break_the_line() -> None:
    """
    Escapes, line ends and overlong words of the service are neutralised.
    """
    error = ThrottlingError("a\x1b[31m\n\u202e" + "b" * 9999, "arn\n", "Code\x00", 429, "req\r")

    text = str(error)

    assert text.isprintable()
    assert len(text) < 1200


def test_an_invalid_arn_is_a_value_error() -> None:
    """
    `except ValueError` catches it.
    """
    assert issubclass(InvalidJobArnError, ValueError)


def test_a_wait_that_timed_out_is_a_timeout_error() -> None:
    """
    `except TimeoutError` catches it, and its text is ours.
    """
    error = WaitTimeoutError("it was RUNNING when 60 s were over", REAL_ARN)

    assert isinstance(error, TimeoutError)
    assert str(error) == (
        f"Waiting timed out for '{REAL_ARN}': it was RUNNING when 60 s were over. "
        "The job itself goes on; wait for it again, or longer."
    )


def test_every_public_class_of_the_modules_is_in_the_tree() -> None:
    """
    No error stands beside the tree.
    """
    members = [*inspect.getmembers(errors, inspect.isclass), *inspect.getmembers(outcome, inspect.isclass)]
    classes = {kind for _, kind in members if issubclass(kind, Exception)}

    assert classes == set(family(BraketJobsError))


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (BraketJobsError(), "GetJob failed."),
        (BraketJobsError("so it is. "), "GetJob failed: so it is."),
        (BraketJobsError("not in region X"), "GetJob failed: not in region X."),
        (
            BraketJobsError(code="C", status_code=400, request_id="r"),
            "GetJob failed. [code=C, status=400, request_id=r]",
        ),
        (BraketJobsError(request_id="r"), "GetJob failed. [request_id=r]"),
    ],
)
def test_the_text_leaves_out_what_is_not_known(error: BraketJobsError, text: str) -> None:
    """
    No empty quotes, brackets or full stops where nothing is to be said.
    """
    assert str(error) == text


@pytest.mark.parametrize(("field", "kept"), [("message", 500), ("job_arn", 500), ("code", 100), ("request_id", 100)])
def test_each_part_of_the_text_is_bounded(field: str, kept: int) -> None:
    """
    Of a long part the beginning is shown, and a mark that there was more.
    """
    state: dict[str, Any] = {field: "x" * 2000}
    text = str(BraketJobsError(**state))

    assert "x" * kept + "…" in text
    assert "x" * (kept + 1) not in text
