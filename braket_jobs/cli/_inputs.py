"""
What commands read: ARNs, and saved answers.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import IO, Any

import click

_SPACE = re.compile(r"\s*")
_NEXT_DOCUMENT = re.compile(r"\n\{")


class ClosedInputError(click.ClickException):
    """
    Standard input is to be read, and there is none. Told in one line like the commands' other errors.
    """

    def __init__(self) -> None:
        super().__init__("standard input is closed")

    def show(self, file: IO[Any] | None = None) -> None:
        """
        Print the line.
        """
        click.echo(f"braket-jobs: {self.message}", file=file, err=True)


class SavedAnswers(click.File):
    """
    A file of saved answers.
    """

    def convert(
        self, value: str | PathLike[str] | IO[Any], param: click.Parameter | None, ctx: click.Context | None
    ) -> IO[Any]:
        """
        Return the file, opened.

        Raises:
            ClosedInputError: If it is standard input, and there is none.
        """
        if value == "-":
            _check_standard_input()
        return super().convert(value, param, ctx)


def standard_input() -> Iterator[str]:
    """
    Yield the lines of standard input, which is opened when the first is asked for.

    Bytes that are no text become visible escapes.

    Raises:
        ClosedInputError: If there is none.
    """
    _check_standard_input()
    yield from click.open_file("-", errors="backslashreplace")


def with_lines(arns: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """
    Yield `arns`, with those of `lines` in the place of each ``-``: their words, or the ``jobArn`` of a line of JSON.
    """
    for arn in arns:
        if arn != "-":
            yield arn
            continue
        for line in lines:
            yield from _arns_in(line.strip())


def documents(data: bytes) -> Iterator[str]:
    """
    Yield the JSON documents that follow one another in `data`, each as its text.

    Pretty-printed or one a line, as both the AWS CLI and ``--json`` write them. What can't be read as JSON comes as it
    is, up to the next line that begins a document; data without any document is one empty text.
    """
    text = data.decode(json.detect_encoding(data), "backslashreplace").strip() or " "
    end = 0
    while end < len(text):
        start = _space_end(text, end)
        end = _document_end(text, start)
        yield text[start:end]


def _arns_in(line: str) -> list[str]:
    if not line.startswith("{"):
        return line.split()
    try:
        arn = json.loads(line).get("jobArn")
    except (ValueError, RecursionError):
        arn = None
    return [arn if isinstance(arn, str) else line]  # one error for the line, not one for each of its words


def _check_standard_input() -> None:
    if sys.stdin is None:
        raise ClosedInputError


def _document_end(text: str, start: int) -> int:
    try:
        return json.JSONDecoder().raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        found = _NEXT_DOCUMENT.search(text, start)
        return len(text) if found is None else found.start()


def _space_end(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return start if found is None else found.end()
