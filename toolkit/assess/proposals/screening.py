"""The rules of the first decision point, in the order they are tried; the first decides.

Source: `docs/rules.md`. The list reads like the policy: number, decision, when, test, reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from toolkit.assess.proposals.factors import (
    CAP,
    CRITERIA,
    NOT_ON_RECORD,
    RESOURCES,
    ProposalFacts,
    at_least,
    find_gates,
    open_factors,
)
from toolkit.assess.review.facts import End
from toolkit.assess.rules import Match, Rule, always, matching
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import DecisionPoint, Evidence, Family, Finding, ProposalWord


@dataclass(frozen=True)
class Screening:
    """What the rules propose, what else might be, and whether a missing fact could change it."""

    match: Match[ProposalFacts]
    second_option: str | None
    evidence: Evidence
    missing: tuple[str, ...]


def screen(facts: ProposalFacts) -> Screening:
    """Return the first rule that matches, and whether it does at both ends of the evidence."""
    low, mean, high = (matching(RULES, replace(facts, end=end)) for end in End)
    first = mean[0]
    same = low[0].decision == first.decision == high[0].decision
    return Screening(
        first,
        _second_option(mean, facts),
        _evidence(first, same=same),
        open_factors(facts) if first.decision == ProposalWord.HOLD else (),
    )


def _evidence(first: Match[ProposalFacts], *, same: bool) -> Evidence:
    if not first.is_scored:
        return Evidence.BY_RULE
    return Evidence.STANDS if same else Evidence.PROVISIONAL


def _second_option(matches: Sequence[Match[ProposalFacts]], facts: ProposalFacts) -> str | None:
    """Return the next rule's decision; for Hold, where the fit points."""
    first = matches[0].decision
    if first != ProposalWord.HOLD:
        return next(match.decision for match in matches if match.decision != first)
    points = {Finding.MET: ProposalWord.PROCEED, Finding.NOT_MET: ProposalWord.DECLINE}
    return points.get(find_gates(facts)[CRITERIA])


def _on_hold(f: ProposalFacts) -> bool:
    return bool(f.held)


def _hold_reason(f: ProposalFacts) -> str:
    first = f.held[0]
    why = f": {first.hold_reason}" if first.hold_reason else ""
    return f"{first.agreement_id} {first.partner} is under legal hold{why}."


def _has_no_priority(f: ProposalFacts) -> bool:
    economic = f.judged_as is not None and f.judged_as.family == Family.ECONOMIC
    return economic and f.rating("C1") == f.rating("C2") == 0


def _no_priority_reason(_f: ProposalFacts) -> str:
    return "It is in no priority market and shares no priority sector."


def _fits_too_little(f: ProposalFacts) -> bool:
    return at_least(f.fit_score, f.policy.thresholds.decline_fit) == Finding.NOT_MET


def _too_little_reason(f: ProposalFacts) -> str:
    line = f.policy.thresholds.decline_fit
    return f"Its {_fit(f)}; below {line:g} a proposal is declined."


def _fit(f: ProposalFacts) -> str:
    score = f.fit_score
    return f"fit is {NOT_ON_RECORD if score is None else f'{one_decimal(score)} of 100'}"


def _is_ready(f: ProposalFacts) -> bool:
    return set(find_gates(f).values()) == {Finding.MET}


def _ready_reason(f: ProposalFacts) -> str:
    seat = "a seat is free" if f.needs_seat else "it needs no further seat"
    return f"Its {_fit(f)}, its cost is within what is left, and {seat}."


def _waiting_reason(f: ProposalFacts) -> str:
    """Return in words what stands between the proposal and Proceed."""
    gates = find_gates(f).items()
    words = [WAITING[name, found](f) for name, found in gates if found != Finding.MET]
    return f"On hold: {'; '.join(words)}."


def _low_fit(f: ProposalFacts) -> str:
    return f"its {_fit(f)}, short of {f.policy.thresholds.proceed_fit:g}"


def _no_fit(f: ProposalFacts) -> str:
    if f.judged_as is None:
        return f"'{f.proposal.proposed_class}' is no class of the framework, so it is not scored"
    return "less than half of what its fit is judged by is known"


def _unknown_money(f: ProposalFacts) -> str:
    names = ["its cost"] if f.proposal.estimated_cost is None else []
    names += ["what is left of the budget"] if f.resources_left is None else []
    return f"{' and '.join(names)} {'are' if len(names) > 1 else 'is'} not on record"


WAITING: dict[tuple[str, Finding], Callable[[ProposalFacts], str]] = {
    (CRITERIA, Finding.NOT_MET): _low_fit,
    (CRITERIA, Finding.NOT_ON_RECORD): _no_fit,
    (RESOURCES, Finding.NOT_MET): lambda _f: "its cost is more than what is left",
    (RESOURCES, Finding.NOT_ON_RECORD): _unknown_money,
    (CAP, Finding.NOT_MET): lambda _f: "no seat is free",
    (CAP, Finding.NOT_ON_RECORD): lambda _f: "whether it needs a seat depends on its class",
}
S, D1 = ProposalWord, DecisionPoint.D1
FIT = ("country", "proposed_class", "priority_sectors", "Profiles.sectors_shared")
RULES: tuple[Rule[ProposalFacts], ...] = (
    Rule(
        D1, "1", S.DECLINE,
        "a legal hold on an agreement with the partner",
        _on_hold, _hold_reason, ("partner", "country", "agreement_id", "Agreements.legal_hold"),
    ),
    Rule(
        D1, "2", S.DECLINE,
        "for an economic class, no priority market and no priority sector",
        _has_no_priority, _no_priority_reason, FIT,
        scored=always,
    ),
    Rule(
        D1, "3", S.DECLINE,
        "a fit below {decline_fit} of 100",
        _fits_too_little, _too_little_reason, FIT,
        scored=always,
    ),
    Rule(
        D1, "4", S.PROCEED,
        "a fit of {proceed_fit} or more, a known cost within what is left, and a seat free where "
        "the class asks for one and its relationship holds none",
        _is_ready, _ready_reason, (*FIT, "estimated_cost"),
        scored=always,
    ),
    Rule(
        D1, "5", S.HOLD,
        "everything else, naming each factor that is not met or not on record",
        always, _waiting_reason, (*FIT, "estimated_cost"),
        scored=always,
    ),
)  # fmt: skip
