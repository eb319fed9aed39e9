"""
Untrusted text, made safe for one line of a log or a terminal.

Failure reasons, tags and the service's messages can hold anything, control characters included. Whoever
writes such text into a line passes it through `one_line` first. HTML has its own escaping, elsewhere.
"""


def one_line(text: str, limit: int = 1024) -> str:
    r"""
    Return `text` with everything unprintable escaped, cut after `limit` characters.

    Unprintable is what `str.isprintable` says: line ends, terminal escapes, bidirectional overrides, lone
    surrogates. They appear as Python escapes (``\x1b``), so that nothing is lost but its effect.

    Args:
        text: Any text.
        limit: How many characters of `text` to keep; an ellipsis marks a cut.

    Returns:
        One printable line.
    """
    kept = text if len(text) <= limit else text[:limit] + "…"
    if kept.isprintable():
        return kept
    return "".join(char if char.isprintable() else _escaped(char) for char in kept)


def counted(number: int, what: str) -> str:
    """
    Return ``1 request``, ``2 requests``: `number` with `what` in the singular or the plural.
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
