"""All assessments of one year in one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.calendar.deadlines import find_deadlines, find_overdue
from toolkit.assess.classes.wording import suggest_purposes
from toolkit.assess.decisions.deciding import Decided, gather_decided
from toolkit.assess.examination import examine
from toolkit.assess.proposals.readiness import check_readiness
from toolkit.assess.proposals.screened import screen_proposals
from toolkit.assess.proposals.screening import RULES as SCREENING_RULES
from toolkit.assess.proposals.suggestions import suggest_partners
from toolkit.assess.record.evidence import programme_level
from toolkit.assess.record.known import known_on
from toolkit.assess.record.terms import find_terms
from toolkit.assess.renewal.rules import RULES as RENEWAL_RULES
from toolkit.assess.resources.scenarios import Resources, find_resources
from toolkit.assess.review.agreements import decide, review_agreements
from toolkit.assess.review.dominance import check_dominance
from toolkit.assess.review.draws import draw_scores
from toolkit.assess.review.firmness import find_firmness
from toolkit.assess.review.gaps import find_gaps
from toolkit.assess.review.ranks import rank_agreements
from toolkit.assess.review.remedies import find_remedies
from toolkit.assess.review.repairs import Situation
from toolkit.assess.review.rules import list_review_rules
from toolkit.assess.rules import list_rules
from toolkit.assess.seating.exchange import find_choices, find_exchange
from toolkit.assess.seating.priorities import PRIORITY, find_priorities
from toolkit.assess.seating.seats import assign_seats, count_seats, free_seats
from toolkit.assess.seating.sequence import plan_sequence, plan_sunsets
from toolkit.assess.stock.stocktaking import Stocktaking, YearTables, take_stock
from toolkit.assess.year.money import even_shares
from toolkit.assess.year.yearly import Evaluation, evaluate
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Firm, Recommendation


@dataclass(frozen=True)
class Assessment:
    """Every result table of one portfolio under one policy at one date."""

    level: int
    levels: Mapping[str, int]
    classification: pd.DataFrame
    review: pd.DataFrame
    seats: pd.DataFrame
    seat_counts: pd.DataFrame
    terms: pd.DataFrame
    deadlines: pd.DataFrame
    overdue: pd.DataFrame
    money: pd.DataFrame
    gaps: pd.DataFrame
    scores: pd.DataFrame
    renewals: pd.DataFrame
    renewal_rules: pd.DataFrame
    firmness: pd.DataFrame
    rules: pd.DataFrame
    ranks: pd.DataFrame
    dominance: pd.DataFrame
    choices: pd.DataFrame
    exchange: pd.DataFrame
    sequence: pd.DataFrame
    priorities: pd.DataFrame
    sunsets: pd.DataFrame
    remedies: pd.DataFrame
    proposals: pd.DataFrame
    screening_rules: pd.DataFrame
    readiness: pd.DataFrame
    partner_suggestions: pd.DataFrame
    suggestions: pd.DataFrame
    resources: Resources
    decided: Decided
    stock: Stocktaking
    outcomes: Evaluation

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables by the name of their file."""
        return {
            "review": self.review.drop(columns="grounds"),
            "reclassification": self.classification,
            "seats": self.seats,
            "seat-counts": self.seat_counts,
            "terms": self.terms,
            "decision-calendar": self.deadlines,
            "money": self.money,
            "open-requests": self.gaps,
            "scores": self.scores,
            "firmness": self.firmness,
            "rules": self.rules,
            "ranks": self.ranks,
            "dominance": self.dominance,
            "choices-at-the-cap": self.choices,
            "seat-exchange": self.exchange,
            "sequence": self.sequence,
            "priorities": self.priorities,
            "sunset-paths": self.sunsets,
            "what-would-change": self.remedies,
            "renewals": self.renewals,
            "renewal-rules": self.renewal_rules,
            "overdue": self.overdue,
            "proposals": self.proposals,
            "readiness": self.readiness,
            "partner-suggestions": self.partner_suggestions,
            "purpose-suggestions": self.suggestions,
            **self.resources.tables,
            **self.decided.tables,
            **self.stock.tables,
            **self.outcomes.tables,
        }


