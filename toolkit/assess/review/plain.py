"""Why something is proposed, as a councillor reads it: what the record of the agreement shows.

Source: interfaces, Words. Built from the record alone, so that the numbers are those of the tables;
how the rules weighed them stands in the review's own reason.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.facts import Facts
from toolkit.assess.year.indicators import IndicatorReached
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Objective, Project
from toolkit.model.text import listed, sentence
from toolkit.model.vocabulary import EndWord, Progress, ProjectState, ReviewWord

RECENT = 12  # months in which a project that ended is not yet silence
LONGEST = 220  # characters: what is read at a glance
LED = (ReviewWord.TRANSFER, ReviewWord.ON_NOTICE)  # where it matters who else could lead
SHORT = (Progress.OFF_TRACK, Progress.BEHIND)
LEADS = {
    ReviewWord.LAPSED: "still listed as active after its end",
    ReviewWord.REGISTER: "a partner owns it, not the City",
    ReviewWord.FOLD_IN: "outside the framework, beside another agreement of the same relationship",
    ReviewWord.CLASS_FIRST: "outside the framework, and its purposes settle no class",
}


def plain_reasons(
    review: Iterable[Reviewed],
    facts: Mapping[str, Facts],
    indicators: Iterable[IndicatorReached],
    portfolio: Portfolio,
    as_of: date,
) -> Mapping[str, str]:
    """Return the reason of each agreement in the review, by its id, as a councillor reads it."""
    own: dict[str, list[IndicatorReached]] = defaultdict(list)
    for row in indicators:
        own[row.agreement_id].append(row)
    return {
        row.agreement_id: plain_reason(
            row, facts.get(row.agreement_id), portfolio, own[row.agreement_id], as_of=as_of
        )
        for row in review
    }


def plain_reason(
    row: Reviewed,
    facts: Facts | None,
    portfolio: Portfolio,
    indicators: Sequence[IndicatorReached],
    *,
    as_of: date,
) -> str:
    """Return what the record shows of one agreement, in one sentence of at most 220 characters.

    Parameters
    ----------
    facts
        What the rules see of it; nothing where it is not under review.
    indicators
        Those of this agreement: the one furthest from its target is named with both numbers.
    """
    agreement = portfolio.get(Agreement, row.agreement_id)
    if agreement is None:
        return ""
    told = (
        _lead(row, agreement, is_outside=facts is not None and not facts.inside),
        *(_decided(facts, row.decision) if facts else ()),
        _projects(agreement, portfolio, as_of),
        *_results(agreement, portfolio, indicators),
        _end(agreement, as_of),
        _silence(agreement),
    )
    kept: list[str] = []
    for part in filter(None, told):
        if len("; ".join((*kept, part))) < LONGEST:
            kept.append(part)
    return sentence("; ".join(kept))


def _lead(row: Reviewed, agreement: Agreement, *, is_outside: bool) -> str:
    """Return what sets the agreement apart, where something does."""
    if row.decision == ReviewWord.SUSPEND:
        held = "on legal hold" if agreement.legal_hold == "y" else "suspended"
        return f"{held}: {agreement.hold_reason}" if agreement.hold_reason else held
    if row.decision == ReviewWord.TOO_EARLY and agreement.signed:
        return f"signed {_day(agreement.signed)}, too lately to judge"
    if row.decision == ReviewWord.RECLASSIFY:
        outside = "outside the framework, and " if is_outside else ""
        return f"{outside}its purposes are those of a {row.proposed_class}"
    return next((words for word, words in LEADS.items() if word == row.decision), "")


def _decided(facts: Facts, decision: str) -> tuple[str, ...]:
    """Return what people decided, that a notice ran out, and who offers to lead."""
    notice, offers = facts.notice, facts.offers
    ran_out = notice is not None and notice.has_run_out
    return (
        f"people decided so for {facts.decided.year}" if facts.decided else "",
        f"its notice ran out on {long_date(notice.until)}" if notice and ran_out else "",
        f"{listed(offers)} could lead it" if offers and decision in LED else "",
    )


def _projects(agreement: Agreement, portfolio: Portfolio, as_of: date) -> str:
    """Return which projects run, or since when none has; nothing where the sheet is absent."""
    if not portfolio.has(Project):
        return ""
    ran = [
        p
        for p in portfolio.of(agreement, Project)
        if p.state in (ProjectState.ACTIVE, ProjectState.DONE)
    ]
    running = sum(_runs(project, as_of) for project in ran)
    if running:
        return f"{running} project{'' if running == 1 else 's'} under way"
    ended = [p.ends for p in ran if p.ends and p.ends.last <= as_of]
    if ended:
        last = max(ended, key=lambda when: when.last)
        is_late = last.last > add_months(as_of, -RECENT)
        return f"{'last project ended' if is_late else 'no project since'} {_month(last)}"
    return "no dated project on record" if ran else "no project on record"


def _runs(project: Project, as_of: date) -> bool:
    """Whether a project is shown to run on the day."""
    begun = project.starts is not None and project.starts.first <= as_of
    over = project.ends is not None and project.ends.last < as_of
    return project.state == ProjectState.ACTIVE and begun and not over


def _results(
    agreement: Agreement, portfolio: Portfolio, indicators: Sequence[IndicatorReached]
) -> tuple[str, ...]:
    """Return how many targets are on track, and the indicator furthest from its own."""
    if not portfolio.has(Objective):
        return ()
    if not portfolio.of(agreement, Objective):
        return ("no objective on record",)
    measured = [row for row in indicators if row.achievement is not None]
    if not measured:
        return ("no result reported against its targets",)
    good = sum(row.decision == Progress.ON_TRACK for row in measured)
    told = (f"{_of(good, len(measured))} on track",)
    worst = min(measured, key=lambda row: (row.achievement or 0.0, row.indicator_id))
    return (*told, _against_target(worst)) if worst.decision in SHORT else told


def _of(good: int, count: int) -> str:
    if count == 1:
        return f"its one measured target {'' if good else 'not '}".rstrip()
    words = {0: f"none of {count}", count: f"all {count}"}
    return f"{words.get(good, f'{good} of {count}')} measured targets"


def _against_target(row: IndicatorReached) -> str:
    if row.actual is None or row.target is None:
        return ""
    unit = f" {row.unit}" if row.unit and row.unit.lower() not in row.name.lower() else ""
    actual, target = (f"{round(value, 1):,.10g}" for value in (row.actual, row.target))
    due = " due by now" if row.target % 1 and not row.actual % 1 else ""  # a part of its period
    between = "of" if row.actual <= row.target else "against a target of"
    return f"{row.name}: {actual} {between} {target}{unit}{due}"


def _end(agreement: Agreement, as_of: date) -> str:
    """Return when it ends or ended; since when it has no end date."""
    ends = agreement.ends
    if isinstance(ends, When):
        return f"{'ended' if ends.last < as_of else 'ends'} {_day(ends)}"
    year = _year(agreement.signed)
    named = "no end date" if ends is EndWord.OPEN_ENDED else "no known end date"
    return f"{named} since {year}" if year else named


def _year(when: When | None) -> int | None:
    """Return the year of a date; nothing where the year itself is not known."""
    is_known = when is not None and when.first.year == when.last.year and not when.is_about
    return when.first.year if when is not None and is_known else None


def _silence(agreement: Agreement) -> str:
    asked, answered = agreement.asked_on, agreement.answered_on
    if asked is None or (answered is not None and answered.last >= asked.first):
        return ""
    return f"asked on {_day(asked)}, no answer yet"


def _day(when: When) -> str:
    return long_date(when.first) if when.is_exact else str(when)


def _month(when: When) -> str:
    if (when.first.year, when.first.month) != (when.last.year, when.last.month):
        return str(when)
    return f"{calendar.month_name[when.last.month]} {when.last.year}"
