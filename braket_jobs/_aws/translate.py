"""
What went wrong with a call, in the words of `errors`: botocore's exception, and what our conversion adds.

Only calls that fail come here.
"""

import attrs

from braket_jobs._aws import faults
from braket_jobs._aws.origin import unread_body
from braket_jobs.codec import job_from_json
from braket_jobs.errors.tree import BraketJobsError, InvalidResponseError


def translate(error: Exception, *, job_arn: str, client_region: str | None, attempts: int) -> BraketJobsError | None:
    """
    Return the error of ours that `error` means, as `faults.translate` documents it, with the path of what is wrong.
    """
    translated = faults.translate(error, job_arn=job_arn, client_region=client_region, attempts=attempts)
    return None if translated is None else _with_path(translated, unread_body(error))


def _with_path(error: BraketJobsError, body: bytes | None) -> BraketJobsError:
    """
    Return `error`, with the path of what is wrong in `body` if that can be told.

    botocore's parser stumbles over a member of the wrong type without saying which; our conversion says it.
    """
    if body is None or type(error) is not InvalidResponseError:
        return error
    try:
        job_from_json(body)
    except InvalidResponseError as told:
        if told.path is not None:
            return attrs.evolve(error, message=told.message, path=told.path, problems=told.problems)
    return error
