"""How stock is taken of the programme: its scorecard, what is published, partners, next year."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from toolkit.model.dates import long_date
from toolkit.model.results import Result, Table
from toolkit.model.sheets import PROGRAMME
from toolkit.model.text import how_many, listed
from toolkit.model.vocabulary import Engaged, LedBy, SinceLastYear, Standing
from toolkit.report import markup
from toolkit.report.charts import cell_bar
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.view import Found, Made, View

NOT_IN_FORCE = "No agreement is in force."
NO_PARTNERS = (
    "No alternative partner is on record. The sheets Partners and Engagements would show who is "
    "engaged where."
)
FREEST = list(reversed(Engaged))
NO_PLAN = "Nothing is on record for next year (sheets Projects, Milestones and Results)."


def _counts(row: Result) -> bool:
    return row.status != Standing.NOT_APPLICABLE


def _part(row: Result) -> float | None:
    return row.n / row.of if row.of else None


def _figure(row: Result) -> Markup:
    return Markup("{} {}").format(cell_bar(_part(row)), markup.render_value(row.decision))


def _remains(row: Result) -> str | None:
    """Return how many are still to be done."""
    rest = (row.of or 0) - (row.n or 0)
    if row.status == Standing.MET or rest == 0:
        return None
    return f"{-rest:,} too many" if rest < 0 else f"{rest:,} to go"


indicator = Made("Indicator", lambda row: f"{row.indicator_id} {row.name}")
standings = View(
    "scorecard",
    "Recommendations (R) and best practices (B) of the report",
    (
        indicator,
        Made("Now", _figure),
        Made("Year before", lambda row: row.change),
        Made("Standing", lambda row: row.status),
        Made("What remains", _remains),
    ),
    where=_counts,
    note="Each line stands by itself; there is no total. A dash: how it stood is not known.",
    empty="No line of the scorecard has anything to count.",
)


def scorecard_sentence(scorecard: Table[Result], changes: Table[Result]) -> Sentences:
    """Return how many lines are met, how many are better than last year, and how many not seen."""
    counts = Counter(row.status for row in scorecard)
    met, partly = counts[Standing.MET], counts[Standing.PARTLY]
    if not counts.total() - counts[Standing.NOT_APPLICABLE]:
        return Sentences(("No line of the scorecard has anything to count.",))
    moved = Counter(row.decision for row in changes)
    line = f"{met} met, {partly} partly, {counts[Standing.NOT_MET]} not"
    known = moved[SinceLastYear.BETTER] + moved[SinceLastYear.WORSE]
    if known:
        line += f"; {moved[SinceLastYear.BETTER]} better than last year"
        line += f", {moved[SinceLastYear.WORSE]} worse" if moved[SinceLastYear.WORSE] else ""
    unseen = counts[Standing.NOT_APPLICABLE]
    if unseen:
        line += f"; {how_many(unseen, 'line')} could not be looked at"
    return Sentences((f"{line}.",))


lists_behind = View(
    "scorecard",
    "The lists behind the scorecard",
    (
        indicator,
        "decision",
        Made("Not counted, by what is lacking", lambda row: row.not_counted),
    ),
    where=lambda row: _counts(row) and bool(row.not_counted),
    empty="No indicator has anything to count.",
)
published_of_each = View(
    "publication",
    "What of each agreement is published",
    ("partner", "decision", "published_text", "published_goals", "published_timeline",
     "published_outcomes", "outcome_days", "cells"),
    order=lambda row: (row.complete, row.partner),
    note="A dash: not on record as published. Days are told of outcomes of the last ended year.",
    empty=NOT_IN_FORCE,
)  # fmt: skip
published_briefly = replace(
    published_of_each,
    columns=("partner", "decision", "published_text", "published_goals", "published_timeline",
             "published_outcomes", "outcome_days"),
    where=lambda row: row.complete > 0,
    note="A dash: not on record as published. Of the agreements not named, nothing is. Days are "
    "told of outcomes of the last ended year.",
)  # fmt: skip
published_by_item = View(
    "publication_counts",
    "Published, item by item",
    ("item", "decision"),
    where=lambda row: row.of > 0,
    empty=NOT_IN_FORCE,
)


owned_by_partners = View(
    "partner_owned",
    "Agreements that partners own",
    ("partner", "owner", "owner_kind", "city_role", "since", "decision"),
    empty="No agreement on record is owned by a partner.",
)


def leads_briefly(leads: Table[Result]) -> Sentences:
    """Return how many projects of the year partners lead, and which."""
    led = [row.name for row in leads if row.decision == LedBy.PARTNER]
    if not leads:
        return Sentences(("No project of the year is on record (sheet Projects).",))
    of = how_many(len(leads), "project")
    return Sentences((f"Partners lead {len(led)} of {of} of the year: {listed(led) or 'none'}.",))


def engaged_briefly(engagements: Table[Result]) -> markup.HtmlTable:
    """Return who is engaged in each agreement, in which role, and how far."""
    groups: dict[str, list[str]] = defaultdict(list)
    for row in engagements:
        groups[row.partner].append(f"{row.name}: {row.role}, {row.decision}")
    rows = tuple((partner, tuple(told)) for partner, told in groups.items())
    return markup.HtmlTable("Who is engaged where", ("Agreement", "Who"), rows, empty=NO_PARTNERS)


who_is_engaged_where = View(
    "engagements",
    "Who is engaged where",
    ("partner", "name", "kind", "home_or_abroad", "role", "decision", "signed_on", "willing_on",
     "cells"),
    empty=NO_PARTNERS,
)  # fmt: skip
register_of_partners = View(
    "partners",
    "Register of alternative partners",
    ("name", "kind", "home_or_abroad", "decision"),
    order=lambda row: FREEST.index(row.decision),
    empty=NO_PARTNERS,
)
partners_by_kind = View(
    "partner_kinds",
    "Partners by kind",
    ("kind", "home", "abroad", "engaged", "nowhere"),
    empty=NO_PARTNERS,
)


def plan_in_words(plan: Table[Result]) -> Sentences:
    """Return the plan of the programme, and how many agreements have none."""
    whole = plan.get(PROGRAMME)
    if whole is None:
        return Sentences((NO_PLAN,))
    expected = [row for row in plan if row.expected and row.agreement_id != PROGRAMME]
    without = [row.partner for row in expected if not row.stated]
    lines = [whole.reason]
    if without:
        lines.append(
            f"{len(without)} of {how_many(len(expected), 'agreement')} that reach into the year "
            f"have no activity goal on record: {listed(without)}."
        )
    return Sentences(tuple(lines))


def _wanted(results: Found) -> str:
    wanted = results.policy.counts.projects_per_year
    return (
        f"The policy asks for {wanted} projects a year. Staff days come on top of the planned cost."
    )


def goals_of_next_year(goals: Table[Result], plan: Table[Result]) -> Part:
    """Return what each agreement is to do next year, and what the plan of the whole is.

    Nothing where no plan is on record.
    """
    return Stack(_goals(goals), plan_in_words(plan)) if PROGRAMME in plan else Stack()


def _goals(goals: Table[Result]) -> Part:
    groups: dict[str, list[Result]] = defaultdict(list)
    for row in goals:
        groups[row.partner].append(row)
    rows = tuple(
        (partner, tuple(map(_goal, some)), _planned_by(some)) for partner, some in groups.items()
    )
    if not rows:
        return Stack()
    headings = ("Agreement", "To do", "Planned cost")
    note = "The cost is that of its projects, by days in the year, without staff."
    return markup.HtmlTable("What is to be done", headings, rows, frozenset({2}), note)


def _goal(row: Result) -> str:
    ends = getattr(row.ends, "last", None)
    by = f" by {long_date(ends)}" if ends else ""
    return f"{row.what}{by}"


def _planned_by(rows: Sequence[Result]) -> str | None:
    known = [row.planned_cost for row in rows if row.planned_cost is not None]
    return f"{sum(known):,.0f}" if known else None


def _whole(value: float | None) -> str | None:
    return None if value is None else f"{value:,.0f}"


plan_and_money = View(
    "year_plan",
    "Next year's plan against projects and money",
    (
        "partner",
        "decision",
        "targets",
        Made("Planned cost", lambda row: _whole(row.planned_cost), is_number=True),
        "resources",
    ),
    where=lambda row: row.stated,
    note=_wanted,
    empty=NO_PLAN,
)
served_by_agreements = View(
    "goals_served",
    "Goals of the framework and the agreements that serve them",
    (
        Made("Goal", lambda row: f"{row.goal} {row.name}"),
        "decision",
        "objectives",
    ),
    empty="The policy lists no goals of a framework.",
)
