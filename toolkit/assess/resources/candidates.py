"""Which agreements ask for next year's money, which are ranked, and what else draws on it.

Source: domain, section 7. An agreement without a score cannot be ranked: it counts in what the
recommended set costs, and people decide on it. One without a cost blocks its own selection.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from toolkit.assess.record.decided import decisions_in_force, word_of
from toolkit.assess.record.relationships import relationship_key
from toolkit.assess.resources.planning import PlanningCost, planned_shares, planning_year
from toolkit.assess.resources.selection import Candidate
from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.scores import Scored
from toolkit.assess.seating.seats import SeatOf
from toolkit.assess.year.costs import pro_rated, staff_cost, staff_words
from toolkit.model.decisions import Binds, Seating, Word, find_word
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement, Decision, Project
from toolkit.model.text import late_days, listed, one_decimal
from toolkit.model.told import money_fact, tell, told_together
from toolkit.model.vocabulary import Claim, Evidence, ReviewWord, Seat


@result(key="agreement_id")
class Asking(Result):
    """What one agreement of the framework under review asks of next year's money."""

    agreement_id: str = out("Id")
    decision: Claim = out("In the selection", "How it takes part in the selection.")
    partner: str = out("Agreement")
    agreement_class: str = out("Class now")
    score: float | None = out(
        "Score",
        "With what is missing at its worst, where the proposal does not stand on it.",
        fmt=Format.POINTS,
    )
    cost: float | None = out("Planned cost", "Policy currency.", fmt=Format.AMOUNT)
    full_cost: float | None = out(
        "Full cost this year", "Of the year before the one planned.", fmt=Format.AMOUNT
    )
    must_keep: bool = out("Must be kept", "People decided to keep it.", fmt=Format.YES_NO)
    firm: bool = out("Firm", "Whether its decision is firm.", fmt=Format.YES_NO)
    relationship: str = out("Relationship")
    has_defects: bool = out("Has defects", fmt=Format.YES_NO)
    record: float | None = out("Record", fmt=Format.POINTS)
    year: int = out("Year", "The year planned.", handed_out=False)
    rate_year: str = out("Year of the rate of staff", handed_out=False)
    late_days: float = out("Staff days without a rate of the year", handed_out=False, default=0.0)


@dataclass(frozen=True)
class _Claimant:
    """What the rules see of one agreement."""

    agreement: Agreement
    agreement_class: AgreementClass
    proposed: str
    held: Decision | None  # the decision of people that binds it
    decided: Word | None  # what it says
    seat: Seat
    score: float | None
    record: float | None
    has_defects: bool
    cost: PlanningCost

    @property
    def printed_score(self) -> str:
        """Its score as a reader sees it; only what is ranked has one to print."""
        return "" if self.score is None else one_decimal(self.score)

    @property
    def is_kept(self) -> bool:
        """Whether people decided to keep it, and the decision still holds."""
        return self.decided is not None and self.decided.binds is Binds.WHILE_IT_RUNS

    @property
    def gives_up(self) -> bool:
        """Whether it is to be dropped, by decision or by the review."""
        without_seat = self.agreement_class.seats and self.seat == Seat.NONE
        words = (self.decided, find_word(self.proposed))
        return without_seat or any(w is not None and w.seat is Seating.GIVES_UP for w in words)


RULES: tuple[tuple[Claim, Callable[[_Claimant], bool], str], ...] = (
    (Claim.GIVEN_UP, lambda c: c.gives_up, "{c.proposed}: it is not in the recommended set."),
    (
        Claim.SUSPENDED,
        lambda c: c.proposed == ReviewWord.SUSPEND,
        "Suspended: nothing is to be funded while it is.",
    ),
    (Claim.NO_COST, lambda c: c.cost.cost is None, "{c.cost.reason}"),
    (Claim.KEPT, lambda c: c.is_kept, "Kept by direction: it is funded before the others."),
    (
        Claim.NO_SCORE,
        lambda c: c.score is None,
        "Too little of its weight is known to rank it: its cost counts, people decide on it.",
    ),
    (Claim.RANKED, lambda c: True, "Score {c.printed_score} in its class. {c.cost.reason}"),
)


