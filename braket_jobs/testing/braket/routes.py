"""
From an HTTP request to an operation and its input, as the service model says. No moto.

moto's own routing has changed from release to release; this asks nothing of it but method, raw path, query and body.
A label in a path is taken greedily, since an ARN may hold slashes, and is unquoted once.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast
from urllib.parse import parse_qs, unquote

import attrs

from braket_jobs.testing._service_model import service_model
from braket_jobs.testing.life import Document


@attrs.frozen(kw_only=True)
class Route:
    """
    One operation of Braket, and where it is found.

    Attributes:
        method: The HTTP method.
        path: A pattern of the whole path, percent-encoded, with a group for each label.
        name: The operation's name.
        input_shape: The model's shape of its input.
        status: The HTTP status of its answer.
    """

    method: str
    path: str
    name: str
    input_shape: Any
    status: int


@attrs.frozen(kw_only=True)
class Call:
    """
    A request to Braket, understood.

    Attributes:
        route: The operation.
        labels: What stands in the path, unquoted.
    """

    route: Route
    labels: Mapping[str, str]


@cache
def routes() -> tuple[Route, ...]:
    """
    Return all operations of Braket, the longest path first: ``/job/{jobArn}/cancel`` before ``/job/{jobArn}``.
    """
    model = service_model()
    operations = [model.operation_model(name) for name in model.operation_names]
    operations.sort(key=lambda operation: len(operation.http["requestUri"]), reverse=True)
    return tuple(
        Route(
            method=operation.http["method"],
            path=re.sub(r"{(\w+)\+?}", r"(?P<\1>.*)", operation.http["requestUri"]),
            name=operation.name,
            input_shape=operation.input_shape,
            status=operation.http["responseCode"],
        )
        for operation in operations
    )


def find(method: str, raw_path: str) -> Call:
    """
    Return which operation a request calls, on what.

    Args:
        method: The HTTP method.
        raw_path: The path as it was sent, percent-encoded.

    Returns:
        The call.

    Raises:
        LookupError: If Braket has no such operation.
    """
    for route in routes():
        match = re.fullmatch(route.path, raw_path) if route.method == method else None
        if match:
            labels = {name: unquote(label) for name, label in match.groupdict().items()}
            return Call(route=route, labels=labels)
    raise LookupError(f"Braket has no {method} {raw_path}")


def request_members(call: Call, query: str, body: str | bytes) -> Document:
    """
    Return the input of `call`, gathered from path, query string and body; what the model doesn't know is left out.

    Raises:
        ValueError: If the body is not JSON.
        TypeError: If it is JSON, but no object.
    """
    sources: dict[str | None, Mapping[str, object]] = {
        "uri": call.labels,
        "querystring": parse_qs(query, keep_blank_values=True),
        None: _json_object(body),
    }
    found = {
        name: sources[member.serialization.get("location")].get(member.serialization.get("name", name))
        for name, member in call.route.input_shape.members.items()
    }
    return {name: value for name, value in found.items() if value is not None}


def _json_object(body: str | bytes) -> dict[str, Any]:
    document = json.loads(body or "{}")
    if not isinstance(document, dict):
        raise TypeError("the body is not a JSON object")
    return cast("dict[str, Any]", document)
