"""
Our tables against the service model of the botocore that is installed.

When AWS adds something, a test here fails and names it. The library itself goes on working.
"""

import re
from typing import Any, get_args

import attrs
import pytest
from botocore.model import Shape, StructureShape
from support.documents import get_job_operation, service_model

from braket_jobs._aws.classes import kind_of_answer
from braket_jobs._wire.names import wire_name
from braket_jobs.errors.failure import ProgramSetValidationFailure
from braket_jobs.errors.tree import (
    AccessDeniedError,
    InternalServiceError,
    JobNotFoundError,
    ServiceError,
    ThrottlingError,
    ValidationError,
)
from braket_jobs.model import enums, parts
from braket_jobs.model.arn import JobArn
from braket_jobs.model.enums import OpenStrEnum
from braket_jobs.model.job import Job
from braket_jobs.model.summary import JobSummary, SummaryPage

# The shape that each class of ours stands for; `Job` is GetJobResponse itself.
SHAPES: dict[type[attrs.AttrsInstance], str] = {
    Job: "GetJobResponse",
    parts.AlgorithmSpecification: "AlgorithmSpecification",
    parts.Association: "Association",
    parts.CheckpointConfig: "JobCheckpointConfig",
    parts.ContainerImage: "ContainerImage",
    parts.DataSource: "DataSource",
    parts.DeviceConfig: "DeviceConfig",
    parts.InputFileConfig: "InputFileConfig",
    parts.InstanceConfig: "InstanceConfig",
    parts.JobEvent: "JobEventDetails",
    parts.OutputDataConfig: "JobOutputDataConfig",
    parts.QueueInfo: "HybridJobQueueInfo",
    parts.S3DataSource: "S3DataSource",
    parts.ScriptModeConfig: "ScriptModeConfig",
    parts.StoppingCondition: "JobStoppingCondition",
    ProgramSetValidationFailure: "ProgramSetValidationFailure",
    JobSummary: "JobSummary",
    SummaryPage: "SearchJobsResponse",
}
# An older botocore doesn't know every shape yet.
KNOWN = {kind: name for kind, name in SHAPES.items() if name in service_model().shape_names}
ENUMS: dict[type[OpenStrEnum], str] = {
    enums.AssociationType: "AssociationType",
    enums.CompressionType: "CompressionType",
    enums.InstanceType: "InstanceType",
    enums.JobEventType: "JobEventType",
    enums.JobStatus: "JobPrimaryStatus",
    enums.QueueName: "QueueName",
}
# A modelled error's class, its HTTP status, and its members beyond the message.
ERRORS: dict[str, tuple[type[ServiceError], int, set[str]]] = {
    "AccessDeniedException": (AccessDeniedError, 403, set()),
    "InternalServiceException": (InternalServiceError, 500, set()),
    "ResourceNotFoundException": (JobNotFoundError, 404, set()),
    "ThrottlingException": (ThrottlingError, 429, set()),
    "ValidationException": (ValidationError, 400, {"reason", "programSetValidationFailures"}),
}


def structure(name: str) -> StructureShape:
    shape = service_model().shape_for(name)
    assert isinstance(shape, StructureShape)
    return shape


def wire_fields(kind: type[attrs.AttrsInstance]) -> dict[str, "attrs.Attribute[Any]"]:
    return {wire_name(field.name): field for field in attrs.fields(kind) if field.name != "request_id"}


@pytest.mark.parametrize("kind", KNOWN, ids=KNOWN.get)
def test_a_class_has_exactly_the_members_of_its_shape(kind: type[attrs.AttrsInstance]) -> None:
    """
    Each member of the model is an attribute, in mechanical snake_case, and nothing else is.
    """
    ours = set(wire_fields(kind))

    assert ours == set(structure(SHAPES[kind]).members)


@pytest.mark.parametrize("kind", KNOWN, ids=KNOWN.get)
def test_a_member_is_required_exactly_where_the_model_says_so(kind: type[attrs.AttrsInstance]) -> None:
    """
    An attribute has no default exactly if its member is required.
    """
    ours = {name for name, field in wire_fields(kind).items() if field.default is attrs.NOTHING}

    assert ours == set(structure(SHAPES[kind]).required_members)


@pytest.mark.parametrize("kind", KNOWN, ids=KNOWN.get)
def test_a_member_has_the_models_type(kind: type[attrs.AttrsInstance]) -> None:
    """
    Timestamps are datetimes, integers ints, lists tuples, maps mappings, text text or an enumeration.
    """
    names = {name: kind_of(field.type) for name, field in wire_fields(kind).items()}

    assert names == {name: kind_of_shape(shape) for name, shape in structure(SHAPES[kind]).members.items()}


