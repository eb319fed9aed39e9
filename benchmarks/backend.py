"""
What a GetJob costs through the in-process backend, against moto's own services that describe a thing.

Twice: what moto takes to answer a request, and what the whole call of a client takes. The first is what a backend can
be good or bad at. The second depends on the answer's size, too: a completed job has eight times in it, and botocore
needs longer to read those than moto to answer. SageMaker's training jobs are of that size, and Braket's jobs are made
like them, so that whole call is the comparable one. databrew's answer is small, with hardly a time in it; its whole
call is here to be seen, and a ratio above the target, beside one near 1 inside moto, is botocore reading our times.
"""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
from moto.core.models import botocore_stubber

from benchmarks.measure import Row, compared, timed
from braket_jobs.testing import JobsFactory, mock_braket

_TARGET = 1.5
_ROLE = "arn:aws:iam::123456789012:role/role"

Call = Callable[[], object]


def rows() -> Iterator[Row]:
    """
    Measure inside one mock.
    """
    with mock_braket():
        ours, databrew, emr, sagemaker = _braket(), _databrew(), _emr_serverless(), _sagemaker()
        yield _row("GetJob inside moto", _inside(*ours), "databrew's DescribeJob inside moto", _inside(*databrew))
        yield _row("GetJob inside moto", _inside(*ours), "emr-serverless's GetApplication", _inside(*emr))
        yield _row("GetJob in process", ours[1], "databrew's DescribeJob", databrew[1])
        yield _row("GetJob in process", ours[1], "emr-serverless's GetApplication", emr[1])
        yield _row("GetJob in process", ours[1], "sagemaker's DescribeTrainingJob", sagemaker[1])


def _row(what: str, ours: Call, against: str, theirs: Call) -> Row:
    return compared(what, timed(ours, 20), against, timed(theirs, 20), target=_TARGET, turns=40)


def _inside(client: Any, call: Call) -> Call:
    requests: list[Any] = []

    def keep(request: Any, **_: object) -> None:
        requests.append(request)

    client.meta.events.register_first("before-send", keep)
    call()
    client.meta.events.unregister("before-send", keep)
    return lambda: botocore_stubber.process_request(requests[0])


def _client(service: str) -> Any:
    return boto3.client(service, region_name="us-east-1")  # type: ignore[call-overload]  # any service will do


def _braket() -> tuple[Any, Call]:
    client = _client("braket")
    arn = JobsFactory().create(states=["COMPLETED"])
    return client, lambda: client.get_job(jobArn=arn)


def _databrew() -> tuple[Any, Call]:
    client = _client("databrew")
    client.create_recipe_job(
        Name="job",
        RoleArn=_ROLE,
        DatasetName="data",
        RecipeReference={"Name": "recipe"},
        Outputs=[{"Location": {"Bucket": "bucket"}}],
    )
    return client, lambda: client.describe_job(Name="job")


def _emr_serverless() -> tuple[Any, Call]:
    client = _client("emr-serverless")
    made = client.create_application(name="app", releaseLabel="emr-6.6.0", type="SPARK", clientToken="token")
    return client, lambda: client.get_application(applicationId=made["applicationId"])


def _sagemaker() -> tuple[Any, Call]:
    client = _client("sagemaker")
    client.create_training_job(
        TrainingJobName="job",
        AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"},
        RoleArn=_ROLE,
        OutputDataConfig={"S3OutputPath": "s3://bucket/data"},
        ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30},
        StoppingCondition={"MaxRuntimeInSeconds": 60},
    )
    return client, lambda: client.describe_training_job(TrainingJobName="job")
