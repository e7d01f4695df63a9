"""Once people decided, the page of an agreement says so in place of the mark of a draft."""

import pytest

from toolkit.report.record import agreement_header
from toolkit.review import open_results


@pytest.fixture(scope="module")
def results():
    return open_results("data/sample.xlsx", "data/policy.toml", 2025)


def first_mark(results, key):
    mark = agreement_header(results, key).banners[0]
    return f"{mark.word}: {mark.text}"


def test_a_decision_in_force_stands_in_place_of_draft_advice(results):
    assert first_mark(results, "A-011") == (
        "Internal: as adopted on 9 December 2025 by Economic Development Committee: "
        "Conclude as achieved. What is said beside it is advice."
    )


@pytest.mark.parametrize("key", ["A-001", "A-004"])
def test_one_without_a_decision_or_with_one_that_ran_out_is_draft_advice(results, key):
    assert first_mark(results, key).startswith("Internal: draft advice.")
