"""How a renewal is read: the table of all, and one agreement's facts under six headings."""

from types import SimpleNamespace

from toolkit.assess.deadlines import Deadline
from toolkit.assess.renewal.decide import RenewalOf
from toolkit.model.results import Table
from toolkit.model.rules import RuleRef
from toolkit.model.vocabulary import DecisionPoint
from toolkit.report import calendar
from toolkit.report.renewal import HEADINGS, renewal_part, renewals_by_end

ROW = {
    "agreement_id": "A-1",
    "decision": "Renew",
    "low_decision": "Renew",
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
    "external_cause": None,
    "second_option": None,
    "decided": None,
    **{name: (f"a fact of {name}",) for name in HEADINGS},
}


def renewals(*changes):
    """Return renewals that differ from the usual one by these changes."""
    return Table(RenewalOf, (RenewalOf(**(ROW | change)) for change in changes))


def shown(table):
    """Return the table of all renewals."""
    return renewals_by_end(SimpleNamespace(renewals=table))


def test_the_table_shows_what_is_proposed_and_on_which_figures():
    (row,) = shown(renewals({})).rows
    assert row == (
        "Milan", "30 June 2026", "Renew", "97 %", "96 % (24 of 25)", "67 % (2 of 3)", "70", "yes",
        "3-5 years",
    )  # fmt: skip


def test_trap_30_empty_denominators_print_na():
    nothing = dict.fromkeys(("A", "K", "P", "S", "approved_of_due", "partner_duties"))
    (row,) = shown(renewals(nothing)).rows
    assert row[3:7] == ("n/a",) * 4


def test_the_earliest_end_comes_first():
    late, early = {"ends": "2026-09-30"}, {"agreement_id": "A-2", "ends": "2026-03-31"}
    ends = [row[1] for row in shown(renewals(late, early)).rows]
    assert ends == ["31 March 2026", "30 September 2026"]


def test_where_nothing_is_due_the_table_says_so():
    table = shown(renewals())
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
    assert live not in shown(table)._repr_html_() + renewal_part(table)._repr_html_()


def test_agreements_with_the_same_date_share_a_line():
    ends = {"decision": "Ends", "reason": "Why.", "on": "2026-01-01", "public": True}
    partners = {"A-1": "M", "A-2": "N"}
    rows = (Deadline(agreement_id=key, partner=name, **ends) for key, name in partners.items())
    table = calendar.deadline_table(Table(Deadline, rows))
    assert (table.caption, table.rows) == (
        "Decision calendar",
        (("2026-01-01", "Ends", "M; N", "Why."),),
    )
