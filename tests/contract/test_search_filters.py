"""
The filters of the embedded SearchJobs against the documentation in the installed botocore's model.
"""

import re
from typing import Any

import pytest

from braket_jobs.testing._service_model import service_model
from braket_jobs.testing.braket import search

NAME: Any = service_model().shape_for("SearchJobsFilter")
OPERATOR: Any = service_model().shape_for("SearchJobsFilterOperator")
TEXT: str = NAME.members["name"].documentation
OPERATORS: list[str] = OPERATOR.enum
documented = pytest.mark.skipif("Supported filter names" not in TEXT, reason="an older botocore names no filters")


@documented
def test_filters_have_the_documented_operators() -> None:
    """
    The same names, each with the operators that stand in its paragraph.
    """
    paragraphs = re.findall(r"<code>(\w+)</code> —(.*?)</p>", TEXT)
    told = {name: set(re.findall(r"<code>(\w+)</code>", text)) & {*OPERATORS} for name, text in paragraphs}

    assert {name: set(operators) for name, operators in search._OPERATORS.items()} == told


@documented
def test_filters_that_stand_alone_are_the_documented_ones() -> None:
    """
    Those that cannot be combined with others.
    """
    paragraphs = re.findall(r"<code>(\w+)</code> —(.*?)</p>", TEXT)

    assert {name for name, text in paragraphs if "Cannot be combined" in text} == search._ALONE


def test_every_operator_is_compared() -> None:
    """
    Whatever the model lists.
    """
    assert set(search._COMPARISONS) == {*OPERATORS}
