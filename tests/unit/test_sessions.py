"""
Sessions of our own find botocore's data and name themselves in their own way, and nobody else's do.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import botocore
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from botocore.session import get_session
from support.answers import KEY, KEY_ID, http_answer
from support.samples import REAL_ARN

from braket_jobs._aws.sessions import LightSession


def test_a_session_of_ours_finds_what_botocore_finds() -> None:
    """
    Models, rules and endpoints are the same data, for the services that credentials come from too.
    """
    loaders = LightSession().core.get_component("data_loader"), get_session().get_component("data_loader")

    for name in ("braket", "sts", "sso", "sso-oidc"):
        for kind in ("service-2", "endpoint-rule-set-1"):
            ours, theirs = (loader.load_service_model(name, kind) for loader in loaders)
            assert ours == theirs
    for name in ("endpoints", "partitions", "sdk-default-configuration"):
        ours, theirs = (loader.load_data(name) for loader in loaders)
        assert ours == theirs


@pytest.mark.parametrize("name", ["no-such-service", "endpoints.json", "braket"])
def test_a_session_of_ours_knows_no_more_than_botocore(name: str) -> None:
    """
    What has no model of a kind is an unknown service to both.
    """
    for session in (LightSession().core, get_session()):
        with pytest.raises(UnknownServiceError):
            session.get_component("data_loader").load_service_model(name, "resources-1")


def test_a_session_of_ours_looks_where_it_is_told_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    AWS_DATA_PATH counts first, as for botocore.
    """
    folder = tmp_path / "braket" / "2019-09-01"
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text('{"metadata": {"serviceId": "Mine"}}')
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))

    models = [
        session.get_component("data_loader").load_service_model("braket", "service-2", "2019-09-01")
        for session in (LightSession().core, get_session())
    ]

    assert models == [{"metadata": {"serviceId": "Mine"}}] * 2


def test_other_sessions_keep_their_loader() -> None:
    """
    The component is replaced in one session only.
    """
    LightSession()

    assert type(get_session().get_component("data_loader")) is Loader


def user_agent(config: Config) -> str:
    """
    Return what a client of ours calls itself.
    """
    seen: list[str] = []

    def record(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        seen.append(cast("bytes", request.headers["User-Agent"]).decode())
        return http_answer(200, b"{}", {})

    session = LightSession()
    session.core.set_credentials(KEY_ID, KEY)
    client = session.client("braket", region_name="us-east-1", config=config)
    client.meta.events.register("before-send.braket.GetJob", cast("Callable[..., None]", record))
    cast("Any", client).get_job(jobArn=REAL_ARN)
    return seen[0]


def test_a_client_of_ours_names_us() -> None:
    """
    And what AWS's support looks for, and whatever the user has to add.
    """
    name = user_agent(Config(user_agent_extra="dashboard/2"))

    assert name.startswith(f"Botocore/{botocore.__version__} ")
    assert " lang/python#" in name
    assert "lib/braket-jobs dashboard/2" in name
    assert name.count("braket-jobs") == 1


def test_an_application_id_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    From the settings and from the environment.
    """
    set_here = user_agent(cast("type[Any]", Config)(user_agent_appid="here"))
    monkeypatch.setenv("AWS_SDK_UA_APP_ID", "there")

    assert " app/here" in set_here
    assert " app/there" in user_agent(Config())
    assert "lib/braket-jobs" in set_here


def test_a_name_of_the_users_own_counts() -> None:
    """
    A whole user agent in the settings replaces ours.
    """
    assert user_agent(Config(user_agent="mine/1")).startswith("mine/1")
