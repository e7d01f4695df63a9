"""In which order the work is done: this year's two or three priorities, new terms, Sunsets' paths.

Source: domain, section 4, Sequence and Path of a Sunset: first the highest scores with a funded,
ready project; the report, prioritising two to three partnerships per year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from toolkit.assess.record.decided import notice_ends
from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.defects import has_milestone, has_money
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.ranks import ranking_score
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.decisions import find_word
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement, Project
from toolkit.model.vocabulary import EndWord, Evidence, Family, ProjectState, ReviewWord

PRIORITY, IF_A_THIRD, READY, NOT_READY = "priority", "if a third is taken", "ready", "not ready"


AHEAD = (ProjectState.PLANNED, ProjectState.ACTIVE)


@result(key="agreement_id", serves=("R4",))
class Priority(Result):
    """One scored economic agreement, and whether the year is spent on it."""

    agreement_id: str = out("Id")
    decision: str = out("This year", "Priority, if a third is taken, ready, or not ready.")
    partner: str = out("Agreement")
    mean: float = out(
        "Score",
        "With what is missing at its worst, where the proposal does not stand on it.",
        fmt=Format.POINTS,
    )
    project: str | None = out("Project", "The funded, ready one, by its id and name.")
    planned_cost: float | None = out("Planned cost", "Policy currency.", fmt=Format.AMOUNT)
    missing: tuple[str, ...] = out(
        "Not ready for want of", "What keeps the best project from being ready.", fmt=Format.LIST
    )


def find_priorities(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], review: Table[Reviewed]
) -> Table[Priority]:
    """Return the economic agreements by score, and which of them the year is spent on."""
    running = [
        found
        for key, found in facts.items()
        if found.is_scored
        and found.judged_as is not None
        and found.judged_as.family == Family.ECONOMIC
        and found.inside
        and find_word(review[key].decision).ranked
    ]
    by = {
        f.agreement.agreement_id: ranking_score(f, review[f.agreement.agreement_id].evidence)
        for f in running
    }
    ordered = sorted(
        running, key=lambda f: (-by[f.agreement.agreement_id], f.agreement.agreement_id)
    )
    found = [_priority(portfolio, f, by[f.agreement.agreement_id]) for f in ordered]
    return Table(Priority, _take(policy, found))


def chosen(priorities: Table[Priority]) -> tuple[str, ...] | None:
    """Return the year's priorities; None where nobody is scored, so none can be chosen."""
    if not priorities:
        return None
    return tuple(row.agreement_id for row in priorities if row.decision == PRIORITY)


def _take(policy: Policy, rows: Iterable[Priority]) -> list[Priority]:
    """Return the agreements with those that are ready put first, as many as the policy says."""
    fewest, most = policy.counts.prioritised_per_year
    taken, found = 0, []
    for row in rows:
        taken += not row.missing
        word = PRIORITY if taken <= fewest else IF_A_THIRD if taken <= most else READY
        found.append(row if row.missing else replace(row, decision=word))
    return found


def _priority(portfolio: Portfolio, facts: Facts, score: float) -> Priority:
    agreement = facts.agreement
    ahead = [p for p in portfolio.of(agreement, Project) if _is_ahead(p, facts)]
    lacks = {project: _lacks(project, facts) for project in ahead}
    best = min(lacks, key=lambda p: (len(lacks[p]), p.project_id), default=None)
    missing = lacks[best] if best else ("a project planned or active",)
    return Priority(
        agreement_id=agreement.agreement_id,
        decision=NOT_READY,
        reason=f"Scores {score:.0f} of 100; {_story(best, missing)}.",
        partner=portfolio.labels[agreement.agreement_id],
        mean=score,
        project=f"{best.project_id} {best.name}" if best else None,
        planned_cost=best.planned_cost if best else None,
        missing=missing,
        cells=joined(p.cell("state") for p in ahead) or agreement.cell("agreement_id"),
    )


def _story(project: Project | None, missing: Sequence[str]) -> str:
    if project is None:
        return "no project is planned or active"
    if missing:
        return f"{project.name} lacks {', '.join(missing)}"
    return f"{project.name} is funded and ready"


def _is_ahead(project: Project, facts: Facts) -> bool:
    """Whether it is planned or active and has not ended by the date of the review."""
    ended = project.ends is not None and project.ends.last <= facts.as_of
    return project.state in AHEAD and not ended


def _lacks(project: Project, facts: Facts) -> tuple[str, ...]:
    """Return what keeps a project from being funded and ready."""
    points = {
        "a start": project.starts is not None,
        "somebody who leads it": bool(project.led_by_unit or project.led_by_partner),
        "a milestone": has_milestone(project, facts.portfolio),
        "a planned cost": project.planned_cost is not None,
        "committed money": has_money(facts.agreement, facts.portfolio),
    }
    return tuple(name for name, there in points.items() if not there)


PUBLIC_WORD = "concluded, historical"


