"""Every view of the pages: bound to a declared result, and set for much, little and nothing."""

from datetime import date
from importlib import import_module

import pytest
from factory import TODAY, agreement, make_portfolio, results_of
from markupsafe import escape

from toolkit.assess.results import declared_results
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.report.view import View

PAGES = sorted((ROOT / "toolkit" / "report").glob("*.py"))
VIEWS = {
    f"{path.stem}.{name}": found
    for path in PAGES
    for name, found in vars(import_module(f"toolkit.report.{path.stem}")).items()
    if isinstance(found, View)
}
RECORDS = ("sample.xlsx", TODAY), ("toronto-2018.xlsx", date(2018, 12, 31))


@pytest.fixture(scope="module")
def found(policy):
    """The results of a full record, a thin one, one agreement at level 1, and none."""
    data = ROOT / "data"
    full = [
        results_of(open_workbook(data / name, policy), policy, as_of=day) for name, day in RECORDS
    ]
    return [*full, *(results_of(make_portfolio(policy, *r), policy) for r in ([agreement()], []))]


def test_there_are_views_to_look_at():
    assert len(VIEWS) > 40


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_names_a_result_and_its_columns(view):
    named = {column for column in view.columns if isinstance(column, str)}
    declared = declared_results()[view.result].declared()
    assert named | {*view.headings, *view.formats} <= {*declared}
    assert named.issuperset(view.headings)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_is_set_for_much_little_and_nothing(view, found):
    for results in found:
        shown = view(results)._repr_html_()
        assert "<td" in shown or escape(view.told_empty(results)) in shown
