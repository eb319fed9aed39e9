"""
What commands read: ARNs, and saved answers.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO

import click

_SPACE = re.compile(r"\s*")
_NEXT_DOCUMENT = re.compile(r"\n\{")


def standard_input() -> IO[str]:
    """
    Return standard input; bytes that are no text become visible escapes.
    """
    return click.open_file("-", errors="backslashreplace")


def with_lines(arns: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """
    Yield `arns`, with the words of `lines` in the place of each ``-``.
    """
    for arn in arns:
        if arn != "-":
            yield arn
            continue
        for line in lines:
            yield from line.split()


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


def _document_end(text: str, start: int) -> int:
    try:
        return json.JSONDecoder().raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        found = _NEXT_DOCUMENT.search(text, start)
        return len(text) if found is None else found.start()


def _space_end(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return start if found is None else found.end()
