"""
Which part of botocore an exception came out of, and what its parser could not read; told by the traceback.

botocore lets bare Python exceptions through: a `TypeError` out of its parser, a `ValueError` out of its settings. Their
types say nothing; the modules they passed do. The outermost such module decides: when STS's answer can't be parsed
while a request is signed, credentials are what failed.

A traceback is an unofficial source. What is not found in it as expected is left unsaid, never guessed.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum, auto
from itertools import pairwise
from traceback import walk_tb
from typing import Any

from botocore.exceptions import InvalidProxiesConfigError

from braket_jobs._aws.classes import wrapped
from braket_jobs._wire.untrusted import mapping


class Part(Enum):
    """
    The part of botocore that failed.
    """

    CREDENTIALS = auto()
    CONFIGURATION = auto()
    RESPONSE = auto()


_MODULES = {
    Part.CREDENTIALS: "credentials tokens signers",
    Part.CONFIGURATION: "args configloader configprovider endpoint_provider loaders regions",
    Part.RESPONSE: "parsers",
}
_PARTS = {f"botocore.{name}": part for part, names in _MODULES.items() for name in names.split()}
# What stumbles here while a client is built has stumbled over botocore's data files; later, over a call.
_BUILDING = ("botocore.session", "create_client")
_BUILDERS = {"botocore.client", "botocore.model"}
# Signing takes the endpoint's URL apart; a port beyond 65535 is found out only there.
_READING_ENDPOINT = ("botocore.auth", "_host_from_url")
# What the parser has made of a refusal is looked through once more for what its code says it has.
_SECOND_PASS = ("botocore.endpoint", "_add_modeled_error_fields")
# A handshake fails in Python's `ssl`; what fails here was a file with a certificate or a key.
_LOADING_FILES = "urllib3.util.ssl_"
_NOT_A_USERS = {"boto3", "botocore", "braket_jobs"}


def origin(error: BaseException) -> Part | None:
    """
    Return the part of botocore that `error` came out of, or None if it passed none of them.
    """
    passed = [(str(frame.f_globals.get("__name__")), frame.f_code.co_name) for frame, _ in walk_tb(error.__traceback__)]
    modules = [module for module, _ in passed]
    if _passed_a_handler(modules):
        return None
    if _READING_ENDPOINT in passed or unloaded_file(error):
        return Part.CONFIGURATION
    part = next((_PARTS[module] for module in modules if module in _PARTS), None)
    if part is None and _SECOND_PASS in passed:
        return Part.RESPONSE
    is_about_data = _BUILDING in passed and not _BUILDERS.isdisjoint(modules)
    return Part.CONFIGURATION if part is None and is_about_data else part


def unloaded_file(error: BaseException) -> BaseException | None:
    """
    Return why a certificate's or a key's file could not be loaded, if that is what `error` comes from.
    """
    within = wrapped(error)
    if isinstance(within, InvalidProxiesConfigError):
        why = wrapped(within)
        return why if isinstance(why, OSError) else None
    links = (within, getattr(within, "__context__", None))
    return next((link for link in links if isinstance(link, BaseException) and _was_loading(link)), None)


def _was_loading(error: BaseException) -> bool:
    modules = [frame.f_globals.get("__name__") for frame, _ in walk_tb(error.__traceback__)]
    return modules[-1:] == [_LOADING_FILES]


def _passed_a_handler(modules: Sequence[str]) -> bool:
    # what an event handler of somebody else's raised came out of no part of botocore, whichever called it
    called = (below for above, below in pairwise(modules) if above == "botocore.hooks")
    return any(module.split(".")[0] not in _NOT_A_USERS for module in called)


def parsed_answer(error: BaseException, part: Part | None) -> Mapping[str, Any]:
    """
    Return what was known of the answer that botocore's parser choked on, shaped like a parsed response; else nothing.

    The answer may be that of a service that gives out credentials. The code is known only if the parser failed in its
    second pass, over the fields of a modelled error.
    """
    if part not in {Part.RESPONSE, Part.CREDENTIALS}:
        return {}
    parsed = mapping(_local(error, *_SECOND_PASS, "parsed_response"))
    answer = mapping(_local(error, "botocore.parsers", "parse", "response"))
    headers = {str(name).lower(): value for name, value in mapping(answer.get("headers")).items()}
    return parsed or {"ResponseMetadata": {"HTTPStatusCode": answer.get("status_code"), "HTTPHeaders": headers}}


def unread_body(error: BaseException) -> object:
    """
    Return the body that botocore's parser choked on, or None.
    """
    return mapping(_local(error, "botocore.parsers", "parse", "response")).get("body")


def client_in(error: BaseException | None) -> object:
    """
    Return botocore's client whose call `error` came out of, whatever object of the caller's was before it; or None.
    """
    return None if error is None else _local(error, "botocore.client", "_make_api_call", "self")


def renews_good_keys(error: BaseException) -> bool:
    """
    Return whether `error` ended the renewal of credentials that are still good, and so were had in the same way before.
    """
    keys = _local(error, "botocore.credentials", "_protected_refresh", "self")
    expiry = getattr(keys, "_expiry_time", None)
    return isinstance(expiry, datetime) and expiry.tzinfo is not None and expiry > datetime.now(UTC)


def _local(error: BaseException, module: str, function: str, name: str) -> object:
    """
    Return the local variable `name` of the outermost frame of `module.function` in the traceback, or None.
    """
    for frame, _ in walk_tb(error.__traceback__):
        if frame.f_globals.get("__name__") == module and frame.f_code.co_name == function:
            return frame.f_locals.get(name)
    return None
