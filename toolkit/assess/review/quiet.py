"""What rule 7 tests of an agreement without a project for long, and how it tells its reason.

Source: `docs/rules.md`. What has no date is not shown to have run, nor to be planned.
"""

from collections.abc import Sequence
from datetime import timedelta

from toolkit.assess.record.activity import (
    latest_word,
    signs_of_life,
)
from toolkit.assess.record.evidence import records_complete
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.notice_words import must_show, notice_ran_out, offer
from toolkit.model.dates import When, add_months, long_date, spoken
from toolkit.model.sheets import Project
from toolkit.model.vocabulary import Family, ProjectState, ReviewWord


def is_quiet(facts: Facts) -> bool:
    """Whether projects count, and none is shown to have run in the months that count."""
    return facts.sources.counts(Project) and facts.running == 0


def _projects(facts: Facts) -> Sequence[Project]:
    return facts.portfolio.of(facts.agreement, Project)


def _signs(facts: Facts) -> tuple[str, ...]:
    projects = _projects(facts)
    return signs_of_life(facts.agreement, projects, facts.policy, as_of=facts.as_of)


def _no_project(facts: Facts) -> str:
    """Return since when no project has run, as far as the record tells."""
    months = facts.policy.periods.inactive_months
    ended = [p.ends for p in _projects(facts) if p.ends and p.state == ProjectState.DONE]
    if not ended:
        return f"No project is on record in {months} months"
    last = max(ended, key=lambda when: when.last)
    return f"No project is on record in {months} months; the last ended {spoken(last)}"


def _silence(facts: Facts) -> str:
    heard = latest_word(facts.agreement)
    contact = f"the last contact was on {spoken(heard)}" if heard else "no contact is on record"
    return f"{_no_project(facts)}, none is planned, and {contact}"


def is_quiet_after_notice_with_offer(facts: Facts) -> bool:
    return is_quiet_after_notice(facts) and bool(facts.offers)


def is_quiet_after_notice(facts: Facts) -> bool:
    return is_quiet(facts) and facts.notice_has_run_out


def why_quiet_transfer(facts: Facts) -> str:
    return f"{why_quiet_after_notice(facts)} {offer(facts)}"


def why_quiet_after_notice(facts: Facts) -> str:
    return f"{_no_project(facts)}. {notice_ran_out(facts)}"


def never_answered(facts: Facts) -> bool:
    """Whether nothing shows life, and a question that was put long ago was not answered."""
    months = facts.policy.periods.unanswered_months
    asked = _unanswered(facts)
    return (
        is_quiet(facts)
        and not _signs(facts)
        and asked is not None
        and asked.last < add_months(facts.as_of, -months)
    )


def _unanswered(facts: Facts) -> When | None:
    """Return when a question was put that was not answered since."""
    asked, answered = facts.agreement.asked_on, facts.agreement.answered_on
    is_answered = bool(asked and answered and answered.last >= asked.first)
    return None if is_answered else asked


def why_never_answered(facts: Facts) -> str:
    asked = spoken(facts.agreement.asked_on)
    return f"{_silence(facts)}. It was asked on {asked} and nobody has answered."


def is_idle(facts: Facts) -> bool:
    """Whether it is quiet and not a community agreement that shows life in another way."""
    return is_quiet(facts) and (facts.family == Family.ECONOMIC or not _signs(facts))


IDLE_WORDS = (
    ReviewWord.CONFIRM_OR_END,
    ReviewWord.REVIVE_OR_END,
    ReviewWord.INSUFFICIENT,
    ReviewWord.ON_NOTICE,  # one that is running is repeated, not taken back
)


def is_idle_again(facts: Facts) -> bool:
    return is_idle(facts) and facts.last_word in IDLE_WORDS


def why_idle_again(facts: Facts) -> str:
    said = f"{_no_project(facts)}, and a year ago the review already said {facts.last_word}."
    return f"{said} {must_show(facts, 'a project that has begun')}"


def activity_is_not_told(facts: Facts) -> bool:
    complete = records_complete(facts.agreement, facts.policy, as_of=facts.as_of)
    return is_idle(facts) and not _projects(facts) and not complete


def why_activity_is_asked(facts: Facts) -> str:
    by = long_date(facts.answers_due)
    who = facts.agreement.lead_unit or "the unit that leads it"
    said = "Its activity is not told: no project is on record, nor that the records are complete."
    return f"{said} To be told by {by}, by {who}: its projects, or up to when there were none."


def may_revive(facts: Facts) -> bool:
    return is_idle(facts) and bool(_signs(facts))


def why_revive(facts: Facts) -> str:
    by = long_date(facts.policy.year_end(facts.policy.year_of(facts.as_of) + 1))
    return f"{_no_project(facts)}, but {'; '.join(_signs(facts))}. First project by {by}, or end."


def has_not_answered_yet(facts: Facts) -> bool:
    asked = _unanswered(facts)
    due = facts.as_of - timedelta(days=facts.policy.periods.answer_days)
    return is_idle(facts) and asked is not None and asked.last < due


def why_answer_is_late(facts: Facts) -> str:
    asked = facts.agreement.asked_on
    if asked is None:
        return ""
    by = long_date(add_months(asked.last, facts.policy.periods.revive_months))
    said = f"{_silence(facts)}. Asked on {spoken(asked)}, no answer yet."
    return f"{said} First project by {by}, or end."


def why_confirm(facts: Facts) -> str:
    asked = _unanswered(facts)
    start = asked.last if asked else facts.as_of
    due = long_date(start + timedelta(days=facts.policy.periods.answer_days))
    if asked:
        return f"{_silence(facts)}. Asked on {spoken(asked)}; the answer is due by {due}."
    return f"{_silence(facts)}. Ask for confirmation by {due}."
