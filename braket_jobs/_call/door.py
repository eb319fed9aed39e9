"""
The one lazy door: botocore, cattrs and tenacity come in here, with the first call that needs them.

Until then they are not loaded, since importing them takes longer than importing all the rest. What comes in here comes
in holding `_process.importing`, for which a fork waits: a child that is forked during an import could never finish it.
Nothing behind this door imports inside a function.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from braket_jobs._aws.protocols import ClientSettings
from braket_jobs._process import importing, not_collecting
from braket_jobs._quota.bucket import Quotas
from braket_jobs.model.job import Job
from braket_jobs.model.summary import JobSummary

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

    from braket_jobs._aws.sessions import LightSession
    from braket_jobs._call.caller import Caller


def new_caller(
    client: object,
    settings: ClientSettings,
    *,
    is_inherited: bool,
    sleep: Callable[[float], None],
    quotas: Quotas,
) -> "Caller":
    """
    Return a caller that asks with `client`, or with clients of its own, built when it first needs them.

    A client that is inherited, since this process was forked after it was passed in, is refused at each call.
    """
    caller, _ = _calls()
    return caller.asking_with(client, settings, is_inherited=is_inherited, sleep=sleep, quotas=quotas)


def session_for(profile_name: str) -> "boto3.Session":
    _, sessions = _calls()
    return sessions.for_profile(profile_name)


def config_with_timeout(seconds: float) -> "Config":
    _, sessions = _calls()
    return sessions.config_with_timeout(seconds)


def job_from_document(document: Mapping[str, Any]) -> Job:
    read, _, _ = _conversions()
    return read(document)


def job_to_document(job: Job) -> dict[str, Any]:
    _, write, _ = _conversions()
    return write(job)


def summary_to_document(summary: JobSummary) -> dict[str, Any]:
    _, _, write = _conversions()
    return write(summary)


def _calls() -> "tuple[type[Caller], type[LightSession]]":
    with importing, not_collecting():
        from braket_jobs._call.caller import Caller, LightSession  # noqa: PLC0415  # lazy: it brings botocore
    return Caller, LightSession


def _conversions() -> tuple[
    Callable[[Mapping[str, Any]], Job], Callable[[Job], dict[str, Any]], Callable[[JobSummary], dict[str, Any]]
]:
    with importing, not_collecting():
        from braket_jobs._wire import structure  # noqa: PLC0415  # lazy: cattrs
    return structure.job_from_document, structure.job_to_document, structure.summary_to_document
