"""The public page of one agreement: facts, decisions, and what is asked of each.

What is asked of every agreement is its text, its goals, its timeline and its outcomes (R9).
"""

from collections.abc import Iterator, Mapping

from toolkit.model.sheets import PURPOSE_WORDS
from toolkit.model.text import listed
from toolkit.publish.edition import UNDER_REVIEW, Edition, Record, Value
from toolkit.publish.frame import (
    as_known,
    register_page,
    slim_table,
    told_class,
    told_day,
    told_number,
)
from toolkit.report.markup import Heading, HtmlTable, Link, Part, Sentences
from toolkit.report.view import amount

PURPOSES = {  # code -> words; one that has none is a word itself
    told.split(" ")[0]: told.split(" ", 1)[-1].replace("CEREMONIAL", "ceremonial")
    for told in PURPOSE_WORDS.split("; ")
}
FACTS = {  # column -> what it is called; in the order of the page
    "title": "Title",
    "classification": "Class",
    "status": "Status",
    "country": "Country",
    "city": "City",
    "partner_kind": "Kind of partner",
    "main_purpose": "Main purpose",
    "goals": "Goals of the City it serves",
    "lead_unit": "Led by",
    "city_role": "Role of the City",
    "endorsed_on": "Endorsed by a Councillor on",
    "original_class": "Class before",
    "reclassified_on": "Reclassified on",
    "external_cause": "Cause from outside",
    "source": "Source",
    "basis": "Basis of these facts",
    "wikidata": "Wikidata item of the partner",
}
ENDED = {
    "concluded": "Concluded",
    "historical": "Ended, and kept as historical",
    "transferred": "Handed on",
}


def agreement_page(edition: Edition, row: Record) -> str:
    """Return the page of an agreement."""
    key = row["agreement_id"]
    subtitle = f"{told_class(row['classification'])}, {row['country']}. {as_known(edition)}"
    return register_page(
        edition,
        edition.names[key],
        Sentences((_verdict(row),)),
        _facts(edition, row),
        Heading("Decisions", 2),
        _decisions(edition, key),
        Heading("Text", 2),
        Sentences(_text(row)),
        Heading("Goals", 2),
        _goals(edition, row),
        Heading("Timeline", 2),
        _timeline(edition, row),
        Heading("Outcomes", 2),
        *_outcomes(edition, row),
        up="../",
        subtitle=subtitle,
    )


def _verdict(row: Record) -> str:
    """Return in a sentence where the agreement stands, as people decided."""
    if ended := ENDED.get(str(row["status"])):
        day = told_day(row["concluded_on"])
        told = f"{ended} on {day}." if day else f"{ended}."
        return f"{told} {row['conclusion_reason'] or 'The reason is not on record.'}"
    if row["decision"] == UNDER_REVIEW:
        return "Under review: no decision is on record."
    return f"Decided last: {row['decision']}."


def _facts(edition: Edition, row: Record) -> HtmlTable:
    words = PURPOSES | edition.goals
    rows = tuple((name, _fact(column, row[column], words)) for column, name in FACTS.items())
    return HtmlTable("Facts", ("Fact", "On record"), tuple(r for r in rows if r[1] is not None))


def _fact(column: str, value: Value, words: Mapping[str, str]) -> object:
    if value is None:
        return None
    if column == "classification":
        return told_class(value)
    if column == "wikidata":
        return Link(str(value), f"https://www.wikidata.org/wiki/{value}")
    if column in ("main_purpose", "goals"):
        return "; ".join(words.get(code, code) for code in str(value).split("; "))
    return told_day(value) if column.endswith("_on") else value


def _decisions(edition: Edition, key: Value) -> HtmlTable:
    rows = tuple(
        (str(found["year"]), found["decision"], found["rationale"])
        for found in edition.tables["decisions"].of("subject_id", key)
    )
    empty = "No decision is on record."
    return HtmlTable("What was decided", ("For", "Decision", "Why"), rows, empty=empty)


