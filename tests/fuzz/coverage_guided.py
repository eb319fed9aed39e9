"""
Look for crashes of botocore's parser and our conversion with a coverage-guided fuzzer: ``make fuzz-coverage``.

Starts from the samples, mutates bytes, and keeps what reaches new code. Whatever the bytes are, a job comes out or
`InvalidResponseError`; anything else ends the run and is written to a file.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

_SAMPLES = Path(__file__).parent.parent / "samples"
_SECONDS = 600
_WORDS = (
    *[
        "QUEUED",
        "RUNNING",
        "COMPLETED",
        "FAILED",
        "CANCELLING",
        "CANCELLED",
        "NONE",
        "GZIP",
        "JOBS_QUEUE",
        "None",
        "null",
        "true",
        "false",
        "NaN",
        "Infinity",
    ],
    *(">15", "1e999", "2025-05-16T14:00:00Z", "+23:59", "\\\\ud800", "[[[[[[[[", "{{{{{{{{"),
)


def main() -> None:
    """
    Fuzz for ten minutes, or as the arguments to libFuzzer say.
    """
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["botocore.parsers", "braket_jobs"]):
        check = _check()
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for file in _SAMPLES.glob("*.json"):
            (corpus / file.name).write_bytes(file.read_bytes())
        words.write_text("\n".join(f'"{word}"' for word in (*_WORDS, *_members())))
        arguments = sys.argv[1:] or [f"-max_total_time={_SECONDS}", "-max_len=8192", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *arguments, f"-dict={words}", str(corpus)], check)
        atheris.Fuzz()


def _members() -> set[str]:
    return {name for file in _SAMPLES.glob("*.json") for name in json.loads(file.read_text())}


def _check() -> Callable[[bytes], None]:
    from botocore.parsers import create_parser
    from botocore.session import get_session

    from braket_jobs import InvalidResponseError
    from braket_jobs._aws.body import read
    from braket_jobs._aws.translate import translate
    from braket_jobs._wire.structure import job_from_response
    from braket_jobs.errors.asked import Asked

    operation = get_session().get_service_model("braket").operation_model("GetJob")
    shape = operation.service_model.shape_for("GetJobResponse")
    parser = create_parser("rest-json")

    def check(data: bytes) -> None:
        answer = {"body": data, "headers": {}, "status_code": 200}
        job: dict[str, Any] = {}
        try:
            if len(data) % 2:  # as a client that is built here
                read(operation_model=operation, response_dict=answer, customized_response_dict=job)
            response = parser.parse(answer, shape) | job
        except Exception as error:  # whatever it is, it has to be translated
            if not isinstance(
                translate(error, Asked(job_arn=""), client_region=None, attempts=1), InvalidResponseError
            ):
                raise
            return
        with suppress(InvalidResponseError):
            hash(job_from_response(response, Asked(job_arn=""), attempts=1))

    return check


if __name__ == "__main__":
    main()
