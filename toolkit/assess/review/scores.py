"""How every agreement under review scores, and whether any score contradicts its ratings.

Source: domain, section 3. Scores of two classes are not comparable, so each is told by its class.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from toolkit.assess.review.criteria import printed_points, sub_score
from toolkit.assess.review.facts import Facts
from toolkit.model.policy import AgreementClass
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined

CRITERIA = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
SCORED, TOO_LITTLE = "scored", "too little is known"


@result(key="agreement_id", serves=("R2",))
class Scored(Result):
    """How one agreement scores on the criteria of the class it is judged by."""

    agreement_id: str = out("Id")
    decision: str = out("Score", "Scored, or too little is known.")
    partner: str = out("Agreement")
    judged_as: str = out("Judged as", "The class whose weights are taken.")
    level: int = out("Evidence level", "1 to 4.", fmt=Format.COUNT)
    mean: float | None = out("Score", "By what is known.", fmt=Format.POINTS)
    low: float = out("Low end", "With what is missing at 0.", fmt=Format.POINTS)
    high: float = out("High end", "With what is missing at 100.", fmt=Format.POINTS)
    known: float = out("Weight known", "Per cent of the full weight.", fmt=Format.NUMBER)
    fit: float | None = out("Fit: right partner", fmt=Format.POINTS)
    record: float | None = out("Record: delivering", fmt=Format.POINTS)
    C1: float | None = out("C1", "Rating of what is known.", fmt=Format.POINTS, default=None)
    C2: float | None = out("C2", "Rating of what is known.", fmt=Format.POINTS, default=None)
    C3: float | None = out("C3", "Rating of what is known.", fmt=Format.POINTS, default=None)
    C4: float | None = out("C4", "Rating of what is known.", fmt=Format.POINTS, default=None)
    C5: float | None = out("C5", "Rating of what is known.", fmt=Format.POINTS, default=None)
    C6: float | None = out("C6", "Rating of what is known.", fmt=Format.POINTS, default=None)
    C7: float | None = out("C7", "Rating of what is known.", fmt=Format.POINTS, default=None)
    known_weights: Mapping[str, float] = out(
        "Known weights", "By criterion, how much of its weight is known."
    )
    contributions: tuple[str, ...] = out(
        "Points by criterion",
        "Of the mean; as printed they add up to the mean as printed.",
        fmt=Format.LIST,
    )
    left_out: tuple[str, ...] = out(
        "Left out, sheet not supplied", "Criteria that are not weighed.", fmt=Format.LIST
    )

    def rating(self, criterion: str) -> float | None:
        """Return the rating on one criterion, 0 to 100 of what is known."""
        ratings = (self.C1, self.C2, self.C3, self.C4, self.C5, self.C6, self.C7)
        return dict(zip(CRITERIA, ratings, strict=True))[criterion]


def score_agreements(
    portfolio: Portfolio, facts: Mapping[str, Facts], levels: Mapping[str, int]
) -> Table[Scored]:
    """Return the scores of the agreements under review that have a class to be judged by.

    Parameters
    ----------
    levels
        The level of evidence of each agreement, 1 to 4; it stands beside every score.
    """
    return Table(
        Scored,
        (
            _scored(portfolio.labels[key], found, cls, levels[key])
            for key, found in facts.items()
            if (cls := found.judged_as) is not None
        ),
    )


def _scored(partner: str, facts: Facts, cls: AgreementClass, level: int) -> Scored:
    score, ratings, weights = facts.score, facts.ratings, cls.weights
    weighed = {key: rating for key, rating in ratings.items() if weights.get(key)}
    values = {key: rating.value for key, rating in ratings.items()}
    return Scored(
        agreement_id=facts.agreement.agreement_id,
        decision=SCORED if facts.is_scored and score.mean is not None else TOO_LITTLE,
        reason=f"{score.known:.0f} of 100 of the weight of its class is known.",
        partner=partner,
        judged_as=cls.name,
        level=level,
        mean=score.mean,
        low=score.low,
        high=score.high,
        known=score.known,
        fit=sub_score(ratings, weights, fit=True),
        record=sub_score(ratings, weights, fit=False),
        C1=values.get("C1"),
        C2=values.get("C2"),
        C3=values.get("C3"),
        C4=values.get("C4"),
        C5=values.get("C5"),
        C6=values.get("C6"),
        C7=values.get("C7"),
        known_weights={key: weights[key] * rating.known for key, rating in weighed.items()},
        contributions=tuple(f"{k} {points:.1f}" for k, points in printed_points(score).items()),
        left_out=score.left_out,
        cells=joined(rating.cells for rating in weighed.values()),
    )


@result(key="agreement_class")
class ClassOrder(Result):
    """Whether, in one class, an agreement is better on everything and yet scores lower.

    There should be none: one that turns up is a fault of the toolkit.
    """

    agreement_class: str = out("Class")
    decision: str = out("Order", "In order, or contradiction.")
    pairs: int = out("Pairs", "Of which the same is known, compared.", fmt=Format.COUNT)
    contradictions: tuple[str, ...] = out(
        "Contradictions", "Better on everything, yet lower in score.", fmt=Format.LIST
    )


def check_dominance(facts: Mapping[str, Facts]) -> Table[ClassOrder]:
    """Return, for each class, how many pairs were compared and which contradict their scores."""
    groups = scored_by_class(facts)
    return Table(ClassOrder, (_class_order(name, groups[name]) for name in sorted(groups)))


def scored_by_class(facts: Mapping[str, Facts]) -> Mapping[str, list[Facts]]:
    """Return those that are scored by the name of the class they are judged as."""
    groups: dict[str, list[Facts]] = defaultdict(list)
    for found in facts.values():
        if found.judged_as is not None and found.is_scored:
            groups[found.judged_as.name].append(found)
    return groups


def _class_order(name: str, found: Sequence[Facts]) -> ClassOrder:
    groups = _known_alike(found)
    pairs = sum(len(members) * (len(members) - 1) // 2 for members in groups)
    wrong = [pair for members in groups for pair in _contradictions(members)]
    told = tuple(f"{_id(better)} is better on everything than {_id(w)}" for better, w in wrong)
    return ClassOrder(
        agreement_class=name,
        decision="contradiction" if wrong else "in order",
        reason=f"{pairs} pairs of which the same is known were compared; "
        f"{len(wrong) or 'none'} better on everything scores lower.",
        pairs=pairs,
        contradictions=told,
        cells=joined(m.agreement.cell("agreement_id") for group in groups for m in group),
    )


def _id(facts: Facts) -> str:
    return facts.agreement.agreement_id


def _known_alike(found: Sequence[Facts]) -> list[list[Facts]]:
    """Return groups of agreements of which the same is known, as the first of each comes."""
    groups: dict[tuple[tuple[str, float], ...], list[Facts]] = {}
    for facts in found:
        known = tuple(sorted((key, rating.known) for key, rating in facts.ratings.items()))
        groups.setdefault(known, []).append(facts)
    return list(groups.values())


def _contradictions(members: Sequence[Facts]) -> list[tuple[Facts, Facts]]:
    """Return the pairs of which the first is at least as good on everything and scores lower."""
    first = members[0]
    known = [key for key, r in first.ratings.items() if r.known and first.weights.get(key)]
    values = np.array([[m.ratings[key].value for key in known] for m in members]).round(9)
    means = np.array([member.score.points for member in members])
    return [
        (member, members[int(other)])
        for member, own, mean in zip(members, values, means, strict=True)
        for other in np.flatnonzero((own >= values).all(axis=1) & (mean < means))
    ]
