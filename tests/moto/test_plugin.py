"""
The pytest plugin: what its fixtures give, and what it costs those who use none of them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import boto3
import pytest
from moto import mock_aws
from moto.moto_api import state_manager

from braket_jobs import JobNotFoundError, get_job, testing
from braket_jobs.testing import BraketServer, JobsFactory, faults
from braket_jobs.testing.isolation import isolated

SUITE = """
def test_a(): pass
def test_b(): pass
"""
ABSENT = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CA_BUNDLE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE")
LOADED = """
import json, sys
def pytest_unconfigure():
    print("LOADED", json.dumps([name for name in sys.modules if name.split(".")[0] in {names}]))
"""


def run(folder: Path, *arguments: str, status: int = 0) -> str:
    """
    Run pytest in `folder`, apart from this project's settings.
    """
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_the_plugin_brings_nothing_heavy_to_an_unrelated_suite(tmp_path: Path) -> None:
    """
    None of the libraries that calls and tests stand on.
    """
    names = ["boto3", "botocore", "cattrs", "moto", "tenacity", "flask"]
    (tmp_path / "test_unrelated.py").write_text(SUITE)
    (tmp_path / "conftest.py").write_text(LOADED.replace("{names}", repr(set(names))))

    output = run(tmp_path, "-p", "no:hypothesispytest", "-p", "no:sybil")
    (line,) = (line for line in output.splitlines() if line.startswith("LOADED"))

    assert json.loads(line.removeprefix("LOADED ")) == []


def test_the_fixtures_need_no_import(tmp_path: Path) -> None:
    """
    They are there in every suite, with workers of pytest-xdist too.
    """
    (tmp_path / "test_jobs.py").write_text(
        "import pytest\n"
        "from braket_jobs import get_job\n"
        "@pytest.mark.parametrize('number', range(8))\n"
        "def test_a_job(braket_jobs_factory, number):\n"
        "    arn = braket_jobs_factory.create(job_name=f'job-{number}', states=['RUNNING'])\n"
        "    assert get_job(arn).job_name == f'job-{number}'\n"
    )

    output = run(tmp_path, "-n", "2")

    assert "8 passed" in output


@pytest.fixture
def a_machine_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    A machine whose configuration would lead a test astray.
    """
    config = tmp_path / "config"
    config.write_text("[default]\nregion = eu-west-2\nendpoint_url = http://127.0.0.1:1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_ENDPOINT_URL_BRAKET", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    for name in ABSENT:
        monkeypatch.setenv(name, "absent")
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")


@pytest.mark.usefixtures("a_machine_of_its_own")
def test_the_machines_configuration_stays_outside() -> None:
    """
    Neither its endpoint nor its profile nor its token reaches a test, and all are back afterwards.
    """
    with isolated():
        region = boto3.Session().region_name
        credentials = boto3.Session().get_credentials()
        found = get_job(JobsFactory().create(job_name="vqe"))

    assert found.job_name == "vqe"
    assert region == "us-east-1"
    assert credentials is not None
    assert (credentials.access_key, credentials.token) == ("FOOBARKEY", None)
    assert {name: os.environ[name] for name in ABSENT} == dict.fromkeys(ABSENT, "absent")


@pytest.mark.usefixtures("a_machine_of_its_own")
@pytest.mark.parametrize("name", ABSENT)
def test_no_variable_of_the_machines_is_left_inside(name: str) -> None:
    """
    Of those that choose profiles, roles and certificates.
    """
    with isolated():
        inside = os.environ.get(name)

    assert inside is None


@pytest.mark.usefixtures("a_machine_of_its_own")
@pytest.mark.parametrize("before", ["", "example.org"])
def test_the_machines_proxy_stays_outside(monkeypatch: pytest.MonkeyPatch, before: str) -> None:
    """
    A loopback server is asked directly, and what needed no proxy before needs none.
    """
    monkeypatch.setenv("NO_PROXY", before)
    with isolated(), BraketServer() as server:
        arn = JobsFactory().create(job_name="vqe")
        found = boto3.client("braket", endpoint_url=server.url).get_job(jobArn=arn)
        direct = os.environ["NO_PROXY"].split(",")

    assert found["jobName"] == "vqe"
    assert direct == [*filter(None, [before]), "127.0.0.1"]


def test_transitions_neither_come_in_nor_stay() -> None:
    """
    Moto would keep them for the life of the process.
    """
    state_manager.set_transition("braket::job", {"progression": "manual", "times": 5})
    with isolated():
        inside = state_manager.get_transition("braket::job")
        state_manager.set_transition("braket::job", {"progression": "manual", "times": 3})

    assert inside == {"progression": "immediate"}
    assert state_manager.get_transition("braket::job") == {"progression": "immediate"}


def test_the_environment_is_back_after_a_failure() -> None:
    """
    A test that fails spoils no other.
    """
    before = dict(os.environ)

    with pytest.raises(ZeroDivisionError):
        fail_inside()

    assert dict(os.environ) == before
    assert state_manager.get_transition("braket::job") == {"progression": "immediate"}


def fail_inside() -> None:
    with isolated():
        state_manager.set_transition("braket::job", {"progression": "manual", "times": 3})
        raise ZeroDivisionError


BESIDE_MONKEYPATCH = """
import os

NAMES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_PROFILE", "NO_PROXY")
BEFORE = {name: os.environ.get(name) for name in NAMES}

def test_first(monkeypatch, braket_jobs_factory):
    for name in NAMES:
        monkeypatch.setenv(name, "theirs")

def test_last(braket_jobs_factory, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "theirs")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

def test_undone(monkeypatch, braket_jobs_factory):
    monkeypatch.undo()

def test_nothing_left():
    pass

def setup_function():
    assert {name: os.environ.get(name) for name in NAMES} == BEFORE
"""


@pytest.mark.parametrize("machine", [{}, {"AWS_ACCESS_KEY_ID": "real", "AWS_SECRET_ACCESS_KEY": "secret"}])
def test_the_fixtures_go_with_monkeypatch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: dict[str, str]
) -> None:
    """
    Whichever a test names first, and whatever it sets or undoes, the environment is the machine's again.
    """
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in machine.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "test_jobs.py").write_text(BESIDE_MONKEYPATCH)

    output = run(tmp_path)

    assert "4 passed" in output


