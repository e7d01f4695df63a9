"""Which seats lie over the cap of a class, and which are tied there.

Source: domain, section 4, Seats. Only a cap by class can be exceeded agreement by agreement, for
scores of two classes are not comparable. Over the cap means that council decides, never Sunset.
"""

from collections.abc import Mapping

from toolkit.assess.record.relationships import relationship_key
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.weighing import sub_score
from toolkit.model.policy import Policy
from toolkit.model.vocabulary import Seat

Standing = tuple[float, bool, float, float]


def settle_caps(
    seats: Mapping[str, Seat],
    policy: Policy,
    facts: Mapping[str, Facts],
    full_costs: Mapping[str, float | None],
) -> dict[str, Seat]:
    """Return the seats with those over the cap of their class, and those tied at it, marked.

    Parameters
    ----------
    full_costs
        The year's full cost by agreement, in the policy's currency; it settles the last tie.
    """
    settled = dict(seats)
    scored = _best_instruments(facts)
    for name, cap in (policy.cap.by_class or {}).items():
        holders = [
            key
            for key, seat in seats.items()
            if seat == Seat.HOLDS and facts[key].agreement.classification == name
        ]
        if len(holders) > cap:
            standings = {
                key: _standing(scored.get(_place(facts[key])), full_costs) for key in holders
            }
            settled |= _over(standings, int(cap))
    return settled


def _place(facts: Facts) -> tuple[str, str]:
    """Return the relationship and the class that a seat belongs to."""
    return relationship_key(facts.agreement), facts.judged_as.name


def _best_instruments(facts: Mapping[str, Facts]) -> dict[tuple[str, str], Facts]:
    """Return the best scored instrument of each relationship in each class; it stands for it."""
    scored = (found for found in facts.values() if found.is_scored)
    ordered = sorted(scored, key=lambda f: (f.score.mean, f.agreement.agreement_id))
    return {_place(found): found for found in ordered}


def _over(standings: Mapping[str, Standing | None], cap: int) -> dict[str, Seat]:
    """Return the seats that do not simply stay: not ranked, tied at the cap, or beyond it."""
    found = {key: Seat.TIED for key, standing in standings.items() if standing is None}
    ranked = {key: standing for key, standing in standings.items() if standing is not None}
    for key, standing in ranked.items():
        better = sum(other > standing for other in ranked.values())
        equal = sum(other == standing for other in ranked.values())
        if better >= cap:
            found[key] = Seat.OVER
        elif better + equal > cap:
            found[key] = Seat.TIED
    return found


def _standing(best: Facts | None, full_costs: Mapping[str, float | None]) -> Standing | None:
    """Return what ranks a seat: score, then no defect, higher record, lower full cost.

    A cost that is not on record settles nothing in its favour.
    """
    if best is None:
        return None
    record = sub_score(best.ratings, best.judged_as.weights, fit=False)
    cost = full_costs.get(best.agreement.agreement_id)
    return (
        best.score.mean,
        not counted(best.defects),
        -1.0 if record is None else record,
        float("-inf") if cost is None else -cost,
    )
