"""
What `import braket_jobs` gives, and what it doesn't do.
"""

import ast
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import attrs
import pytest

import braket_jobs
from braket_jobs import Job
from braket_jobs.errors.tree import BraketJobsError

# What both type checkers read as a user's: the promised names are those that are imported there.
TYPED = [ast.parse(path.read_text()) for path in (Path(__file__).parent / "typing").glob("*.py")]
IMPORTS = [node for tree in TYPED for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
FACE = {alias.name for node in IMPORTS if node.module == "braket_jobs" for alias in node.names} - {"testing"}
HEAVY = {"asyncio", "boto3", "botocore", "cattrs", "tenacity", "moto", "rich", "urllib3", "dateutil"}


def in_a_fresh_process(code: str) -> object:
    """
    Return what `code` prints as JSON in a Python of its own.
    """
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def test_the_face_is_the_promised_one() -> None:
    """
    `__all__` is the list of names that users may depend on, sorted: what a user's files import.
    """
    assert set(braket_jobs.__all__) == FACE
    assert braket_jobs.__all__ == sorted(braket_jobs.__all__)


def test_every_name_of_the_face_has_its_type_asserted() -> None:
    """
    In the files that both type checkers read as a user's.
    """
    calls = [node for tree in TYPED for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asserted = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "assert_type"]

    assert FACE - {name.id for call in asserted for name in ast.walk(call) if isinstance(name, ast.Name)} == set()


def test_dir_lists_the_face() -> None:
    """
    Whoever explores it finds every name.
    """
    assert set(braket_jobs.__all__) <= set(dir(braket_jobs))


@pytest.mark.parametrize("name", braket_jobs.__all__)
def test_every_name_is_there(name: str) -> None:
    """
    What `__all__` lists can be imported, and lives where its `__module__` says.
    """
    thing = getattr(braket_jobs, name)

    assert getattr(sys.modules[thing.__module__], thing.__name__) is thing


def test_every_error_of_the_tree_is_in_the_face() -> None:
    """
    Whatever can be raised can be caught by name.
    """

    def names(kind: type[BraketJobsError]) -> set[str]:
        return {kind.__name__}.union(*map(names, kind.__subclasses__()))

    assert names(BraketJobsError) <= set(braket_jobs.__all__)


@pytest.mark.parametrize(
    "statement", ["import braket_jobs", "from braket_jobs import *", "import braket_jobs.pytest_plugin"]
)
def test_importing_brings_nothing_heavy(statement: str) -> None:
    """
    boto3, botocore, cattrs and tenacity come with the first call.
    """
    loaded = in_a_fresh_process(f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))")

    assert isinstance(loaded, list)
    assert "braket_jobs" in loaded
    assert HEAVY.isdisjoint(loaded)


def test_a_first_wait_leaves_what_is_heavy_to_its_threads() -> None:
    """
    An event loop that waits for the first time would stand still for the tenth of a second that botocore takes.
    """
    code = """
import asyncio, json, sys, threading
from contextlib import suppress
from braket_jobs import AsyncJobsClient
threading.Thread.start = lambda thread: None
wait = AsyncJobsClient().wait("arn:aws:braket:us-east-1:123456789012:job/a", timeout=None)
with suppress(TimeoutError):
    asyncio.run(asyncio.wait_for(wait, 0.1))
print(json.dumps(sorted(sys.modules)))
"""

    loaded = in_a_fresh_process(code)

    assert isinstance(loaded, list)
    assert (HEAVY - {"asyncio"}).isdisjoint(loaded)


def test_importing_reads_no_environment_and_sets_up_no_logging() -> None:
    """
    No handler that writes, no variable of the environment that tells AWS's clients anything, no thread.
    """
    code = """
import json, logging, os, threading
seen = []
real = os._Environ.__getitem__
os._Environ.__getitem__ = lambda self, key: (seen.append(key), real(self, key))[1]
import braket_jobs
handlers = logging.root.handlers + logging.getLogger("braket_jobs").handlers
handlers = [each for each in handlers if type(each) is not logging.NullHandler]
print(json.dumps([[key for key in seen if key.startswith("AWS")], len(handlers), threading.active_count()]))
"""

    assert in_a_fresh_process(code) == [[], 0, 1]


def test_the_version_is_the_installed_one() -> None:
    """
    Without asking the package's metadata, which a frozen program may not have.
    """
    assert braket_jobs.__version__ == version("braket-jobs")


MODELS = [
    name
    for name in braket_jobs.__all__
    if attrs.has(getattr(braket_jobs, name)) and not issubclass(getattr(braket_jobs, name), Exception)
]


@pytest.mark.parametrize("name", MODELS)
def test_every_model_is_frozen_and_by_keyword(name: str) -> None:
    """
    A model takes keywords only, and no field can be assigned.
    """
    model = getattr(braket_jobs, name)

    assert all(field.kw_only for field in attrs.fields(model))
    assert model.__setattr__ is not object.__setattr__
    assert model.__hash__ is not None


def test_job_has_the_21_members_and_a_request_id() -> None:
    """
    The members of GetJobResponse, and what support asks for.
    """
    assert len(attrs.fields(Job)) == 22


def test_showing_a_job_imports_nothing() -> None:
    """
    What a value needs came with it, so a child that was forked during another thread's first `str(job)` can't hang.
    """
    code = """
import json, sys
from datetime import UTC, datetime
from braket_jobs import AlgorithmSpecification, InstanceConfig, InstanceType, Job, JobStatus, OutputDataConfig
job = Job(
    job_arn="arn:aws:braket:us-east-1:123456789012:job/a", job_name="a", status=JobStatus.QUEUED,
    created_at=datetime.now(UTC), role_arn="arn", algorithm_specification=AlgorithmSpecification(),
    instance_config=InstanceConfig(instance_type=InstanceType.ML_M5_LARGE, volume_size_in_gb=30),
    output_data_config=OutputDataConfig(s3_path="s3://bucket"),
)
before = set(sys.modules)
str(job)
print(json.dumps(sorted(set(sys.modules) - before)))
"""

    assert in_a_fresh_process(code) == []
