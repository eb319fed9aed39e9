"""
Whatever JSON comes in a page's place is a page of values, or an error that names what is wrong with it.
"""

import pickle
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from braket_jobs import InvalidResponseError
from braket_jobs._wire.structure import page_from_document
from braket_jobs.model.summary import SummaryPage

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
GOOD = {
    "jobArn": "arn:aws:braket:us-east-1:123456789012:job/1",
    "jobName": "vqe",
    "status": "RUNNING",
    "device": "local:braket/default",
    "createdAt": "2026-11-23T08:30:00.893Z",
    "startedAt": 1748000000.5,
    "endedAt": None,
    "tags": {"a": "b"},
}
SUMMARIES = st.dictionaries(st.sampled_from(sorted(GOOD)), JSON, max_size=2).map(lambda changes: GOOD | changes)
PAGES = st.fixed_dictionaries({}, optional={"jobs": st.lists(SUMMARIES | JSON, max_size=4) | JSON, "nextToken": JSON})


def read_as_a_page(document: dict[str, Any]) -> SummaryPage | InvalidResponseError:
    try:
        return page_from_document(document)
    except InvalidResponseError as error:
        return error


@settings(max_examples=500, deadline=None)
@given(PAGES | JSON)
def test_any_json_is_a_page_or_an_error(document: Any) -> None:
    """
    A page's summaries hash, pickle and have a line; an error has a path in the page, unless nothing was there.
    """
    read = read_as_a_page(document if isinstance(document, dict) else {"jobs": document})

    if isinstance(read, InvalidResponseError):
        assert read.path is None or read.path.startswith(("jobs", "nextToken"))
        assert read.operation == "SearchJobs"
    else:
        assert pickle.loads(pickle.dumps(read)) == read
        assert all(hash(summary) is not None and str(summary).isprintable() for summary in read.jobs)
