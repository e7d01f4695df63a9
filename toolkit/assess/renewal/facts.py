"""What the renewal rules see of one agreement, and how its figures are compared and told.

Source: domain, section 8. Figures are per cent or points, 0-100; a missing one is None.
"""

from dataclasses import dataclass

from toolkit.model.policy import Policy


@dataclass(frozen=True)
class RenewalFacts:
    """What the rules see of one agreement; per cent and points 0-100, missing is None.

    `asked_for_evidence_before`: the one extension for the evidence was given and has run out.
    """

    achievement: float | None
    coverage: float | None
    partner_duties: float | None
    score: float | None
    forward_plan_smart: bool
    external_cause: bool
    policy: Policy
    legal_hold: bool = False
    renewed_conditionally_before: bool = False
    asked_for_evidence_before: bool = False


def reaches(value: float | None, limit: float) -> bool:
    """Whether a value is known and at least the limit, to nine decimals.

    >>> reaches(84.9999999999, 85), reaches(84.99, 85), reaches(None, 0)
    (True, False, False)
    """
    return value is not None and round(value, 9) >= limit


def figure(value: float | None, *limits: float) -> str:
    """Return a whole number, with decimals only where it would else cross a limit.

    >>> figure(97.306, 85), figure(84.96, 85), figure(84.996, 85), figure(None)
    ('97', '84.96', '84.996', 'n/a')
    """
    if value is None:
        return "n/a"
    texts = (f"{value:.{digits}f}" for digits in (0, 1, 2, 3, 9))
    return next(t for t in texts if all(_same_side(float(t), value, limit) for limit in limits))


def _same_side(shown: float, value: float, limit: float) -> bool:
    return reaches(shown, limit) == reaches(value, limit)


def partner_fails(f: RenewalFacts) -> bool:
    """Whether the partner is known to have met too few of its duties."""
    known = f.partner_duties is not None
    return known and not reaches(f.partner_duties, f.policy.thresholds.partner_duties)


def achieves_for_conditions(f: RenewalFacts) -> bool:
    """Whether enough is achieved for a renewal with conditions."""
    return reaches(f.achievement, f.policy.thresholds.conditions_achievement)


def achieves_for_renewal(f: RenewalFacts) -> bool:
    """Whether enough is achieved for a full renewal."""
    return reaches(f.achievement, f.policy.thresholds.renew_achievement)


def scores_enough(f: RenewalFacts) -> bool:
    """Whether a score is known and high enough to keep it."""
    return reaches(f.score, f.policy.thresholds.keep_score)


def lacking_for_a_chance(f: RenewalFacts) -> list[str]:
    """Return what a conditional renewal after poor results lacks, the score apart."""
    asked = f.policy.thresholds.conditional_duties
    lacking = []
    if not reaches(f.partner_duties, asked):
        met = "" if f.partner_duties is None else f", on record {figure(f.partner_duties, asked)} %"
        lacking.append(f"partner duties met to {asked:g} %{met}")
    if not f.external_cause:
        lacking.append("a stated external cause")
    if f.renewed_conditionally_before:
        lacking.append("a first time: it was renewed on condition before")
    return lacking
