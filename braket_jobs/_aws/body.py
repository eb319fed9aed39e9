"""
How the clients that are built here read an answer: as it is on the wire.

botocore walks through an answer by the service's model, which takes an eighth of a call; parses every time with
dateutil, 33 µs for what `datetime.fromisoformat` does in 0.1; and coerces on the way: "Tuesday" becomes a day near
today, and the volume "30" the number 30. The conversion checks every value itself, so here the JSON of a good answer
takes the place of what botocore would make of it. Whatever is no JSON object, every refusal, and the metadata of the
answer stay botocore's.
"""

import json
from typing import Any, cast

from botocore.model import OperationModel, StructureShape

from braket_jobs._wire.times import read_times

_FIRST_REFUSAL = 300


class _Read(bytes):
    """
    A body that is whole for everybody, and has nothing left in it to parse: botocore's parser asks for its truth first.
    """

    def __bool__(self) -> bool:
        return False


def read(
    *,
    operation_model: OperationModel,
    response_dict: dict[str, Any],
    customized_response_dict: dict[str, Any],
    **_: object,
) -> None:
    """
    Take the answer out of the body and hand it over as it is, before botocore parses the answer.
    """
    if response_dict["status_code"] >= _FIRST_REFUSAL:
        return
    try:
        body: object = json.loads(response_dict["body"].decode())
    except (ValueError, RecursionError):  # botocore says what it is instead
        return
    if isinstance(body, dict):
        document = cast("dict[str, Any]", body)
        response_dict["body"] = _Read(response_dict["body"])
        # only what the model knows: an answer that brings metadata of its own must not pass for botocore's
        members = cast("StructureShape", operation_model.output_shape).members
        customized_response_dict.update({name: document[name] for name in members if name in document})
        read_times(customized_response_dict)