def find_candidates(
    portfolio: Portfolio,
    policy: Policy,
    review: Table[Reviewed],
    seats: Table[SeatOf],
    scores: Table[Scored],
    costs: Table[PlanningCost],
    *,
    firm: Collection[str],
    as_of: date,
) -> Table[Asking]:
    """Return what each agreement of the framework under review asks of next year's money.

    Parameters
    ----------
    firm
        Ids of the agreements whose decision is firm.
    """
    decided = decisions_in_force(portfolio, policy, as_of=as_of)
    scored = scores.where(lambda row: row.decision == "scored")
    found = []
    for agreement in filter(is_reviewed, portfolio.rows(Agreement)):
        key, cls = agreement.agreement_id, policy.class_named(agreement.classification)
        if cls is not None:
            held, score = decided.get(key), scored.get(key)
            case = _Claimant(
                agreement=agreement,
                agreement_class=cls,
                proposed=review[key].decision,
                held=held,
                decided=None if held is None else word_of(held, policy).word,
                seat=seats[key].decision,
                score=_ranked_by(score, review[key]) if score else None,
                record=score.record if score else None,
                has_defects=bool(review[key].defects),
                cost=costs[key],
            )
            found.append(_asking(case, is_firm=key in firm))
    return Table(Asking, found)


def _ranked_by(score: Scored, proposed: Reviewed) -> float | None:
    """Return the score it is ranked by: with what is missing at its worst, if that may decide."""
    is_open = proposed.evidence in (Evidence.PROVISIONAL, Evidence.OPEN)
    return score.low if is_open else score.mean


def _asking(case: _Claimant, *, is_firm: bool) -> Asking:
    claim, reason = next((claim, words) for claim, holds, words in RULES if holds(case))
    decision = case.held.cell("decision") if case.held else ""
    return Asking(
        agreement_id=case.agreement.agreement_id,
        decision=claim,
        reason=reason.format(c=case),
        partner=case.cost.partner,
        agreement_class=case.agreement_class.name,
        score=case.score,
        cost=case.cost.cost,
        full_cost=case.cost.full_cost,
        must_keep=case.is_kept,
        firm=is_firm,
        relationship=relationship_key(case.agreement),
        has_defects=case.has_defects,
        record=case.record,
        year=case.cost.year,
        rate_year=case.cost.rate_year,
        late_days=case.cost.late_days,
        cells=joined((case.cost.cells, decision)),
    )


def rankable(asking: Table[Asking]) -> tuple[Candidate, ...]:
    """Return those that take part in a selection: what must be kept, and what is ranked."""
    return tuple(
        Candidate(
            row.agreement_id,
            row.score,
            row.cost,
            must_keep=row.decision == Claim.KEPT,
            seat=row.relationship,
            has_defects=row.has_defects,
            record=row.record,
        )
        for row in asking
        if row.cost is not None and row.decision in (Claim.KEPT, Claim.RANKED)
    )


OTHER_CLAIMS = "Drawing on the same money: {parts}."


@dataclass(frozen=True)
class OtherClaims:
    """What draws on next year's money without being a candidate: sums, and how they are told."""

    amounts: tuple[tuple[str, float], ...] = ()  # by short name, in the policy's currency
    told: str = ""

    @property
    def total(self) -> float:
        """All of them together; 0 where nothing is on record."""
        return round(sum(amount for _, amount in self.amounts), 2)


def other_claims(
    portfolio: Portfolio,
    policy: Policy,
    costs: Table[PlanningCost],
    candidates: Table[Asking],
    *,
    as_of: date,
) -> OtherClaims:
    """Return what draws on next year's money beside the candidates."""
    year = planning_year(policy, as_of)
    others = [row for row in costs if row.agreement_id not in candidates and row.cost is not None]
    shares = planned_shares(portfolio.of_programme(Project), policy, year)
    spent = pro_rated(shares, "planned_cost")
    amounts: list[tuple[str, float]] = []
    parts: list[str] = []
    if others:
        total = round(sum(r.cost for r in others if r.cost is not None), 2)
        late, rate_year = sum(row.late_days for row in others), others[0].rate_year
        amounts.append(("less others, and those proposed", total))
        parts.append(
            tell(
                "agreements outside the framework or proposed, {total}{late} ({names})",
                total=money_fact("money.planned", total, of="the others"),
                late=f", with {late_days(late, rate_year)}" if late else "",
                names=listed(row.partner for row in others),
            )
        )
    if spent is not None:
        whole = spent + (staff_cost(shares, policy, year) or 0)
        own = money_fact("money.planned", whole, of="the programme itself")
        late_words = staff_words(shares, policy, year)
        amounts.append(("less the programme's own", whole))
        parts.append(
            "projects of the programme itself, " + own + (late_words and f", with {late_words}")
        )
    told = tell(OTHER_CLAIMS, parts=told_together(parts, "; ")) if parts else ""
    return OtherClaims(tuple(amounts), told)
