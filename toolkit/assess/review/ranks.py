"""Where every scored agreement stands within its class, and between which ranks the draws put it.

Source: domain, section 4, Seats. Scores of two classes are not comparable, so none is ranked
against another class; of a relationship with several instruments of one class the best counts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from toolkit.assess.record.relationships import relationship_key
from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.draws import Draws, Floats, draw_scores, make_draws
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.scores import scored_by_class
from toolkit.model.decisions import find_word
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.vocabulary import Evidence

NINE_OF_TEN = 0.9  # of the draws; how wide a range of ranks is told changes no proposal


@result(key="agreement_id")
class Ranked(Result):
    """The rank of one scored agreement that would go on, within its class."""

    agreement_id: str = out("Id")
    decision: str = out("Rank", 'Such as "3 of 9".')
    partner: str = out("Agreement")
    judged_as: str = out("Class")
    mean: float = out("Score", "By what is known.", fmt=Format.POINTS)
    ranked_by: float = out(
        "Ranked by",
        "The score; with what is missing at its worst, where the proposal does not stand on it.",
        fmt=Format.POINTS,
    )
    rank: int = out("Rank", "1 is best; equal scores share a rank.", fmt=Format.COUNT)
    lowest: int = out("Best rank", "Of those that hold so many draws.", fmt=Format.COUNT)
    highest: int = out("Last rank", "Of those that hold so many draws.", fmt=Format.COUNT)
    held: float = out("Draws between them", "Of all draws.", fmt=Format.SHARE)
    of: int = out("Of", "Agreements of the class.", fmt=Format.COUNT)


def rank_agreements(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], review: Table[Reviewed]
) -> Table[Ranked]:
    """Return the rank of every scored agreement that would go on, within its class.

    Beside each stand the ranks that hold nine of ten draws of the city's weights: a plain choice,
    apart from the share from which a proposal is firm, as no rule hangs on a rank.
    """
    running = {key: f for key, f in facts.items() if find_word(review[key].decision).ranked}
    groups, draws = scored_by_class(running), make_draws(policy)
    return Table(
        Ranked,
        (
            ranked
            for name in sorted(groups)
            for ranked in _rank_class(portfolio, _best_of_each(groups[name], review), draws, review)
        ),
    )


def ranking_score(facts: Facts, evidence: Evidence | None) -> float:
    """Return the score by which an agreement is ranked.

    Where its proposal does not stand over all that is missing, or its notice has run out, what is
    missing counts as none: to leave a fact out raises no rank.
    """
    is_open = evidence in (Evidence.PROVISIONAL, Evidence.OPEN) or facts.notice_has_run_out
    return facts.score.low if is_open else facts.score.points


def _by_review(facts: Facts, review: Table[Reviewed]) -> float:
    return ranking_score(facts, review[facts.agreement.agreement_id].evidence)


def _best_of_each(members: Sequence[Facts], review: Table[Reviewed]) -> list[Facts]:
    """Return one instrument a relationship: that which ranks highest, the id on a tie."""
    best: dict[str, Facts] = {}
    ordered = sorted(members, key=lambda f: (-_by_review(f, review), f.agreement.agreement_id))
    for member in ordered:
        best.setdefault(relationship_key(member.agreement), member)
    return list(best.values())


def _rank_class(
    portfolio: Portfolio, members: Sequence[Facts], draws: Draws, review: Table[Reviewed]
) -> list[Ranked]:
    drawn = min_ranks(np.stack([draw_scores(member, draws) for member in members]))
    scores = [_by_review(member, review) for member in members]
    ranks = min_ranks(np.array(scores)[:, None])[:, 0]
    tail = 100 * (1 - NINE_OF_TEN) / 2
    ends = np.percentile(drawn, [tail, 100 - tail], axis=1, method="nearest")
    return [
        _ranked(portfolio, member, score, (int(rank), int(low), int(high)), len(members))
        for member, score, rank, low, high in zip(members, scores, ranks, *ends, strict=True)
    ]


def _ranked(
    portfolio: Portfolio, member: Facts, score: float, ranks: tuple[int, int, int], count: int
) -> Ranked:
    agreement, (rank, low, high) = member.agreement, ranks
    by_worst = "" if score == member.score.points else " Ranked with what is missing at its worst."
    return Ranked(
        agreement_id=agreement.agreement_id,
        decision=f"{rank} of {count}",
        reason=f"In {100 * NINE_OF_TEN:g} of 100 draws {_span(low, high)} of {count}.{by_worst}",
        partner=portfolio.labels[agreement.agreement_id],
        judged_as=member.judged_as.name if member.judged_as else "",
        mean=member.score.points,
        ranked_by=score,
        rank=rank,
        lowest=low,
        highest=high,
        held=NINE_OF_TEN,
        of=count,
        cells=agreement.cell("classification"),
    )


def _span(low: int, high: int) -> str:
    return f"number {low}" if low == high else f"between {low} and {high}"


def min_ranks(scores: Floats) -> NDArray[np.int64]:
    """Return the rank of each row in each column, 1 for the highest; equal scores share the best.

    >>> min_ranks(np.array([[70.0], [80.0], [70.0], [60.0]]))[:, 0].tolist()
    [2, 1, 2, 4]
    """
    order = np.argsort(-scores, axis=0, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=0)
    is_lower = np.ones_like(ordered, dtype=bool)
    is_lower[1:] = ordered[1:] < ordered[:-1]
    positions = np.arange(1, len(scores) + 1)[:, None]
    first = np.maximum.accumulate(np.where(is_lower, positions, 0), axis=0)
    ranks = np.empty_like(first)
    np.put_along_axis(ranks, order, first, axis=0)
    return ranks
