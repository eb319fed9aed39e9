"""
What `pip install braket-jobs` brings.
"""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

import braket_jobs

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """
    The wheel that is built from this checkout.
    """
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    """
    The wheel's metadata.
    """
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return message_from_bytes(wheel.read(name))


def test_the_wheel_holds_the_package_and_its_types(wheel: zipfile.ZipFile) -> None:
    """
    Every module, `py.typed`, the licence, and nothing beside the package.
    """
    names = set(wheel.namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "braket_jobs").rglob("*.py")}

    assert modules | {"braket_jobs/py.typed"} <= names
    assert {name.split("/")[0].removesuffix(".dist-info") for name in names} == {
        "braket_jobs",
        f"braket_jobs-{braket_jobs.__version__}",
    }
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_needs_five_libraries(metadata: Message) -> None:
    """
    Without extras: attrs, boto3, botocore, cattrs and tenacity.
    """
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]

    assert sorted(line.split(">")[0] for line in required) == ["attrs", "boto3", "botocore", "cattrs", "tenacity"]


def test_every_requirement_has_a_lower_bound(metadata: Message) -> None:
    """
    What has no bound can't be tested at it.
    """
    required = metadata.get_all("Requires-Dist", [])

    assert required
    assert [line for line in required if ">=" not in line] == []


def test_the_readme_is_short_enough_to_read(metadata: Message) -> None:
    """
    110 lines at most, and it is what the package index shows.
    """
    readme = (ROOT / "README.md").read_bytes()

    assert len(readme.splitlines()) <= 110
    assert metadata.get_payload(decode=True) == readme