@result(key="agreement_id")
class Turn(Result):
    """In which year one agreement that waits for new terms is taken up."""

    agreement_id: str = out("Id")
    decision: str = out("Year", "The year at the policy's higher number a year.")
    partner: str = out("Agreement")
    proposed: str = out("Proposed")
    ends: When | EndWord | None = out("Ends", fmt=Format.DATE)
    mean: float | None = out("Score", fmt=Format.POINTS)
    at_most: int = out("Year, at most a year", "At the policy's higher number.", fmt=Format.COUNT)
    at_least: int = out("Year, at least a year", "At its lower number.", fmt=Format.COUNT)


def plan_sequence(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], review: Table[Reviewed]
) -> Table[Turn]:
    """Return in which year each renegotiation is taken up: earliest end first, then the score.

    One that holds only provided that something is shown is not dated before it is shown.
    """
    waiting = [
        found
        for key, found in facts.items()
        if find_word(review[key].decision).new_terms
        and review[key].evidence != Evidence.PROVISIONAL
    ]
    ordered = sorted(waiting, key=_urgency)
    fewest, most = policy.counts.prioritised_per_year
    return Table(
        Turn,
        (
            _turn(portfolio, found, review, place // most, place // fewest)
            for place, found in enumerate(ordered)
        ),
    )


def _urgency(facts: Facts) -> tuple[date, float, str]:
    """Sort key: earliest end first, no known end last, then the higher score, then the id."""
    ends = facts.agreement.ends
    last = ends.last if isinstance(ends, When) else date.max
    return last, -facts.at(facts.score), facts.agreement.agreement_id


def _turn(
    portfolio: Portfolio, facts: Facts, review: Table[Reviewed], wait: int, longest_wait: int
) -> Turn:
    agreement, next_year = facts.agreement, facts.policy.year_of(facts.as_of) + 1
    year = next_year + wait
    return Turn(
        agreement_id=agreement.agreement_id,
        decision=str(year),
        reason=_turn_reason(facts, year),
        partner=portfolio.labels[agreement.agreement_id],
        proposed=review[agreement.agreement_id].decision,
        ends=agreement.ends,
        mean=facts.score.mean if facts.score else None,
        at_most=year,
        at_least=next_year + longest_wait,
        cells=agreement.cells("ends"),
    )


def _turn_reason(facts: Facts, year: int) -> str:
    ends = facts.agreement.ends
    if not isinstance(ends, When):
        return "No known end, so it waits behind those that end."
    if facts.policy.year_of(ends.last) < year:
        return f"It ends on {long_date(ends.last)}, before its turn: extend it or take it first."
    return f"It ends on {long_date(ends.last)}."


@result(key="agreement_id")
class SunsetPath(Result):
    """The path of one Sunset, decided or proposed."""

    agreement_id: str = out("Id")
    decision: str = out("Public word", "What it is called in public afterwards.")
    partner: str = out("Agreement")
    ends_on: str = out("Ends on", fmt=Format.DATE)
    steps: tuple[str, ...] = out("Steps", fmt=Format.LIST)


def plan_sunsets(
    portfolio: Portfolio, facts: Mapping[str, Facts], review: Table[Reviewed]
) -> Table[SunsetPath]:
    """Return the path of each Sunset, decided or proposed: who is heard, and when it ends."""
    sunsets = (f for key, f in facts.items() if review[key].decision == ReviewWord.SUNSET)
    return Table(SunsetPath, (_path(portfolio, found) for found in sunsets))


def _path(portfolio: Portfolio, facts: Facts) -> SunsetPath:
    agreement = facts.agreement
    ends_on, why = _end(facts)
    return SunsetPath(
        agreement_id=agreement.agreement_id,
        decision=PUBLIC_WORD,
        reason=f"It ends on {long_date(ends_on)}, {why}.",
        partner=portfolio.labels[agreement.agreement_id],
        ends_on=ends_on.isoformat(),
        steps=(
            f"Notify {agreement.partner}{', if that was not done' if facts.decided else ''}",
            f"Hear {_sponsor(agreement)} and {_councillor(agreement)}",
            _hand_on(facts),
            f"End it on {long_date(ends_on)} and keep its record as historical",
        ),
        cells=agreement.cells("ends", "endorsed_by"),
    )


def _end(facts: Facts) -> tuple[date, str]:
    """Return when it ends and why then: at its own end that is still to come, else after notice."""
    ends, notice = facts.agreement.ends, facts.policy.periods.notice_months
    if isinstance(ends, When) and ends.last >= facts.as_of:
        return ends.last, "at its own end"
    if facts.decided is not None:
        why = f"{notice} months after the decision, as notice"
        return notice_ends(facts.decided, facts.policy), why
    return add_months(facts.as_of, notice), f"{notice} months after the review, as notice"


def _sponsor(agreement: Agreement) -> str:
    return agreement.community_sponsor or "a sponsor, where there is one,"


def _councillor(agreement: Agreement) -> str:
    return agreement.endorsed_by or "the Councillor concerned"


def _hand_on(facts: Facts) -> str:
    offers = " or ".join(facts.offers) or "local alternative partners"
    return f"Offer to hand it on to {offers}"
