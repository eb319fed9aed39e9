"""
Wire documents, and the way botocore's own parser makes a response of them.

Nothing here is a hand-made parsed dict: what a test converts went through botocore's parser first.
"""

import json
from functools import cache
from typing import Any

from botocore.model import OperationModel, ServiceModel
from botocore.parsers import create_parser
from botocore.session import get_session


@cache
def service_model() -> ServiceModel:
    """
    Return the installed botocore's model of Braket.
    """
    return ServiceModel(get_session().get_service_data("braket"), "braket")


def get_job_operation() -> OperationModel:
    """
    Return the installed botocore's model of GetJob.
    """
    return service_model().operation_model("GetJob")


def parsed(document: object, request_id: str = "5a4b") -> dict[str, Any]:
    """
    Return what boto3's ``get_job`` returns when the service sends `document`.
    """
    headers = {"x-amzn-requestid": request_id, "content-type": "application/json"}
    answer = {"body": json.dumps(document).encode(), "headers": headers, "status_code": 200}
    shape = service_model().shape_for("GetJobResponse")
    response: dict[str, Any] = create_parser(service_model().metadata["protocol"]).parse(answer, shape)
    return response
