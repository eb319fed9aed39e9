"""
Settings of the environment that can't be meant: `ConfigurationError` where they matter, nothing where they don't.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ProfileNotFound
from support.answers import KEY, KEY_ID
from support.fault_server import FaultServer
from support.faults import answer
from support.outcomes import attempt
from support.samples import REAL_ARN

from braket_jobs import ConfigurationError, Job, JobsClient
from braket_jobs._aws.clients import ClientPool
from braket_jobs._aws.protocols import ClientSettings
from braket_jobs.errors.asked import Asked


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)


def _outcome(region_name: str | None = None) -> Job | Exception:
    with FaultServer(answer()) as server:
        client = JobsClient(endpoint_url=server.url, region_name=region_name)
        return attempt(lambda: client.get_job(REAL_ARN))


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("AWS_DEFAULTS_MODE", "bogus"),
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "many"),
        ("AWS_PROFILE", "nobody"),
    ],
)
def test_a_setting_that_cannot_be_meant(monkeypatch: pytest.MonkeyPatch, name: str, setting: str) -> None:
    """
    A setting that botocore refuses is named in the error.
    """
    monkeypatch.setenv(name, setting)

    error = _outcome()

    assert type(error) is ConfigurationError
    assert setting in str(error)


@pytest.mark.parametrize(
    ("name", "setting"), [("AWS_RETRY_MODE", "bogus"), ("AWS_MAX_ATTEMPTS", "many"), ("AWS_MAX_ATTEMPTS", "0")]
)
def test_settings_about_retries_do_not_matter(monkeypatch: pytest.MonkeyPatch, name: str, setting: str) -> None:
    """
    A client built here doesn't retry by itself, so what the environment says about that is not read.
    """
    monkeypatch.setenv(name, setting)

    job = _outcome()

    assert isinstance(job, Job)


def test_a_mode_of_defaults_has_its_effect_in_a_config() -> None:
    """
    The documentation's way to the shorter connect timeout of the mode "standard".
    """
    pool = ClientPool(
        ClientSettings(config=Config(defaults_mode=cast("Any", "standard")))
    )  # botocore-stubs take it for a bool

    client: Any = pool.client_for("us-east-1", Asked())

    assert client.meta.config.connect_timeout == 3.1


@pytest.mark.parametrize("region", ["a region", "-us-east-1", "us-east-1.evil.example", "us-east-1/", "é"])
def test_a_region_that_is_none(region: str) -> None:
    """
    A region that can't be part of a host name is refused before anything is sent.
    """
    error = _outcome(region)

    assert type(error) is ConfigurationError


def test_a_configuration_file_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    A configuration file that can't be parsed is named in the error.
    """
    file = tmp_path / "config"
    file.write_text("[default\nx")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))

    error = _outcome()

    assert type(error) is ConfigurationError
    assert str(file) in str(error)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("braket/2019-09-01/service-2.json", "{"),
        ("braket/2019-09-01/service-2.json", "[]"),
        ("braket/2019-09-01/service-2.json", "{}"),
        ("braket/2019-09-01/service-2.json", '{"metadata": {}}'),
        ("braket/2019-09-01/endpoint-rule-set-1.json", "{"),
        ("endpoints.json", "{"),
        ("partitions.json", "{"),
    ],
)
@pytest.mark.parametrize("make_session", [lambda: None, boto3.Session], ids=["ours", "boto3's"])
def test_data_files_that_are_none(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    file: str,
    text: str,
    make_session: Callable[[], boto3.Session | None],
) -> None:
    """
    A broken file in AWS_DATA_PATH is a wrong setting, whoever's loader reads it.
    """
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text)
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    with FaultServer(answer()) as server:
        client = JobsClient(session=make_session(), endpoint_url=server.url)
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert type(error) is ConfigurationError
    assert server.hits == 0
    assert "AWS_DATA_PATH" in str(error)


def test_a_handler_that_fails_while_a_client_is_built_fails_as_itself() -> None:
    """
    A bug in what somebody hangs into the building of clients is no wrong setting.
    """
    session = boto3.Session()

    def fail(**_: object) -> None:
        raise LookupError("mine")

    session.events.register("creating-client-class.braket", fail)

    error = attempt(lambda: JobsClient(session=session).get_job(REAL_ARN))

    assert type(error) is LookupError


def test_a_profile_of_the_callers_session_fails_where_it_is_made() -> None:
    """
    boto3 refuses an unknown profile itself, before anything of ours is asked.
    """
    with pytest.raises(ProfileNotFound):
        boto3.Session(profile_name="nobody")


def test_a_bundle_of_certificates_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    AWS_CA_BUNDLE with no certificate in it is named in the advice.
    """
    file = tmp_path / "bundle.pem"
    file.write_text("nothing")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(file))
    with FaultServer(answer()) as server:
        client = JobsClient(endpoint_url=f"https://{server.address}")
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert type(error) is ConfigurationError
    assert "AWS_CA_BUNDLE" in str(error)