def _text(row: Record) -> tuple[str | Link, ...]:
    told: list[str | Link] = []
    if row["document"]:
        told.append(Link("The text of the agreement", str(row["document"])))
    told.append(
        f"The text was published on {told_day(row['published_text'])}."
        if row["published_text"]
        else "Whether the text was published is not on record."
    )
    clauses = [
        name
        for column, name in (("renewal_clause", "renewal"), ("termination_clause", "ending it"))
        if row[column] == "y"
    ]
    if clauses:
        told.append(f"It has rules on {listed(clauses)}.")
    return tuple(told)


def _goals(edition: Edition, row: Record) -> Part:
    found = edition.tables["objectives"].of("agreement_id", row["agreement_id"])
    rows = tuple(
        (
            goal["statement"],
            PURPOSES.get(str(goal["purpose"]), goal["purpose"]),
            goal["sector"],
            _from_to(goal["starts"], goal["ends"]),
            goal["city_duty"],
            goal["partner_duty"],
            _dropped(goal),
        )
        for goal in found
    )
    headings = ("Goal", "Purpose", "Sector", "Time", "The City does", "The partner does", "Note")
    return slim_table("Goals", headings, rows) if rows else Sentences(("No goal is on record.",))


def _dropped(goal: Record) -> str | None:
    if not goal["dropped_on"]:
        return None
    return f"Given up on {told_day(goal['dropped_on'])}. {goal['dropped_reason'] or ''}".strip()


def _timeline(edition: Edition, row: Record) -> HtmlTable:
    key = row["agreement_id"]
    days: list[tuple[Value, str]] = [
        (row["signed"], "Signed"),
        (row["renewed"], "Current term begins"),
        (row["concluded_on"], "Ended"),
    ]
    for project in edition.tables["projects"].of("agreement_id", key):
        state = project["state"]
        what = f"{project['name']} ({state})" if state else str(project["name"])
        days.append((project["starts"] or project["ends"], what))
        for mile in edition.tables["milestones"].of("project_id", project["project_id"]):
            done = f"done {told_day(mile['done_on'])}" if mile["done_on"] else "not done yet"
            days.append((mile["due"], f"{mile['name']}: due, {done}"))
    known = sorted((str(on), what) for on, what in days if on)
    rows = [(told_day(on), what) for on, what in known]
    rows.append((told_day(row["ends"]) if row["ends"] else "not on record", "End of the term"))
    return HtmlTable("From signing to end", ("When", "What"), tuple(rows))


def _outcomes(edition: Edition, row: Record) -> Iterator[Part]:
    key = row["agreement_id"]
    named = edition.tables["outcomes"].of("agreement_id", key)
    rows = tuple(
        (found["what"], found["who"], _money(found), told_day(found["on"])) for found in named
    )
    if rows:
        yield slim_table("What was achieved", ("What", "Who", "Amount", "When"), rows)
    goals = [goal["objective_id"] for goal in edition.tables["objectives"].of("agreement_id", key)]
    measures = [m for goal in goals for m in edition.tables["indicators"].of("objective_id", goal)]
    results = tuple(
        (
            measure["name"],
            ", ".join(str(part) for part in (found["period"], found["part"]) if part),
            told_number(found["target"]),
            told_number(found["actual"]),
            found["unit"],
            found["outcome"],
        )
        for measure in measures
        for found in edition.tables["results"].of("indicator_id", measure["indicator_id"])
    )
    headings = ("Measure", "Period", "Target", "Value", "Unit", "Reached?")
    if results:
        yield HtmlTable("Targets and values", headings, results, numeric=frozenset({2, 3}))
    if not rows and not results:
        yield Sentences(("No outcome is on record.",))


def _from_to(starts: Value, ends: Value) -> str | None:
    told = [f"from {told_day(starts)}"] if starts else []
    told += [f"until {told_day(ends)}"] if ends else []
    return " ".join(told) or None


def _money(row: Record) -> str | None:
    if row["amount"] is None:
        return None
    return f"{row['currency'] or ''} {amount(float(row['amount']))}".strip()
