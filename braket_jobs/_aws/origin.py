"""
Where inside botocore an exception came from, read from its traceback.

botocore lets bare Python exceptions through: a `TypeError` out of its parser, a `RuntimeError` out of its credentials,
a `ValueError` out of its settings. Their types say nothing; the modules they passed do. The outermost such module
decides: when STS's answer can't be parsed while a request is signed, credentials are what failed. What an event handler
of somebody else's raised came out of no part of botocore, whichever part called it.

A traceback is an unofficial source. Whatever is not found in it as expected is left unsaid (None, empty), never
guessed, and the contract tests run against the oldest and the newest botocore.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from types import FrameType
from typing import Any

from braket_jobs._wire.untrusted import mapping


class Room(Enum):
    """
    The part of botocore that failed.
    """

    CREDENTIALS = "credentials"
    CONFIGURATION = "configuration"
    RESPONSE = "response"


_ROOMS = {
    "botocore.credentials": Room.CREDENTIALS,
    "botocore.tokens": Room.CREDENTIALS,
    "botocore.signers": Room.CREDENTIALS,
    "botocore.args": Room.CONFIGURATION,
    "botocore.configloader": Room.CONFIGURATION,
    "botocore.configprovider": Room.CONFIGURATION,
    "botocore.endpoint_provider": Room.CONFIGURATION,
    "botocore.loaders": Room.CONFIGURATION,
    "botocore.regions": Room.CONFIGURATION,
    "botocore.parsers": Room.RESPONSE,
}
# What stumbles here while a client is built has stumbled over botocore's data files; later, over a call.
_BUILDERS = {"botocore.client", "botocore.model"}
_NOT_A_USERS = {"boto3", "botocore", "braket_jobs"}
# Signing takes the endpoint's URL apart; a port beyond 65535 is found out only there.
_URL_OF_ENDPOINT = ("botocore.auth", "_host_from_url", "url")


def origin(error: BaseException) -> Room | None:
    """
    Return the part of botocore that `error` came out of, or None if it passed none of them.
    """
    modules = [str(frame.f_globals.get("__name__")) for frame in _frames(error)]
    if _passed_a_handler(modules):
        return None
    if _local(error, *_URL_OF_ENDPOINT) is not None:
        return Room.CONFIGURATION
    room = next((_ROOMS[module] for module in modules if module in _ROOMS), None)
    is_building = _local(error, "botocore.session", "create_client", "service_name") is not None
    return Room.CONFIGURATION if room is None and is_building and _BUILDERS.intersection(modules) else room


def _passed_a_handler(modules: Sequence[str]) -> bool:
    """
    Return whether botocore, somewhere on the way, called an event handler that is neither its own nor ours.
    """
    called = (below for above, below in pairwise(modules) if above == "botocore.hooks")
    return any(module.split(".")[0] not in _NOT_A_USERS for module in called)


def parsed_answer(error: BaseException) -> Mapping[str, Any]:
    """
    Return what was known of the answer that botocore's parser choked on, shaped like a parsed response.

    The code is known only if the parser failed in its second pass, over the fields of a modelled error. Empty if
    `error` did not come out of the parser of a GetJob answer.
    """
    if origin(error) is not Room.RESPONSE:
        return {}
    parsed = _local(error, "botocore.endpoint", "_add_modeled_error_fields", "parsed_response")
    return mapping(parsed) or _bare(mapping(_local(error, "botocore.parsers", "parse", "response")))


def unread_body(error: BaseException) -> bytes | None:
    """
    Return the body that botocore's parser choked on, or None if `error` did not come out of the parser.
    """
    body = mapping(_local(error, "botocore.parsers", "parse", "response")).get("body")
    return body if isinstance(body, bytes) and origin(error) is Room.RESPONSE else None


def _bare(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    headers = {str(name).lower(): value for name, value in mapping(answer.get("headers")).items()}
    return {"ResponseMetadata": {"HTTPStatusCode": answer.get("status_code"), "HTTPHeaders": headers}}


def _local(error: BaseException, module: str, function: str, name: str) -> object:
    """
    Return the local variable `name` of the outermost frame of `module.function` in the traceback, or None.
    """
    for frame in _frames(error):
        if frame.f_globals.get("__name__") == module and frame.f_code.co_name == function:
            return frame.f_locals.get(name)
    return None


def _frames(error: BaseException) -> Iterator[FrameType]:
    traceback = error.__traceback__
    while traceback is not None:
        yield traceback.tb_frame
        traceback = traceback.tb_next