def test_braket_is_empty_inside_a_wider_mock() -> None:
    """
    Neither jobs nor faults nor client tokens come in, and none stay; what the wider mock has besides goes on.
    """
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="results")
        outer = JobsFactory("us-west-2").create()
        with isolated():
            first = get_job(JobsFactory().create()).status
            JobsFactory().fail(faults.ACCESS_DENIED)
            with pytest.raises(JobNotFoundError):
                get_job(outer)
        with isolated():
            second = get_job(JobsFactory().create()).status
            jobs = boto3.client("braket").search_jobs(filters=[])["jobs"]
        left = boto3.client("braket", region_name="us-east-1").search_jobs(filters=[])["jobs"]
        buckets = boto3.client("s3", region_name="us-east-1").list_buckets()["Buckets"]

    assert (first, second, len(jobs), left) == ("COMPLETED", "COMPLETED", 1, [])
    assert [bucket["Name"] for bucket in buckets] == ["results"]


def test_server_and_factory_share_their_jobs(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> None:
    """
    What one makes the other serves, and in process it is there too.
    """
    arn = braket_jobs_factory.create(job_name="vqe")
    over_http = boto3.client("braket", endpoint_url=braket_server.url)

    assert over_http.get_job(jobArn=arn)["jobName"] == "vqe"
    assert get_job(arn).job_name == "vqe"


def test_the_plainest_fixture_gives_the_testing_module(braket: ModuleType) -> None:
    """
    For whoever wants a factory for another region, or a fault, without an import.
    """
    assert braket is testing


WITHOUT_MOTO = """
import sys
sys.modules["moto"] = None
from braket_jobs.testing import job, job_document
print(job("RUNNING").status, job_document("FAILED")["status"])
try:
    from braket_jobs.testing import mock_braket
except ImportError as error:
    print(error)
try:
    from braket_jobs.testing import BraketServer
    BraketServer()
except ImportError as error:
    print(error)
"""


def test_builders_work_without_moto_and_the_rest_says_what_to_install() -> None:
    """
    The extra `testing` brings moto.
    """
    done = subprocess.run([sys.executable, "-c", WITHOUT_MOTO], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [
        "RUNNING FAILED",
        "mock_braket needs moto: pip install 'braket-jobs[testing]'",
        "the server needs more than the mock does: pip install 'braket-jobs[server]'",
    ]


def test_a_fixture_without_moto_says_what_to_install(tmp_path: Path) -> None:
    """
    In one line, without a traceback.
    """
    (tmp_path / "conftest.py").write_text("import sys\nsys.modules['moto'] = None\n")
    (tmp_path / "test_jobs.py").write_text("def test_a_job(braket_jobs_factory): pass\n")

    output = run(tmp_path, status=1)

    assert "this fixture needs moto: pip install 'braket-jobs[testing]'" in output
    assert "Traceback" not in output
    assert "another exception" not in output


def test_the_face_has_what_it_lists_and_nothing_else() -> None:
    """
    Every name of `__all__`, loaded or lazy.
    """
    missing = [name for name in testing.__all__ if not hasattr(testing, name)]

    assert missing == []
    assert testing.__all__ == sorted(testing.__all__)
    assert not hasattr(testing, "absent")
