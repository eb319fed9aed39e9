"""
Braket as the installed botocore models it: shapes, operations, and botocore's own parser.

Nothing here makes a request or reads the environment.
"""

from functools import cache
from typing import Any

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel
from botocore.parsers import ResponseParserFactory

from braket_jobs._wire import parse_utc

__all__ = ["OperationModel", "parsed", "service_model"]


@cache
def service_model() -> ServiceModel:
    """
    Return the installed botocore's model of Braket.
    """
    return ServiceModel(Loader().load_service_model("braket", "service-2"), "braket")


def parsed(operation: str, body: bytes, *, request_id: str | None = None) -> dict[str, Any]:
    """
    Return what a client of ours returns when the service answers `operation` with `body`: times read as we read them.

    What botocore's parser can't read it leaves by an exception of any class.

    Args:
        operation: AWS's name of the operation, such as ``GetJob``.
        body: The body of an answer with status 200, as it is on the wire.
        request_id: The answer's request id, or None if it has none.

    Returns:
        The members as boto3 gives them, with ``ResponseMetadata``.
    """
    model = service_model()
    headers = {} if request_id is None else {"x-amzn-requestid": request_id}
    answer = {"body": body, "headers": headers, "status_code": 200}
    shape = model.shape_for(f"{operation}Response")
    parsers = ResponseParserFactory()
    parsers.set_parser_defaults(timestamp_parser=parse_utc)
    response: dict[str, Any] = parsers.create_parser(model.metadata["protocol"]).parse(answer, shape)
    return response
