"""What is proposed for each agreement: the rule that matched, its facts, and the second option."""

from collections.abc import Mapping

from toolkit.assess.classes.classification import Classified
from toolkit.assess.review.bounds import Bounds, Missing, find_bounds, find_missing
from toolkit.assess.review.criteria import is_scored
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.firmness import Shaken
from toolkit.assess.review.holders import holder_of
from toolkit.assess.review.provisos import find_proviso
from toolkit.assess.review.rules import RAN
from toolkit.assess.rules import Match
from toolkit.model.dates import long_date
from toolkit.model.defects import Defect
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined, runs
from toolkit.model.rules import RuleRef
from toolkit.model.sheets import Agreement, Project
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import (
    ClassFinding,
    DecisionPoint,
    Evidence,
    Finding,
    Firm,
    ReviewWord,
)


@result(key="agreement_id", serves=("R4", "D3"))
class Reviewed(Result):
    """What is proposed for one agreement by the rules of `docs/rules.md`."""

    agreement_id: str = out("Id")
    decision: str = out("Proposed", "A word of the review or, near its end, of D3.")
    partner: str = out("Partner")
    country: str = out("Country")
    classification: str = out("Class now")
    rule: RuleRef | None = out("Rule", "The rule that matched first.", default=None)
    evidence: Evidence | None = out(
        "Evidence", "How far it holds over all that is missing.", default=None
    )
    firmness: Firm | None = out("Firmness", "Whether the draws give it again.", default=None)
    share: float | None = out(
        "Share of the draws", "Of those by the city's weights.", fmt=Format.SHARE, default=None
    )
    proposed_class: str | None = out("Proposed class", default=None)
    conditions: tuple[str, ...] = out("On condition of", fmt=Format.LIST, default=())
    second_option: str | None = out(
        "Second option", "What would be proposed otherwise.", default=None
    )
    missing: str | None = out(
        "Missing", "The criterion that would settle an open case.", default=None
    )
    provided: str | None = out(
        "Provided that", "On what it holds, where it is provisional; else what.", default=None
    )
    place: int | None = out(
        "Place",
        "0 for the best to 5; a provisional one has the place with what is missing at its worst.",
        fmt=Format.COUNT,
        default=None,
    )
    facts: tuple[str, ...] = out("Facts seen", fmt=Format.LIST)
    defects: tuple[Defect, ...] = out("Lacks", fmt=Format.LIST, default=())
    not_looked_at: tuple[str, ...] = out(
        "Not looked at", "What its sheet is not supplied for.", fmt=Format.LIST, default=()
    )
    drawn: str | None = out(
        "Drawn", "Every decision of the draws, with its share.", handed_out=False, default=None
    )
    grounds: str = out(
        "Grounds", "The reason without the conditions.", handed_out=False, default=""
    )


def review_agreements(
    portfolio: Portfolio,
    classification: Table[Classified],
    facts: Mapping[str, Facts],
    firmness: Table[Shaken],
) -> Table[Reviewed]:
    """Return the review of every agreement.

    Parameters
    ----------
    classification, facts, firmness
        The results of `reclassify`, `gather_facts` and `find_firmness`.
    """
    return Table(
        Reviewed,
        (
            _review(facts[a.agreement_id], firmness[a.agreement_id])
            if a.agreement_id in facts
            else _not_reviewed(portfolio, a, classification[a.agreement_id])
            for a in portfolio.rows(Agreement)
        ),
    )


def decide(facts: Mapping[str, Facts]) -> Mapping[str, str]:
    """Return only what is proposed for each agreement under review."""
    return {key: find_bounds(found).decision for key, found in facts.items()}


def _review(facts: Facts, shaken: Shaken) -> Reviewed:
    bounds, agreement = find_bounds(facts), facts.agreement
    first = bounds.first
    missing = find_missing(facts) if bounds.lacks_what_is_asked else None
    provided = find_proviso(facts, bounds)
    return Reviewed(
        agreement_id=agreement.agreement_id,
        decision=bounds.decision,
        reason=_reason(bounds, missing, provided),
        partner=facts.portfolio.labels[agreement.agreement_id],
        country=agreement.country,
        classification=agreement.classification,
        rule=bounds.rule,
        evidence=bounds.evidence,
        firmness=shaken.decision,
        share=shaken.share,
        drawn=shaken.said,
        proposed_class=_proposed_class(first, facts.outcome),
        conditions=first.conditions,
        second_option=_second_option(bounds, facts, shaken),
        missing=missing.criterion if missing else None,
        provided=provided,
        place=bounds.place,
        facts=_seen(facts),
        defects=counted(facts.defects),
        not_looked_at=tuple(d.name for d in facts.defects if d.finding == Finding.NOT_LOOKED_AT),
        cells=_cells(first),
        grounds=first.grounds,
    )


def _reason(bounds: Bounds, missing: Missing | None, provided: str | None) -> str:
    """Return why it is proposed: the ground, and what of the evidence decided it."""
    first = bounds.first
    if provided:
        return f"{first.reason} This holds {provided}."
    if not bounds.is_open and bounds.decision == first.decision:
        return first.reason
    again = "This is the second year running. " if bounds.decision == ReviewWord.ON_NOTICE else ""
    if not bounds.is_open:
        return f"{again}{first.reason}"
    by_known = f"By what is known: {first.decision}. {first.reason}"
    ends = f"At its worst it is {bounds.low.decision}, at its best {bounds.at_best.decision}."
    return f"{again}{by_known} {ends}{_settling(first.facts, missing)}"


