"""
Failures as values, for errors to carry: why a job failed, why a program was refused.

For a failed job the service gives one line such as ``AlgorithmError: FileNotFoundError: …, exit code: 1`` (seen in a
real job). Its form is not documented and its middle is the user's program's, so this reads only what is plainly there,
keeps the whole text next to it, and never raises.
"""

import re
from typing import Self, cast

import attrs

_FORM = re.compile(
    r"(?:(?P<kind>[A-Za-z][A-Za-z0-9]*(?:Error|Exception)): )?"
    r"(?P<message>.*?)"
    r"(?:, exit code: (?P<exit_code>-?[0-9]{1,10}))?",
    re.DOTALL,
)


@attrs.frozen(kw_only=True)
class JobFailure:
    """
    A failure reason, taken apart. Untrusted text: a program may have written all of it.

    Attributes:
        kind: What the text opens with, such as ``AlgorithmError``; None if it opens with no such name.
        message: What stands between kind and exit code; the whole text if nothing does.
        exit_code: The exit status of the container that the text closes with, or None.
        raw: The whole text as it came, at most 1024 characters in the service model.
    """

    kind: str | None = None
    message: str
    exit_code: int | None = None
    raw: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Take `text`, a job's `failure_reason`, apart as far as it has the known form; any text at all gives a failure.
        """
        kind, message, code = cast("re.Match[str]", _FORM.fullmatch(text.strip())).groups()
        return cls(kind=kind, message=message.strip() or text, exit_code=int(code) if code else None, raw=text)


@attrs.frozen(kw_only=True)
class ProgramSetValidationFailure:
    """
    Why one program of a program set was refused; part of a `ValidationError`.

    Attributes:
        program_index: Which program, counted from 0.
        inputs_index: Which of its inputs, counted from 0, or None.
        errors: The service's words.
    """

    program_index: int
    inputs_index: int | None = None
    errors: tuple[str, ...] = ()
