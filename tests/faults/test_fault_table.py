"""
What is asked of every row of the fault table, over loopback sockets and through real botocore.

The rows are in `tests/support`: `answer_cases.py`, `connection_cases.py` and `echo_cases.py` say what goes wrong, which
error it is, and whether it is retried.
"""

import base64
import pickle

import pytest
from support.answer_cases import ANSWERS
from support.connection_cases import CONNECTIONS
from support.echo_cases import ECHOES
from support.faults import REQUEST_ID
from support.outcomes import ATTEMPTS, PASSWORD, SECRETS, Case, Outcome, outcome_of
from support.samples import REAL_ARN

# a proxy is sent the password in base64
_ALL_SECRETS = (*SECRETS, base64.b64encode(f"me:{PASSWORD}".encode()).decode().rstrip("="))


@pytest.fixture(scope="module", params=[*ANSWERS, *CONNECTIONS, *ECHOES], ids=lambda case: case.name)
def row(request: pytest.FixtureRequest) -> tuple[Case, Outcome]:
    case: Case = request.param
    return case, outcome_of(case)


def test_the_class(row: tuple[Case, Outcome]) -> None:
    """
    The error is of exactly the class in the table.
    """
    case, outcome = row

    assert type(outcome.error) is case.kind


def test_the_number_of_requests(row: tuple[Case, Outcome]) -> None:
    """
    What is retryable is tried as often as the policy says, everything else once; and the error tells how often.
    """
    case, outcome = row

    expected = ATTEMPTS if case.retryable else case.attempts

    assert outcome.error.attempts == expected
    assert outcome.hits == (expected if case.reached else 0)


def test_retryable(row: tuple[Case, Outcome]) -> None:
    """
    The error says whether the same call may succeed later.
    """
    case, outcome = row

    assert outcome.error.retryable is case.retryable


def test_what_else_is_known(row: tuple[Case, Outcome]) -> None:
    """
    ARN, code, status and request id of the answer, if there was one, are on the error.
    """
    case, outcome = row
    error = outcome.error

    assert (error.job_arn, error.code) == (REAL_ARN, case.code)
    assert (error.status_code, error.request_id) == (case.status, REQUEST_ID if case.status else None)


def test_the_cause(row: tuple[Case, Outcome]) -> None:
    """
    A refusal keeps botocore's exception as its cause.
    """
    _, outcome = row
    error = outcome.error

    assert error.__cause__ is not None


def test_nothing_secret_is_shown(row: tuple[Case, Outcome]) -> None:
    """
    Neither the text of the error nor the log holds a key, a token or a password, even if the server says them back.
    """
    _, outcome = row
    shown = "\n".join([str(outcome.error), repr(outcome.error), outcome.log])

    assert not [secret for secret in _ALL_SECRETS if secret in shown]


def test_the_text_is_one_line_of_bounded_length(row: tuple[Case, Outcome]) -> None:
    """
    A log line stays a line, and no page and no document gets into it.
    """
    _, outcome = row
    text = str(outcome.error)

    assert text.isprintable()
    assert len(text) < 2000


def test_it_pickles(row: tuple[Case, Outcome]) -> None:
    """
    The error crosses processes with all it knows.
    """
    _, outcome = row
    copy = pickle.loads(pickle.dumps(outcome.error))

    assert type(copy) is type(outcome.error)
    assert repr(copy) == repr(outcome.error)