def kind_of(annotation: Any) -> str:
    (kind, *_) = [argument for argument in get_args(annotation) if argument is not type(None)] or [annotation]
    if "tuple[" in str(annotation):
        return "list"
    if "Mapping[" in str(annotation):
        return "map"
    if issubclass(kind, OpenStrEnum):
        return ENUMS[kind]
    return SHAPES.get(kind) or {"datetime": "timestamp", "int": "integer", "str": "string"}[kind.__name__]


def kind_of_shape(shape: Shape) -> str:
    enum = getattr(shape, "enum", [])
    if enum or shape.type_name == "structure":
        return shape.name
    return {"long": "integer"}.get(shape.type_name, shape.type_name)


@pytest.mark.parametrize("enum", ENUMS, ids=ENUMS.get)
def test_an_enumeration_has_every_value_of_the_model(enum: type[OpenStrEnum]) -> None:
    """
    Whatever the installed botocore knows has a name of ours; an older one may know less.
    """
    theirs = set(getattr(service_model().shape_for(ENUMS[enum]), "enum", []))

    assert theirs
    assert theirs - set(enum) == set()


@pytest.mark.parametrize("enum", ENUMS, ids=ENUMS.get)
def test_an_enumerations_names_are_made_of_its_values(enum: type[OpenStrEnum]) -> None:
    """
    A member's name is its value in capitals, with underscores.
    """
    names = {member.value: member.name for member in enum}

    assert names == {value: re.sub("[^A-Z0-9]", "_", value.upper()) for value in names}


def test_get_jobs_errors_are_the_five_we_have_classes_for() -> None:
    """
    A newly modelled error of GetJob would be named here.
    """
    modelled = {shape.name for shape in get_job_operation().error_shapes}

    assert modelled == set(ERRORS)


@pytest.mark.parametrize("code", ERRORS)
def test_a_modelled_error_is_of_its_class_and_has_the_members_we_read(code: str) -> None:
    """
    A member that is new would be named here; an older botocore knows fewer.
    """
    kind, status, members = ERRORS[code]
    shape = structure(code)

    assert kind_of_answer(code, None) is kind
    assert shape.metadata["error"]["httpStatusCode"] == status
    assert set(shape.members) - {"message"} <= members


def test_the_reasons_of_a_validation_exception_are_known() -> None:
    """
    There is one, where the model has reasons at all.
    """
    names = set(service_model().shape_names) & {"ValidationExceptionReason"}

    assert {reason for name in names for reason in getattr(service_model().shape_for(name), "enum", [])} <= {
        "ProgramSetValidationFailed"
    }


def test_the_request_has_the_members_we_send() -> None:
    """
    GetJob takes the ARN and the names of additional attributes, of which there is one.
    """
    operation = get_job_operation()

    names = service_model().shape_for("HybridJobAdditionalAttributeName")

    assert set(structure("GetJobRequest").members) == {"jobArn", "additionalAttributeNames"}
    assert structure("GetJobRequest").required_members == ["jobArn"]
    assert getattr(names, "enum", None) == ["QueueInfo"]
    assert operation.http["requestUri"] == "/job/{jobArn}"


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:braket:us-east-1:123456789012:job/acc51817-2b7a-48ed-8dee-fffc87703b10",
        "arn:aws-us-gov:braket:us-gov-west-1:123456789012:job/job-test-20210628140446",
        "arn:aws:braket:eu-west-2:000000000000:job/a/b.c_d",
    ],
)
def test_an_arn_we_accept_is_one_for_the_model(text: str) -> None:
    """
    Our pattern is no wider than the model's.
    """
    arn = JobArn.parse(text)

    assert str(arn) == text
    assert re.fullmatch(arn_pattern(), text)


def test_the_models_pattern_of_an_arn_is_the_one_that_ours_was_made_of() -> None:
    """
    A new one may allow what we refuse.
    """
    assert arn_pattern() == r"arn:aws[a-z\-]*:braket:[a-z0-9\-]+:[0-9]{12}:job/.*"


def arn_pattern() -> str:
    # until botocore 1.40.8 it had anchors
    pattern: str = service_model().shape_for("JobArn").metadata["pattern"]
    return pattern.removeprefix("^").removesuffix("$")
