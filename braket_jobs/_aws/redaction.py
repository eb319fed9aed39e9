"""
Words of a service or a library, made fit to be shown to anybody who reads a log.

What comes back from AWS or from a proxy may echo what was sent: an `Authorization` header, a session token, a proxy's
URL with its password; or it may be a whole page of somebody else's. Here such text loses its secrets and its length.
Control characters are `errors.text`'s business, where the text is shown.

Every pattern is linear: one pass, no nested repetition, and a bound on what is looked through again from another start.
"""

import re

_LIMIT = 1000
_SCAN_LIMIT = 20_000
_GONE = "…"

_QUOTE = r"(?:b(?=[\"']))?\\{0,3}[\"']?"  # of JSON, of JSON in JSON, of Python's bytes
_IS = rf"{_QUOTE}\s{{0,4}}(?:=>|[:=>]|%3A|%3D|(?<=[\"']),)\s{{0,4}}\[?{_QUOTE}"  # from a name to its value
_SECRETS = (
    # the one word after its scheme, wherever it stands; but neither "basic authentication" nor "Basic Auth"
    re.compile(
        r"(?P<kept>\b(?:[Bb]asic|BASIC|[Nn]egotiate|NEGOTIATE|NTLM|ntlm)(?:\s|%20|\+){1,4})"
        r"(?!(?:[A-Z]?[a-z]+|[A-Z]+)(?![\w+/=-]))[\w+/=-]{4,}(?:%3[Dd])*"
    ),
    # a long one, or one that no word of a sentence looks like
    re.compile(
        r"(?i)(?P<kept>\bbearer(?:\s|%20|\+){1,4})"
        r"(?:[\w.~+/=-]{20,}|(?=[a-z]{0,20}(?:[\d_~+/=]|[.-]\w))[\w.~+/=-]{3,})"
    ),
    re.compile(r"(?i)(?P<kept>\bdigest\s{1,4})username=[^\n]+"),
    # cookies have spaces between them, and may have quotes around them: all of the line
    re.compile(rf"(?i)(?P<kept>\bcookie2?(?:{_IS}|\s{{1,4}}(?=[\w.-]{{1,64}}=)))[^\n]+"),
    # what a header, a query or a form calls secret, with its value; an Authorization has two words
    re.compile(
        r"(?i)(?P<kept>(?:x-amz-security-token|x-amz-signature|x-amz-credential|(?P<two>authorization)|signature"
        r"|credential|(?:access|api|auth|csrf|id|private|refresh|security|session|xsrf)[_-]?token|api[_-]?key"
        rf"|client[_-]?secret|secret_?(?:access_?)?key|password|passwd){_IS})"
        r"(?(two)(?:[a-z][\w-]{0,30}\s{1,4})?)[^\s\"'&,;<>]+"
    ),
    re.compile(r"(?P<kept>\b(?:AKIA|ASIA|ABIA|ACCA))[A-Z0-9]{8,}"),
    # a JSON Web Token; begun only where no such text can lie before
    re.compile(r"(?P<kept>)(?<![\w.~+/=-])eyJ[\w.~+/=-]{8,}"),
    # a URL's user and password, even of a mistyped URL: what they should have escaped, such as @, may stand in them
    re.compile(r"(?P<kept>:/{1,2}|//)[^/\s]*(?=@)"),
    re.compile(r"(?P<kept>:/{1,2}|//)[^\s/:@]{0,100}:(?!\d{1,5}(?:[/\s\"'?#]|\Z))[^\n]{0,300}(?=@)"),
    re.compile(r"(?P<kept>(?:\A|[\s\"'(<=,]))[^\s\"'/:@]{1,100}:[^\s\"'/@]{1,300}(?=@)"),
    re.compile(r"(?P<kept>Port could not be cast to integer value as ')[^']*"),  # or what a / in a password made one
    # anything long and opaque: secret keys have 40 such characters, signatures 64, session tokens hundreds
    re.compile(r"(?P<kept>)(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+=]|\\{0,3}/|%2[BFbf]|%3[Dd]){40,}"),
)
_PAGE = re.compile(r"(?i)\s*<(?:!doctype|html|head|body|\?xml)")
_TITLE = re.compile(r"(?i)<title[^>]{0,200}>(?P<title>[^<]{1,200})")


def redacted(text: str) -> str:
    """
    Return `text` without keys, signatures, tokens and passwords, at most 1000 characters of it.

    A page is reduced to its title. What is cut or taken out leaves an ellipsis.

    Args:
        text: Any text, of any length; only its first 20,000 characters are looked at, and of a longer one not the last
            word among them, which may be a part of a secret that can't be told by it.
    """
    is_long = len(text) > _SCAN_LIMIT
    shown = _without_last_word(text[:_SCAN_LIMIT]) if is_long else text
    if _PAGE.match(shown):
        shown = _page(shown)
    for secret in _SECRETS:
        shown = secret.sub(rf"\g<kept>{_GONE}", shown)
    return shown[:_LIMIT] + _GONE if is_long or len(shown) > _LIMIT else shown


def _without_last_word(text: str) -> str:
    words = text.rsplit(maxsplit=1)
    return words[0] if len(words) > 1 else ""


def _page(text: str) -> str:
    title = _TITLE.search(text)
    return "an HTML page" if title is None else f"an HTML page titled '{title['title'].strip()}'"