def _settling(facts: Facts, missing: Missing | None) -> str:
    """Return the one fact that would settle an open case: who has it, by when.

    Once a notice has run out, no fact of the sheets that count is waited for any more.
    """
    if missing is None:
        return " Only what was not looked at keeps it from an end."
    criterion = next(c for c in facts.policy.criteria if c.id == missing.criterion)
    holder = holder_of(criterion.holder, facts.agreement)
    by = long_date(facts.answers_due)
    what = "would settle it" if missing.settles else "would come closest to settling it"
    name = f"{criterion.name.lower()} ({criterion.id})"
    return f" The fact that {what}: {name}, from {holder}, by {by}."


def _not_reviewed(portfolio: Portfolio, agreement: Agreement, outcome: Classified) -> Reviewed:
    return Reviewed(
        agreement_id=agreement.agreement_id,
        decision=ReviewWord.NOT_REVIEWED,
        reason=outcome.reason,
        partner=portfolio.labels[agreement.agreement_id],
        country=agreement.country,
        classification=agreement.classification,
        facts=(_status(agreement),),
        cells=agreement.cell("status"),
    )


def _proposed_class(match: Match[Facts], outcome: Classified) -> str | None:
    return outcome.decision if match.decision == ReviewWord.RECLASSIFY else None


def _second_option(bounds: Bounds, facts: Facts, shaken: Shaken) -> str | None:
    """Return what would be proposed otherwise: the word drawn next, the next rule, or a class.

    An agreement that is too young to be judged has none; one that people decided has what the
    rules say, be it the same; one left open has what is known of it.
    """
    first, *rest = bounds.matching
    if first.decision == ReviewWord.TOO_EARLY:
        return None
    if facts.renewal is not None and first.rule.point == DecisionPoint.D3:
        return facts.renewal.second_option
    if bounds.decision != first.decision:
        return str(first.decision)
    drawn = [word for word in shaken.drawn if word != first.decision]
    if drawn:
        return drawn[0]
    others = [m for m in rest if first.rule.by_people or m.decision != first.decision]
    other = others[0] if others else None
    if other and not shaken.drawn:
        target = _proposed_class(other, facts.outcome)
        return f"{other.decision} as {target}" if target else str(other.decision)
    if first.decision == ReviewWord.CLASS_FIRST and facts.outcome.suggestion:
        return f"{ReviewWord.RECLASSIFY} as {facts.outcome.suggestion}"
    stays = facts.inside and first.decision != ReviewWord.RECLASSIFY
    return _other_class(facts) if stays else None


def _other_class(facts: Facts) -> str | None:
    """Return, inside the framework, the class that the stated purposes point to instead."""
    policy, own = facts.policy, facts.agreement.classification
    if facts.outcome.decision == ClassFinding.BORDERLINE:
        others = [band.agreement_class for band in policy.bands if band.agreement_class != own]
    else:
        others = [facts.there.name] if facts.there and facts.there.name != own else []
    return f"{ReviewWord.RECLASSIFY} as {others[0]}" if others else None


def _seen(facts: Facts) -> tuple[str, ...]:
    agreement, outcome = facts.agreement, facts.outcome
    return (
        _status(agreement),
        f"signed {agreement.signed or 'not on record'}",
        f"ends {agreement.ends or 'not on record'}",
        f"{outcome.framework} the framework",
        f"purposes: {outcome.purposes or 'none on record'}",
        *_seen_scores(facts),
    )


def _status(agreement: Agreement) -> str:
    given = "" if agreement.has_status else " (blank, so reviewed as active)"
    return f"status {agreement.status}{given}"


def _seen_scores(facts: Facts) -> tuple[str, ...]:
    """Return the score as a rule compares it, to one decimal, with its ends."""
    cls, score, there = facts.judged_as, facts.score, facts.there
    if cls is None:
        return ()
    known = f"{score.known:.0f} of 100 of the weight of its class known"
    if not facts.is_scored:
        return (known,)
    ends = f"{one_decimal(score.low)} to {one_decimal(score.high)}"
    own = f"score as {cls.name} {one_decimal(score.points)} ({ends})"
    if there is None or there is cls or not is_scored(facts.score_there, facts.policy):
        return own, known
    return own, known, f"score as {there.name} {one_decimal(facts.score_there.points)}"


def _cells(match: Match[Facts]) -> str:
    rule, facts = match.rule, match.facts
    agreement = facts.agreement
    parts = [agreement.cells(*rule.columns)]
    if RAN[0] in rule.columns:
        projects = facts.portfolio.of(agreement, Project)
        parts += [*runs(projects, "state"), *runs(projects, "ends")]
    if facts.decided is not None:
        parts.append(facts.decided.cell("decision"))
    if rule.decision == ReviewWord.CONTINUE:
        lacking = dict.fromkeys(c for d in counted(facts.defects) for c in d.columns)
        parts.append(agreement.cells(*lacking))
    if facts.renewal is not None:
        parts.append(facts.renewal.cells)
    if rule.decision in (ReviewWord.TRANSFER, ReviewWord.ON_NOTICE):
        parts.append(facts.offer_cells)
    if facts.notice is not None:
        parts.append(facts.notice.row.cells("decision", "expires"))
    if rule.decision == ReviewWord.RECLASSIFY:
        parts.append(facts.outcome.cells)
        columns = ("lead_unit", "sponsor_confirmed", "endorsed_by", "endorsed_on")
        parts.append(agreement.cells(*columns))
    if match.is_scored:
        ratings, weights = facts.ratings, facts.weights
        if facts.inside and facts.there and rule.decision == ReviewWord.RECLASSIFY:
            ratings, weights = facts.ratings_there, facts.there.weights
        parts += [rating.cells for key, rating in ratings.items() if weights.get(key)]
    return joined(parts) or agreement.cell("")
