"""
What a client must be able to do to be passed in.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol


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
