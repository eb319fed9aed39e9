"""
What to do about an error, where more can be said than the advice that every error of its class carries.

A hint names the thing to change: the client's region, the clock, the profile, the policy. It is made of our own words
and of the ARN alone, never of the service's text, which is only looked at.
"""

import re
from collections.abc import Mapping

from braket_jobs._aws.classes import botocore_names
from braket_jobs._aws.origin import unloaded_file
from braket_jobs._wire.untrusted import mapping
from braket_jobs.errors import tree
from braket_jobs.errors.asked import Asked

_REGION = re.compile(r"arn:[^:]*:braket:([a-z0-9-]{1,63}):")
_ASKED_ELSEWHERE = (tree.AccessDeniedError, tree.AuthenticationError, tree.JobNotFoundError, tree.ValidationError)

_CLOCK = "Set the clock of this machine: signatures are good for a few minutes only."
_RENEW = "Renew the credentials: the session they belong to has ended."
_KEYS = "Check the access key; in an opt-in region, check that the account has enabled the region."
_ENABLE = "Enable Amazon Braket for this account (AWS console, Amazon Braket)."
_POLICY = "A policy denies {action} explicitly: ask whoever manages the account's policies."
_IN_ANY_REGION = frozenset({_CLOCK, _RENEW})  # the job's region would say the same
_STRANGER = "The answer bears no mark of AWS: check the proxy or firewall between here and the endpoint."
_FILES = (
    "Check client_cert, verify and proxies_config of the client's settings, AWS_CA_BUNDLE, and the files they name."
)
_AGAIN = "Try again later: who gives out the credentials could not do so just now."

_BY_CODE: Mapping[str | None, str] = {
    "ExpiredToken": _RENEW,
    "ExpiredTokenException": _RENEW,
    "InvalidClientTokenId": _KEYS,
    "OptInRequired": _ENABLE,
    "RequestExpired": _CLOCK,
    "RequestTimeTooSkewed": _CLOCK,
    "SubscriptionRequiredException": _ENABLE,
    "UnrecognizedClientException": _KEYS,
}
_BY_WORDS = (
    (tree.AccessDeniedError, "explicit deny", _POLICY),
    (tree.AuthenticationError, "signature expired", _CLOCK),
    (tree.AuthenticationError, "not yet current", _CLOCK),
)
_REFUSALS = range(400, 500)
_BY_STATUS: Mapping[int | None, str] = {
    **dict.fromkeys(range(300, 400), "Redirects are never followed: check the endpoint and any proxy."),
    404: "Check the endpoint: what answered is not Amazon Braket.",
    407: "The proxy wants credentials: check HTTPS_PROXY and the proxies of the client's botocore Config.",
}
_PROFILE = "with '--profile' and its name unless it is the default profile's."
_BY_CLASS: Mapping[str, str] = {
    "InvalidRegionError": "Pass a region such as 'us-east-1', or set AWS_DEFAULT_REGION to one.",
    "LoginError": f"Sign in again: run 'aws login', {_PROFILE}",
    "LoginInsufficientPermissions": "Allow the action signin:CreateOAuth2Token to the identity that signs in.",
    "NoRegionError": "Pass region_name, or regions to a search, or set AWS_DEFAULT_REGION.",
    "PartialCredentialsError": "Set what is missing: an access key has an id and a secret, a role has a source.",
    "ProfileNotFound": "Check AWS_PROFILE and the profiles in ~/.aws/config.",
    **dict.fromkeys(["SSOError", "TokenRetrievalError"], f"Sign in again: run 'aws sso login', {_PROFILE}"),
}
_OF_SEARCHES: Mapping[type[tree.BraketJobsError], str] = {
    tree.JobNotFoundError: "Check the name, the account and the region.",
    tree.ValidationError: "Check the name, the device and the times that are searched for.",
}
# What botocore and Python say of a data file that is no model; `KeyError` and its like come out of other settings too.
_OF_BROKEN_DATA = frozenset({"AttributeError", "JSONDecodeError", "MissingServiceIdError"})
_DATA = "Check the files in AWS_DATA_PATH and ~/.aws/models: botocore can't read one of its data files there."


def hint_for(
    kind: type[tree.BraketJobsError],
    error: BaseException,
    response: Mapping[str, object],
    words: str,
    code: str | None,
    status: int | None,
    asked: Asked,
    client_region: str | None,
    *,
    retryable: bool,
) -> str | None:
    """
    Return what to do about `error`, which means `kind`; None if the advice of its class is all there is to say.
    """
    by_words = (hint for of, marker, hint in _BY_WORDS if kind is of and marker in words.lower())
    told = _BY_CODE.get(code) or next(by_words, None)
    return (
        (_stranger(response, status) if code is None else None)
        or (told if told in _IN_ANY_REGION else None)
        or _other_region(kind, asked.job_arn or "", client_region)
        or (told and told.format(action=asked.action))
        or (_FILES if unloaded_file(error) else None)
        or (_DATA if kind is tree.ConfigurationError and type(error).__name__ in _OF_BROKEN_DATA else None)
        or next((_BY_CLASS[name] for name in botocore_names(error) if name in _BY_CLASS), None)
        or (_AGAIN if kind is tree.CredentialsError and retryable else None)
        or (None if code or kind is tree.CredentialsError else _BY_STATUS.get(status))
        or (_OF_SEARCHES.get(kind) if asked.job_arn is None else None)
    )


def _stranger(response: Mapping[str, object], status: int | None) -> str | None:
    # whoever stands between refuses with a page of his own, and neither policies nor keys are what he is about
    headers = mapping(mapping(response.get("ResponseMetadata")).get("HTTPHeaders"))
    is_aws = any(name.startswith("x-amz") for name in headers)
    return _STRANGER if headers and not is_aws and status in _REFUSALS and status not in _BY_STATUS else None


def _other_region(kind: type[tree.BraketJobsError], job_arn: str, client_region: str | None) -> str | None:
    match = _REGION.match(job_arn)
    if match is None or client_region in {None, match[1]} or not issubclass(kind, _ASKED_ELSEWHERE):
        return None
    return f"The job is in {match[1]} but the client asks {client_region}: use a client of the job's region."
