"""
The tables of the documentation say what the code does.
"""

import re
from pathlib import Path

import attrs
import pytest
from support.tables import rows

import braket_jobs
from braket_jobs import BraketJobsError, RetryPolicy, WaitError
from braket_jobs._aws.classes import RETRYABLE, kind_of_answer
from braket_jobs.errors.tree import TransportError

_DOCS = Path(__file__).parent.parent.parent / "docs"
_FAILURES = (_DOCS / "when-it-fails.md").read_text()
_TIMES = (_DOCS / "retries-and-time.md").read_text()


_CLASSES = {row[0]: row for row in rows(_FAILURES, "you see")}


def _leaves() -> list[type[BraketJobsError]]:
    kinds = [getattr(braket_jobs, name) for name in braket_jobs.__all__ if name.endswith("Error")]
    return [kind for kind in kinds if kind not in {BraketJobsError, TransportError, WaitError}]


def test_every_error_that_is_raised_has_its_row() -> None:
    """
    The table has one row for each class but those that only collect others.
    """
    assert sorted(_CLASSES) == sorted(kind.__name__ for kind in _leaves())


@pytest.mark.parametrize("kind", _leaves())
def test_the_table_says_what_is_retried(kind: type[BraketJobsError]) -> None:
    """
    The column "retried" begins with yes exactly where another request is worth it.
    """
    says = _CLASSES[kind.__name__][2]

    assert re.match("yes|no", says)
    assert says.startswith("yes") is issubclass(kind, RETRYABLE)


@pytest.mark.parametrize(("code", "name"), rows(_FAILURES, "code"))
def test_a_code_means_what_the_table_says(code: str, name: str) -> None:
    """
    Each documented code means its class, whatever the status.
    """
    assert kind_of_answer(code, 418).__name__ == name


@pytest.mark.parametrize(("status", "name"), rows(_FAILURES, "status, with no code or an unknown one"))
def test_a_status_means_what_the_table_says(status: str, name: str) -> None:
    """
    Each documented status means its class, without a code and with an unknown one.
    """
    kinds = {kind_of_answer(None, int(status)), kind_of_answer("NewException", int(status))}

    assert {kind.__name__ for kind in kinds} == {name}


def test_the_defaults_of_the_policy_are_documented() -> None:
    """
    The table of settings has the policy's fields, in order, with their defaults.
    """
    documented = {row[0]: row[1] for row in rows(_TIMES, "setting")}
    fields = {field.name: str(field.default) for field in attrs.fields(RetryPolicy) if field.name != "on_retry"}

    assert documented == fields
