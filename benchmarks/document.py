"""
A full document: every member of GetJob's answer, 12 events, 10 hyperparameters, 5 tags.
"""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import create_parser
from botocore.session import get_session

from braket_jobs._aws.body import read

ARN = "arn:aws:braket:us-east-1:123456789012:job/acc51817-2b7a-48ed-8dee-fffc87703b10"
_START = datetime(2025, 5, 16, 17, 21, 38, 893000, UTC)
_EVENTS = (
    "WAITING_FOR_PRIORITY",
    "QUEUED_FOR_EXECUTION",
    "STARTING_INSTANCE",
    "DOWNLOADING_DATA",
    "RUNNING",
    "DEPRIORITIZED_DUE_TO_INACTIVITY",
    "WAITING_FOR_PRIORITY",
    "QUEUED_FOR_EXECUTION",
    "STARTING_INSTANCE",
    "RUNNING",
    "UPLOADING_RESULTS",
    "COMPLETED",
)


def full_document(*, events: int = len(_EVENTS), tags: int = 5) -> dict[str, Any]:
    """
    Return the document in JSON types.

    Args:
        events: How many events it has.
        tags: How many tags.
    """
    bucket = "s3://amazon-braket-us-east-1-123456789012/jobs/run-ghz-hybrid"
    return {
        "algorithmSpecification": {
            "containerImage": {"uri": "292282985366.dkr.ecr.us-east-1.amazonaws.com/amazon-braket-base-jobs:latest"},
            "scriptModeConfig": {
                "compressionType": "GZIP",
                "entryPoint": "decorator_job.entry_point:run_ghz_hybrid",
                "s3Uri": f"{bucket}/script/source.tar.gz",
            },
        },
        "associations": [
            {
                "arn": "arn:aws:braket:us-east-1:123456789012:reservation/a1b123cd-45e6-789f-0a01-0234567a8b90",
                "type": "RESERVATION_TIME_WINDOW_ARN",
            }
        ],
        "billableDuration": 80000,
        "checkpointConfig": {"localPath": "/opt/jobs/checkpoints", "s3Uri": f"{bucket}/checkpoints"},
        "createdAt": _time(0),
        "deviceConfig": {"device": "arn:aws:braket:::device/quantum-simulator/amazon/sv1"},
        "endedAt": _time(12),
        "events": [
            {"eventType": _EVENTS[n % len(_EVENTS)], "message": f"Message of event {n}", "timeOfEvent": _time(n + 1)}
            for n in range(events)
        ],
        "failureReason": "AlgorithmError: FileNotFoundError: [Errno 2] No such file, exit code: 1",
        "hyperParameters": {f"parameter-{n}": str(n / 7) for n in range(10)},
        "inputDataConfig": [
            {
                "channelName": "input",
                "contentType": "text/csv",
                "dataSource": {"s3DataSource": {"s3Uri": f"{bucket}/input"}},
            }
        ],
        "instanceConfig": {"instanceCount": 1, "instanceType": "ml.m5.large", "volumeSizeInGb": 30},
        "jobArn": ARN,
        "jobName": "run-ghz-hybrid",
        "outputDataConfig": {"kmsKeyId": "alias/jobs", "s3Path": f"{bucket}/data"},
        "queueInfo": {"message": "The job is not queued.", "position": "None", "queue": "JOBS_QUEUE"},
        "roleArn": "arn:aws:iam::123456789012:role/AmazonBraketJobsExecutionRole",
        "startedAt": _time(4),
        "status": "COMPLETED",
        "stoppingCondition": {"maxRuntimeInSeconds": 432000},
        "tags": {f"tag-{n}": f"value {n}" for n in range(tags)},
    }


def _time(step: int) -> str:
    return (_START + timedelta(seconds=10.123 * step)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parsed(document: dict[str, Any]) -> dict[str, Any]:
    """
    Return what boto3's ``get_job`` returns when the service sends `document`.
    """
    response: dict[str, Any] = create_parser("rest-json").parse(_exchange(document), _shape())
    return response


def answer(document: dict[str, Any]) -> dict[str, Any]:
    """
    Return what ``get_job`` of a client that we build returns when the service sends `document`.
    """
    exchange, job = _exchange(document), dict[str, Any]()
    read(operation_model=_operation(), response_dict=exchange, customized_response_dict=job)
    response: dict[str, Any] = create_parser("rest-json").parse(exchange, _shape())
    return response | job


@cache
def _operation() -> OperationModel:
    return ServiceModel(get_session().get_service_data("braket"), "braket").operation_model("GetJob")


def _shape() -> Shape:
    return _operation().service_model.shape_for("GetJobResponse")


def _exchange(document: dict[str, Any]) -> dict[str, Any]:
    headers = {"x-amzn-requestid": "4f4b6a6e-0000-4000-8000-000000000000", "content-type": "application/json"}
    return {"body": json.dumps(document).encode(), "headers": headers, "status_code": 200}
