"""
An ARN is taken apart, or refused before any request.
"""

import pickle
from typing import Any

import pytest
from support.samples import REAL_ARN

from braket_jobs import InvalidJobArnError, JobArn


def test_parts_of_the_real_arn() -> None:
    """
    Partition, region, account and id are told apart.
    """
    arn = JobArn.parse(REAL_ARN)

    assert (arn.partition, arn.region, arn.account_id) == ("aws", "us-east-1", "123456789012")
    assert arn.job_id == "acc51817-2b7a-48ed-8dee-fffc87703b10"


@pytest.mark.parametrize(
    "text",
    [
        REAL_ARN,
        "arn:aws:braket:us-west-2:123456789012:job/job-test-20210628140446",
        "arn:aws-us-gov:braket:us-gov-west-1:123456789012:job/a",
        "arn:aws:braket:eu-north-1:123456789012:job/part/of_it.v2",
    ],
)
def test_an_arn_prints_itself_back(text: str) -> None:
    """
    `str` of a parsed ARN is the text it came from.
    """
    assert str(JobArn.parse(text)) == text


def test_an_arn_is_a_value() -> None:
    """
    Equal texts make equal, hashable, picklable ARNs.
    """
    arn = JobArn.parse(REAL_ARN)

    assert {arn} == {JobArn.parse(REAL_ARN), pickle.loads(pickle.dumps(arn))}


def test_parts_make_an_arn() -> None:
    """
    The partition is aws unless said otherwise.
    """
    arn = JobArn(region="us-east-1", account_id="123456789012", job_id="a")

    assert str(arn) == "arn:aws:braket:us-east-1:123456789012:job/a"


def test_parts_that_make_no_arn_are_refused() -> None:
    """
    There is no `JobArn` that isn't one.
    """
    with pytest.raises(InvalidJobArnError):
        JobArn(region="us-east-1", account_id="1", job_id="a")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "it is empty"),
        ("acc51817", "it isn't an ARN"),
        (REAL_ARN + "a" * 1024, "it is longer than 1024 characters"),
        ("arn:aws:s3:::bucket/job/a", "it is an ARN of another service"),
        ("arn:aws:braket:us-east-1:123456789012:quantum-task/a", "it is the ARN of a quantum task"),
        ("arn:aws:braket:::device/quantum-simulator/amazon/sv1", "it is the ARN of a device"),
        ("arn:aws:braket:us-east-1:123456789012:reservation/a", "it is the ARN of a reservation"),
        ("arn:aws:braket:us-east-1:123456789012:toaster/a", "it is the ARN of something else in Braket"),
        ("arn:aws:braket:us-east-1:123456789012:job/", "partition, region, account or job id is malformed"),
        (REAL_ARN + "\n", "partition, region, account or job id is malformed"),
    ],
)
def test_what_is_no_jobs_arn_is_told(text: str, what: str) -> None:
    """
    The error says what the text is instead, and is a ValueError too.
    """
    with pytest.raises(InvalidJobArnError) as caught:
        JobArn.parse(text)

    assert caught.value.message == what
    assert caught.value.job_arn == text[:1024]
    assert isinstance(caught.value, ValueError)
    assert not caught.value.retryable


@pytest.mark.parametrize("value", [None, 5, REAL_ARN.encode(), ["a"], ["a"] * 2000])
def test_what_is_no_text_is_a_type_error(value: object) -> None:
    """
    A wrong type is the caller's mistake, not a malformed ARN.
    """
    with pytest.raises(TypeError, match=f"^an ARN is text, not {type(value).__name__}$"):
        JobArn.parse(value)  # type: ignore[arg-type]  # that is the mistake


@pytest.mark.parametrize(("length", "what"), [(1024, "it isn't an ARN"), (1025, "it is longer than 1024 characters")])
def test_the_longest_text_that_is_looked_at_has_1024_characters(length: int, what: str) -> None:
    """
    The bound itself is still within.
    """
    with pytest.raises(InvalidJobArnError) as caught:
        JobArn.parse("x" * length)

    assert caught.value.message == what


def test_an_arn_of_1024_characters_is_one() -> None:
    """
    The longest ARN is accepted whole.
    """
    arn = REAL_ARN + "a" * (1024 - len(REAL_ARN))

    assert str(JobArn.parse(arn)) == arn


def test_the_parts_are_text() -> None:
    """
    A number that looks like an account would make an ARN that is unequal to its own text's.
    """
    account: Any = 123456789012

    with pytest.raises(TypeError, match="text"):
        JobArn(region="us-east-1", account_id=account, job_id="a")