def assess(
    portfolio: Portfolio, policy: Policy, *, as_of: date, previous: Portfolio | None = None
) -> Assessment:
    """Return all assessments of a portfolio; `previous` is last year's, where it is at hand."""
    portfolio = known_on(portfolio, as_of)
    outcomes = evaluate(portfolio, policy, as_of=as_of, previous=previous)
    found = examine(portfolio, policy, outcomes, as_of=as_of)
    facts = found.facts
    draws = draw_scores(facts, policy)
    firmness = find_firmness(portfolio, policy, facts, draws)
    review = review_agreements(
        portfolio,
        policy,
        found.classification,
        facts,
        firmness,
        open_before=_open_before(previous, policy, as_of),
    )
    seats = assign_seats(portfolio, policy, review, facts, outcomes.full_costs)
    seat_counts = count_seats(portfolio, policy, seats, as_of=as_of)
    ranks = rank_agreements(portfolio, policy, facts, draws, review)
    situation = Situation(portfolio, outcomes.objectives, outcomes.agreements, policy, as_of)
    resources = find_resources(
        portfolio,
        policy,
        review,
        seats,
        found.scores,
        firm=firmness.index[firmness.decision != Firm.CONTESTED],
        as_of=as_of,
    )
    proposals = screen_proposals(
        portfolio,
        policy,
        resources_left=resources.left,
        seats_free=free_seats(policy, seats, seat_counts),
        as_of=as_of,
    )
    readiness = check_readiness(portfolio, policy, outcomes, as_of=as_of)
    priorities = find_priorities(portfolio, policy, facts, review)
    decided = gather_decided(
        portfolio,
        policy,
        review=review,
        classification=found.classification,
        seats=seats,
        proposals=proposals,
        readiness=readiness,
        renewals=found.renewals,
        as_of=as_of,
        previous=previous,
    )
    counted = YearTables(
        seats=seats,
        objectives=outcomes.objectives,
        agreements=outcomes.agreements,
        proposals=proposals,
        consistency=decided.compared,
        priorities=_chosen(priorities),
    )
    return Assessment(
        level=programme_level(portfolio, found.levels),
        levels=found.levels,
        classification=found.classification,
        review=review,
        seats=seats,
        seat_counts=seat_counts,
        terms=find_terms(portfolio, policy, as_of=as_of),
        deadlines=find_deadlines(portfolio, policy, as_of=as_of),
        overdue=find_overdue(portfolio, policy, as_of=as_of),
        money=even_shares(portfolio, policy),
        gaps=find_gaps(portfolio, policy, facts, review),
        scores=found.scores,
        renewals=found.renewals,
        renewal_rules=list_rules(RENEWAL_RULES, policy),
        firmness=firmness,
        rules=list_review_rules(policy),
        ranks=ranks,
        dominance=check_dominance(portfolio, facts),
        choices=find_choices(policy, ranks, seats),
        exchange=find_exchange(policy, ranks, seats, review),
        sequence=plan_sequence(portfolio, policy, facts, review),
        priorities=priorities,
        sunsets=plan_sunsets(portfolio, facts, review),
        remedies=find_remedies(situation, facts),
        proposals=proposals,
        screening_rules=list_rules(SCREENING_RULES, policy),
        readiness=readiness,
        partner_suggestions=suggest_partners(portfolio, policy, as_of=as_of),
        suggestions=suggest_purposes(portfolio, policy, policy.wording),
        resources=resources,
        decided=decided,
        stock=take_stock(portfolio, policy, counted, as_of=as_of),
        outcomes=outcomes,
    )


def _chosen(priorities: pd.DataFrame) -> Sequence[str] | None:
    """Return the year's priorities; None where nobody is scored, so none can be chosen."""
    if priorities.empty:
        return None
    return tuple(priorities.index[priorities.decision == PRIORITY])


def _open_before(previous: Portfolio | None, policy: Policy, as_of: date) -> frozenset[str]:
    """Return the agreements whose evidence was insufficient at the end of the year before."""
    if previous is None:
        return frozenset()
    day = policy.year_end(policy.year_of(as_of) - 1)
    known = known_on(previous, day)
    found = examine(known, policy, evaluate(known, policy, as_of=day), as_of=day)
    proposed = decide(found.facts).items()
    return frozenset(key for key, word in proposed if word == Recommendation.INSUFFICIENT)
