"""
What may be given to ask with: a client, or what clients are built from. Nothing here needs botocore.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol, cast

import attrs

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config


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
        if self.config is not None and not hasattr(self.config, "merge"):
            raise TypeError(f"config is a botocore Config or None, not {type(self.config).__name__}")
