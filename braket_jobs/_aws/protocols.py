"""
What may be given to ask with: a client, or what clients are built from. Nothing here needs botocore.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

import attrs

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

_TO_PASS_INSTEAD = {
    "boto_session": ": pass its boto_session",  # the Braket SDK's AwsSession
    "create_client": ": pass boto3.Session(botocore_session=…)",  # botocore's Session
    "casefold": ": for a profile, pass boto3.Session(profile_name=…)",  # text
}


class GetJobClient(Protocol):
    """
    Anything with boto3's ``get_job``: a boto3 client, a stub of it, or an object of your own.
    """

    def get_job(
        self,
        *,
        jobArn: str,  # noqa: N803  # boto3's name
        additionalAttributeNames: Sequence[Literal["QueueInfo"]] = ...,  # noqa: N803  # boto3's name
    ) -> Mapping[str, object]:
        """
        Return the parsed answer of GetJob.
        """
        ...


class SearchJobsClient(Protocol):
    """
    Anything with boto3's ``search_jobs``: a boto3 client, a stub of it, or an object of your own.
    """

    def search_jobs(
        self,
        *,
        filters: Sequence[Any],  # of what boto3's stubs have a TypedDict for
        maxResults: int = ...,  # noqa: N803  # boto3's name
        nextToken: str = ...,  # noqa: N803  # boto3's name
    ) -> Mapping[str, object]:
        """
        Return the parsed answer of SearchJobs.
        """
        ...


class BraketClient(GetJobClient, SearchJobsClient, Protocol):
    """
    Anything with both, as every boto3 client for Braket.
    """


@attrs.frozen
class ClientSettings:
    """
    What clients are built from, instead of the defaults: checked where it is given.

    Raises:
        TypeError: If something is of the wrong type.
    """

    session: "boto3.Session | None" = None
    region_name: str | None = None
    endpoint_url: str | None = None
    config: "Config | None" = None

    def __attrs_post_init__(self) -> None:
        for name, text in (("region_name", self.region_name), ("endpoint_url", self.endpoint_url)):
            if not isinstance(cast("object", text), str | None):
                raise TypeError(f"{name} is text or None, not {type(text).__name__}")
        _check_session(self.session)
        if self.config is not None and not hasattr(self.config, "merge"):
            raise TypeError(f"config is a botocore Config or None, not {type(self.config).__name__}")


def check_client(client: object, method: str = "get_job") -> None:
    """
    See that `client` can be asked by `method`.

    Raises:
        TypeError: If it has no such method, as a client of another service, or is a class.
    """
    if isinstance(client, type) or not callable(getattr(client, method, None)):
        raise TypeError(f"client is a boto3 client for Braket, or has its {method}; {_named(client)} is neither")


def _check_session(session: object) -> None:
    if session is None or (callable(getattr(session, "client", None)) and not isinstance(session, type)):
        return
    advice = next((advice for name, advice in _TO_PASS_INSTEAD.items() if hasattr(session, name)), "")
    raise TypeError(f"session is a boto3 Session, not {_named(session)}{advice}")


def _named(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
