"""
The one door to what calls need: botocore, cattrs and tenacity come in here, with the first call.

Until then they are not loaded, since importing them takes longer than importing all the rest. What is imported here is
imported holding `_forks.importing`, for which a fork waits: a child that is forked during an import could never finish
it. Nothing behind this door imports inside a function.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from braket_jobs._aws.protocols import GetJobClient
from braket_jobs._forks import importing
from braket_jobs._quota.bucket import Quotas
from braket_jobs.model.job import Job

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

    from braket_jobs._call.caller import Caller, ClientPool, PassedClient


def caller_with_own_clients(
    session: "boto3.Session | None",
    region_name: str | None,
    endpoint_url: str | None,
    config: "Config | None",
    *,
    sleep: Callable[[float], None],
    quotas: Quotas,
) -> "Caller":
    """
    Return a caller that builds its own clients, when it first needs them.
    """
    caller, pool, _ = _classes()
    return caller(source=pool(session, region_name, endpoint_url, config), quotas=quotas, sleep=sleep)


def caller_with_passed_client(
    client: GetJobClient, *, is_inherited: bool, sleep: Callable[[float], None], quotas: Quotas
) -> "Caller":
    """
    Return a caller that uses `client`; or refuses it, if it was passed in before this process was forked.
    """
    caller, _, passed = _classes()
    return caller(source=passed(client, is_inherited=is_inherited), quotas=quotas, sleep=sleep)


def job_from_document(document: Mapping[str, Any]) -> Job:
    read, _ = _conversions()
    return read(document)


def job_to_document(job: Job) -> dict[str, Any]:
    _, write = _conversions()
    return write(job)


def _classes() -> "tuple[type[Caller], type[ClientPool], type[PassedClient]]":
    with importing:
        from braket_jobs._call.caller import Caller, ClientPool, PassedClient  # noqa: PLC0415  # lazy: see above
    return Caller, ClientPool, PassedClient


def _conversions() -> tuple[Callable[[Mapping[str, Any]], Job], Callable[[Job], dict[str, Any]]]:
    with importing:
        from braket_jobs._wire.structure import job_from_document, job_to_document  # noqa: PLC0415  # lazy: cattrs
    return job_from_document, job_to_document
