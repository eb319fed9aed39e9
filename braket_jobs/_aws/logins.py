"""
Whether what an exception says holds an address with a user or a password in it.

Such an address can't be washed: a password that should have been escaped may hold every character that ends one, and
whoever takes the address apart says a piece of it. Where an ``@`` may be one of an address's, nothing is shown of it.
"""

from traceback import walk_tb

from braket_jobs._wire.untrusted import mapping

_ADDRESSES = ("url", "uri", "endpoint", "netloc", "proxy")  # how names of them end, botocore's and those of Python


def holds_login(error: BaseException) -> bool:
    """
    Return whether the text of `error` may hold a part of an address that has a login.
    """
    told = mapping(getattr(error, "kwargs", None)).items()
    return any(_is_login(name, str(value)) for name, value in told if isinstance(value, str | Exception)) or (
        isinstance(error, ValueError) and ("@" in str(error) or _was_reading_one(error))
    )


def _is_login(name: str, text: str) -> bool:
    # elsewhere than in an address, an @ may be that of a mail address or of a folder
    return "@" in text if name.endswith(_ADDRESSES) else "//" in text.rpartition("@")[0]


def _was_reading_one(error: BaseException) -> bool:
    # Python quotes pieces of what it can't read; the whole is what the functions on its way were given
    given = (item for frame, _ in walk_tb(error.__traceback__) for item in frame.f_locals.items())
    return any(name.endswith(_ADDRESSES) and isinstance(value, str) and "@" in value for name, value in given)
