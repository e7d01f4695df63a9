"""How a renewal is read: the table of all, and one agreement's facts under six headings."""

import pytest

from toolkit.assess.record.results import make_result
from toolkit.assess.renewal.decide import COLUMNS
from toolkit.model.rules import RuleRef
from toolkit.model.vocabulary import DecisionPoint
from toolkit.report import tables
from toolkit.report.renewal import HEADINGS, renewal_part, renewal_table

ROW = {
    "agreement_id": "A-1",
    "decision": "Renew",
    "reason": "It delivered.",
    "partner": "Milan",
    "rule": RuleRef(DecisionPoint.D3, "4", "Renew"),
    "term": "3-5 years",
    "ends": "2026-06-30",
    "A": 97.305555556,
    "K": 96.0,
    "P": 66.666666667,
    "S": 70.0,
    "plan": True,
    "approved_of_due": "24 of 25",
    "partner_duties": "2 of 3",
    "conditions": ("O-1: carried into the new term",),
    "second_option": None,
    **{name: (f"a fact of {name}",) for name in HEADINGS},
}


def renewals(*changes):
    """Return renewals that differ from the usual one by these changes."""
    return make_result([ROW | change for change in changes], COLUMNS, "agreement_id")


def test_the_table_shows_what_is_proposed_and_on_which_figures():
    (row,) = renewal_table(renewals({})).rows
    assert row[:10] == (
        "Milan", "2026-06-30", "Renew", "renewal rule 4", "97.31 %", "96 % (24 of 25)",
        "66.67 % (2 of 3)", "70", "yes", "3-5 years",
    )  # fmt: skip


def test_trap_30_empty_denominators_print_na():
    nothing = dict.fromkeys(("A", "K", "P", "S", "approved_of_due", "partner_duties"))
    (row,) = renewal_table(renewals(nothing)).rows
    assert row[4:8] == ("n/a",) * 4


def test_the_earliest_end_comes_first():
    late, early = {"ends": "2026-09-30"}, {"agreement_id": "A-2", "ends": "2026-03-31"}
    assert [row[1] for row in renewal_table(renewals(late, early)).rows] == [
        "2026-03-31",
        "2026-09-30",
    ]


def test_where_nothing_is_due_the_table_says_so():
    table = renewal_table(renewals())
    assert (table.rows, table.note) == ((), "")
    assert "No renewal is to be decided" in table._repr_html_()


def test_one_agreement_reads_its_verdict_and_its_six_headings():
    verdict, _, needs, facts = renewal_part(renewals({})).parts
    assert verdict.paragraphs == (
        "Proposed at decision point D3: Renew. It delivered.",
        "Matched renewal rule 4, Renew. Term: 3-5 years.",
        "Second option: none that one better fact would give.",
    )
    assert (needs.kind, needs.paragraphs) == ("list", ("O-1: carried into the new term",))
    assert [name for name, _ in facts.rows] == [
        "Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability",
    ]  # fmt: skip
    assert all(found == (f"a fact of {name.lower()}",) for name, found in facts.rows)


def test_what_people_decided_already_is_said():
    html = renewal_part(renewals({"decided": "Renew, 2025-12-09"}))._repr_html_()
    assert "Decided already: Renew, 2025-12-09." in html


def test_an_agreement_that_is_not_near_its_end_says_so():
    assert renewal_part(renewals())._repr_html_() == (
        "<p>No renewal of it is to be decided at this date.</p>"
    )


def test_no_text_of_a_renewal_becomes_live():
    live = "<script>alert(1)</script>"
    change = {"reason": live, "conditions": (live,), "impact": (live,), "partner": live}
    table = renewals(change)
    assert live not in renewal_table(table)._repr_html_() + renewal_part(table)._repr_html_()


@pytest.mark.parametrize(
    ("show", "caption"),
    [(tables.deadline_table, "Decision calendar"), (tables.overdue_table, "Overdue")],
)
def test_agreements_with_the_same_date_share_a_line(show, caption):
    columns = ("agreement_id", "decision", "reason", "on", "partner")
    rows = [("A-1", "Ends", "Why.", "2026-01-01", "M"), ("A-2", "Ends", "Why.", "2026-01-01", "N")]
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    table = show(make_result(records, columns, "agreement_id"))
    assert (table.caption, table.rows) == (caption, (("2026-01-01", "Ends", "M; N", "Why."),))
