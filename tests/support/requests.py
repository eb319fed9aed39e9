"""
A CreateJob request, and boto3 clients inside a mock.
"""

from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_braket import BraketClient

DEVICE = "arn:aws:braket:::device/quantum-simulator/amazon/sv1"


def create_request(**changes: Any) -> dict[str, Any]:
    """
    Return the members of a valid CreateJob request; None leaves one out.
    """
    request = {
        "jobName": "vqe",
        "roleArn": "arn:aws:iam::123456789012:role/AmazonBraketJobsExecutionRole",
        "algorithmSpecification": {"scriptModeConfig": {"entryPoint": "vqe:main", "s3Uri": "s3://bucket/vqe.tar.gz"}},
        "instanceConfig": {"instanceType": "ml.m5.large", "volumeSizeInGb": 30},
        "outputDataConfig": {"s3Path": "s3://bucket/data"},
        "deviceConfig": {"device": DEVICE},
    }
    return {name: value for name, value in (request | changes).items() if value is not None}


def braket_client(region: str = "us-east-1", **config: Any) -> "BraketClient":
    """
    Return a client that makes one request a call and leaves it to the service to find faults in what it sends.
    """
    settings = Config(parameter_validation=False, retries={"mode": "standard", "total_max_attempts": 1}, **config)
    return boto3.client("braket", region_name=region, config=settings)
