"""
Words of a service or a library, made fit to be shown to anybody who reads a log.

What comes back from AWS or from a proxy may echo what was sent: an `Authorization` header, a session token, the
canonical string of a signature, a proxy's URL with its password; or it may be a whole page of somebody else's. Here
such text loses its secrets and its length. It stays untrusted: control characters are `braket_jobs._text`'s business,
where the text is shown.

Every pattern is linear: one pass, no nested repetition.
"""

import re

_LIMIT = 1000
_SCAN_LIMIT = 20_000
_GONE = "…"

_SECRETS = (
    # what a header, a query or a form calls secret, with its value; an Authorization has two words
    re.compile(
        r"(?i)(?P<kept>(?:x-amz-security-token|x-amz-signature|x-amz-credential|(?:proxy-)?authorization|signature"
        r"|credential|(?:access|refresh|id|session|security)[_-]?token|client[_-]?secret|secret_?(?:access_?)?key"
        r"|password|passwd)[\"']?\s{0,4}(?:[:=]|%3A|%3D)\s{0,4}[\"']?)(?:(?:basic|bearer|negotiate)\s{1,4})?[^\s\"'&,;<>]+"
    ),
    re.compile(r"(?P<kept>\b(?:AKIA|ASIA|ABIA|ACCA))[A-Z0-9]{8,}"),
    # a JSON Web Token, and whatever as long follows the word Bearer; begun only where no such text can lie before
    re.compile(r"(?P<kept>)(?<![\w.~+/=-])eyJ[\w.~+/=-]{8,}"),
    re.compile(r"(?i)(?P<kept>\bbearer\s{1,4})[\w.~+/=-]{20,}"),
    # a URL's user and password: what they should have escaped, such as @, may stand in them as it is
    re.compile(r"(?P<kept>://)[^/\s]*(?=@)"),
    # anything long and opaque: secret keys have 40 such characters, signatures 64, session tokens hundreds
    re.compile(r"(?P<kept>)(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{40,}"),
)
_PAGE = re.compile(r"(?i)\s*<(?:!doctype|html|head|body|\?xml)")
_TITLE = re.compile(r"(?i)<title[^>]{0,200}>(?P<title>[^<]{1,200})")


def redacted(text: str) -> str:
    """
    Return `text` without keys, signatures, tokens and passwords, at most 1000 characters of it.

    A page is reduced to its title. What is cut or taken out leaves an ellipsis.

    Args:
        text: Any text, of any length; only its first 20,000 characters are looked at.
    """
    shown = text[:_SCAN_LIMIT]
    if _PAGE.match(shown):
        shown = _page(shown)
    for secret in _SECRETS:
        shown = secret.sub(rf"\g<kept>{_GONE}", shown)
    return shown if len(shown) <= _LIMIT else shown[:_LIMIT] + _GONE


def _page(text: str) -> str:
    title = _TITLE.search(text)
    return "an HTML page" if title is None else f"an HTML page titled '{title['title'].strip()}'"
