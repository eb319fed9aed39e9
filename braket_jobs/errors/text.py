"""
Untrusted text, made safe for one line of a log or a terminal.

Failure reasons, tags and the service's messages can hold anything, control characters included. Whoever
writes such text into a line passes it through `one_line` first. HTML has its own escaping, elsewhere.
"""

import re

# What `str.isprintable` lets pass though nothing of it is seen: Unicode's default-ignorable letters and marks, and the
# empty Braille pattern.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def one_line(text: str, limit: int = 1024) -> str:
    r"""
    Return `text` with everything unprintable or invisible escaped, cut after `limit` characters.

    Unprintable is what `str.isprintable` says: line ends, terminal escapes, bidirectional overrides, lone
    surrogates. Invisible are fillers, joiners and variation selectors. They appear as Python escapes (``\x1b``), so
    that nothing is lost but its effect.

    Args:
        text: Any text.
        limit: How many characters of `text` to keep; an ellipsis marks a cut.

    Returns:
        One printable line.
    """
    kept = text if len(text) <= limit else text[:limit] + "…"
    if not kept.isprintable():
        kept = "".join(char if char.isprintable() else _escaped(char) for char in kept)
    return kept if kept.isascii() else _UNSEEN.sub(lambda found: _escaped(found[0]), kept)


def counted(number: int, what: str) -> str:
    """
    Return ``1 request``, ``2 requests``: `number` with `what` in the singular or the plural.
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
