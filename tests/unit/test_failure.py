"""
A failure reason is taken apart as far as it has the known form, and never further.
"""

import pytest

from braket_jobs import JobFailure

# The text is real: an assertion in the integration tests of amazon-braket-sdk-python.
REAL = "AlgorithmError: FileNotFoundError: [Errno 2] No such file or directory: 'fake_file', exit code: 1"


def parts(text: str) -> tuple[str | None, str, int | None]:
    failure = JobFailure.parse(text)
    return failure.kind, failure.message, failure.exit_code


def test_the_real_form_is_taken_apart() -> None:
    """
    Kind, message and exit code of a real failure; the text stays whole beside them.
    """
    failure = JobFailure.parse(REAL)

    assert failure == JobFailure(
        kind="AlgorithmError",
        message="FileNotFoundError: [Errno 2] No such file or directory: 'fake_file'",
        exit_code=1,
        raw=REAL,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ClientError: no permission to read s3://x", ("ClientError", "no permission to read s3://x", None)),
        ("out of memory, exit code: 137", (None, "out of memory", 137)),
        ("killed, exit code: -9", (None, "killed", -9)),
        ("AError: says ', exit code: 0', exit code: 1", ("AError", "says ', exit code: 0'", 1)),
        ("  AError: spaced  ", ("AError", "spaced", None)),
        ("AError: two\nlines, exit code: 1", ("AError", "two\nlines", 1)),
    ],
)
def test_a_part_of_the_form_is_enough(text: str, expected: tuple[str | None, str, int | None]) -> None:
    """
    Kind and exit code are read each for itself.
    """
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "no form at all",
        "Note: not a kind",
        "Two Words Error: not a kind",
        "AError:no space",
        "exit code: 1",
        "x, exit code: one",
        "x, exit code: 12345678901",
        "x, exit code: \u0661",
        "x, exit code: 1, and then some",
    ],
)
def test_other_texts_are_messages(text: str) -> None:
    """
    What hasn't the form is the message, whole.
    """
    assert parts(text) == (None, text, None)


@pytest.mark.parametrize(
    ("text", "kind", "code"), [("AError: , exit code: 1", "AError", 1), (", exit code: 1", None, 1)]
)
def test_a_message_is_never_empty_for_want_of_words(text: str, kind: str | None, code: int) -> None:
    """
    With nothing between kind and exit code, the message is the whole text.
    """
    assert parts(text) == (kind, text, code)


def test_a_long_text_takes_no_time() -> None:
    """
    A megabyte of the form's own characters is read at once: the work grows with the text's length only.
    """
    text = ", exit code: " * 80_000

    assert JobFailure.parse(text).raw == text
