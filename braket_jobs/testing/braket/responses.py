"""
Between HTTP and the store: finds the operation, checks its input, and writes the answer.

A method named after an operation, as moto wants it, returns status, headers and body. A fault comes before
everything else: it takes the place of the answer of GetJob or SearchJobs.
"""

import json
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

from moto.core.responses import BaseResponse
from moto.core.utils import camelcase_to_underscores

from braket_jobs.testing.braket.breaking import Answer, broken
from braket_jobs.testing.braket.exceptions import (
    NotImplementedException,
    SerializationException,
    ValidationException,
)
from braket_jobs.testing.braket.models import BraketBackend, backend
from braket_jobs.testing.braket.routes import Call, find, request_members
from braket_jobs.testing.braket.search import MAX_RESULTS
from braket_jobs.testing.life import Document
from braket_jobs.testing.validation import present, problems

Act = Callable[[BraketBackend, Document], Document]


class BraketResponse(BaseResponse):
    """
    Answers one request.
    """

    def __init__(self) -> None:
        super().__init__(service_name="braket")
        self._environ: Mapping[str, Any] = {}

    def create_job(self) -> Answer:
        """
        Answer CreateJob.
        """
        return self._perform(lambda store, asked: store.create_job(asked))

    def get_job(self) -> Answer:
        """
        Answer GetJob, or fail as a fault wants it.
        """
        return self._perform_or_fail(
            lambda store, asked: store.get_job(
                asked["jobArn"], with_queue_info="QueueInfo" in asked.get("additionalAttributeNames", [])
            ),
            job_arn=self._call.labels["jobArn"],
        )

    def search_jobs(self) -> Answer:
        """
        Answer SearchJobs, or fail as a fault wants it.
        """
        return self._perform_or_fail(
            lambda store, asked: store.search_jobs(
                asked["filters"], asked.get("maxResults", MAX_RESULTS), asked.get("nextToken")
            )
        )

    def cancel_job(self) -> Answer:
        """
        Answer CancelJob.
        """
        return self._perform(lambda store, asked: store.cancel_job(asked["jobArn"]))

    def list_tags_for_resource(self) -> Answer:
        """
        Answer ListTagsForResource.
        """
        return self._perform(lambda store, asked: store.list_tags_for_resource(asked["resourceArn"]))

    def tag_resource(self) -> Answer:
        """
        Answer TagResource.
        """
        return self._perform(lambda store, asked: store.tag_resource(asked["resourceArn"], asked["tags"]))

    def untag_resource(self) -> Answer:
        """
        Answer UntagResource.
        """
        return self._perform(lambda store, asked: store.untag_resource(asked["resourceArn"], asked["tagKeys"]))

    def not_implemented(self) -> Answer:
        """
        Refuse an operation that this backend leaves out, or that Braket doesn't have.
        """
        raise NotImplementedException(f"{self.method} {self.raw_path} is not implemented by braket_jobs.testing")

    def _perform_or_fail(self, act: Act, job_arn: str | None = None) -> Answer:
        right_answer = partial(self._perform, act)
        fault = self._store.faults.take(self._call.route.name, job_arn)
        return right_answer() if fault is None else broken(fault, self._environ, self.uri, right_answer)

    def _perform(self, act: Act) -> Answer:
        asked, store = self._asked(), self._store
        with store.lock:
            body = json.dumps(act(store, asked))
        status = self._call.route.status
        return status, {"status": status, "Content-Type": "application/json"}, body

    def _asked(self) -> Document:
        try:
            asked = request_members(self._call, self.parsed_url.query, self.body)
        except (TypeError, ValueError) as error:
            raise SerializationException(str(error)) from error
        shape = self._call.route.input_shape
        wrong = list(problems(shape, asked))
        if wrong:
            count = f"{len(wrong)} validation error{'s' if len(wrong) > 1 else ''}"
            raise ValidationException(f"{count} detected: {'; '.join(wrong)}")
        taken: Document = present(shape, asked)
        return taken

    @property
    def _store(self) -> BraketBackend:
        try:
            return backend(self.current_account, self.region)
        except ValueError as error:
            raise ValidationException(str(error)) from error

    @cached_property
    def _call(self) -> Call:
        return find(self.method, self.raw_path)

    def _get_action(self) -> str:
        try:
            action = camelcase_to_underscores(self._call.route.name)
        except LookupError:
            action = ""
        return action if action in vars(BraketResponse) else "not_implemented"

    def setup_class(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """
        Take in the request; its body stays bytes, since moto would fail on what isn't UTF-8.
        """
        self._environ = getattr(request, "environ", {})
        super().setup_class(request, *args, **(kwargs | {"use_raw_body": True}))
