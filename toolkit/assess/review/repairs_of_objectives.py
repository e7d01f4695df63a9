"""What can be agreed of an agreement's objectives and projects: what is ahead."""

from collections.abc import Iterator
from datetime import timedelta

from toolkit.assess.review.entries import in_row, new_row
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.letters import (
    AMOUNT,
    FULL,
    LETTERS,
    SCORES,
    WORDS,
    Typed,
    milestone,
    new_id,
    planned,
    review_day,
)
from toolkit.assess.review.repairs import (
    Ladder,
    Repair,
    in_months,
    ladder,
    names,
    on_the_day,
    single,
)
from toolkit.model.dates import When, add_months
from toolkit.model.sheets import BudgetLine, Objective, Project
from toolkit.model.vocabulary import Family, ProjectState, Purpose

MOST_PROJECTS = 4
AHEAD = (ProjectState.PLANNED, ProjectState.ACTIVE)


def projects(facts: Facts) -> Iterator[Ladder]:
    """Yield a milestone of a project that is there, a planned one, and some that run."""
    own = facts.agreement
    rows = facts.portfolio.of(own, Project)
    without = [row for row in rows if row.state in AHEAD]
    if without:
        typed = milestone(facts, without[0].project_id)
        yield from single("milestone", f"set a milestone for {without[0].name}", *typed)
    stated = facts.portfolio.of(own, Objective)
    objective = stated[0].objective_id if stated else None
    typed = planned(facts, "P", objective)
    yield from single("plan", "plan a project with a milestone", *typed)
    yield from ladder("activity", _running(facts))


def _running(facts: Facts) -> Iterator[Repair]:
    typed: Typed = ()
    for number in range(1, MOST_PROJECTS + 1):
        key = facts.agreement.agreement_id
        typed += new_row(
            Project,
            project_id=new_id(f"R{number}", key),
            agreement_id=key,
            name="A project",
            starts=on_the_day(facts),
            ends=in_months(facts, 6),
            state=ProjectState.ACTIVE,
        )
        yield Repair(f"begin {number} more project{'s' * (number > 1)}", typed)


def funding(facts: Facts) -> Iterator[Ladder]:
    """Yield a line of next year's budget."""
    year = facts.policy.year_of(facts.as_of) + 1
    key = facts.agreement.agreement_id
    typed = new_row(BudgetLine, year=year, line="agreement", agreement_id=key, budget=AMOUNT)
    yield from single("budget", f"give it a line in the budget of {year}", *typed)


def reviews(facts: Facts) -> Iterator[Ladder]:
    """Yield a date of review at the first objective, or a first objective with one."""
    own = facts.agreement
    stated = facts.portfolio.of(own, Objective)
    is_economic = facts.family != Family.COMMUNITY
    if stated and not any(row.review_on for row in stated):
        typed = in_row(stated[0], review_on=review_day(facts, stated[0]))
        yield from single("review date", f"set a date to review {stated[0].objective_id}", *typed)
    if not stated:
        purpose = Purpose.ECON if is_economic else Purpose.CULT
        plan = _whole(facts, "O", purpose, None, None)
        yield from single("objective", "state a SMART objective with a project", *plan)


def beyond(facts: Facts) -> Iterator[Ladder]:
    """Yield a plan beyond the end, where decision point D3 looks for one."""
    ends = facts.agreement.ends
    if facts.renewal is None or not isinstance(ends, When):
        return
    starts = When.day_of(ends.last + timedelta(days=1))
    until = When.day_of(add_months(ends.last, 36))
    plan = _whole(facts, "B", Purpose.ECON, starts, until)
    late = [row for row in facts.portfolio.of(facts.agreement, Objective) if _is_beyond(row, ends)]
    typed = [entry for row in late for fill in LETTERS.values() for entry in fill(facts, row)]
    words = "state a SMART objective with a project beyond its end"
    if late:
        words += f", and make {names(row.objective_id for row in late)} SMART"
    yield from single("beyond", words, *plan, *typed)


def _is_beyond(objective: Objective, ends: When) -> bool:
    starts, last = objective.starts, objective.ends
    return bool(starts and starts.first > ends.last) or bool(last and last.last > ends.last)


def _whole(
    facts: Facts, prefix: str, purpose: Purpose, starts: When | None, ends: When | None
) -> Typed:
    """Return a new objective with all that makes it SMART, for the time that is to come."""
    key = new_id(prefix, facts.agreement.agreement_id)
    until = ends or in_months(facts, 36)
    objective = new_row(
        Objective,
        objective_id=key,
        agreement_id=facts.agreement.agreement_id,
        statement="An objective",
        purpose=purpose,
        starts=starts,
        ends=until,
        review_on=in_months(facts, 12),
    )
    row = Objective.made({entry.column: entry.value for entry in objective})
    letters = [entry for fill in LETTERS.values() for entry in fill(facts, row)]
    return (*objective, *letters)


def duties(facts: Facts) -> Iterator[Ladder]:
    """Yield that the partner did its duty, objective by objective."""
    rows = facts.portfolio.of(facts.agreement, Objective)
    unmet = [row for row in rows if row.partner_duty_met != "y"]

    def steps() -> Iterator[Repair]:
        for number in range(1, len(unmet) + 1):
            which = names(row.objective_id for row in unmet[:number])
            typed = [e for row in unmet[:number] for e in in_row(row, partner_duty_met="y")]
            yield Repair(f"have the partner meet its duty at {which}", tuple(typed))

    yield from ladder("duties of the partner", steps(), by_points=False)


def smart(facts: Facts) -> Iterator[Ladder]:
    """Yield what lacks to objectives, letter by letter, and one by one."""
    rows = facts.portfolio.of(facts.agreement, Objective)
    for letter, fill in LETTERS.items():
        lacking = [row for row in rows if SCORES[letter](facts, row) < FULL]
        typed = [entry for row in lacking for entry in fill(facts, row)]
        if typed:
            which = names(row.objective_id for row in lacking)
            yield from single(letter, f"{WORDS[letter]} {which}", *typed)
    short = [row for row in rows if any(score(facts, row) < FULL for score in SCORES.values())]

    def steps() -> Iterator[Repair]:
        for number in range(1, len(short) + 1):
            some = short[:number]
            typed = [e for row in some for entries in _all_letters(facts, row) for e in entries]
            yield Repair(f"make {names(row.objective_id for row in some)} SMART", tuple(typed))

    yield from ladder("SMART", steps(), by_points=False)


def _all_letters(facts: Facts, row: Objective) -> Iterator[Typed]:
    for letter, fill in LETTERS.items():
        if SCORES[letter](facts, row) < FULL:
            yield fill(facts, row)
