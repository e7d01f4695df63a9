"""How the facts that the rules see are put together from the record."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from toolkit.assess.classes.classification import Classified
from toolkit.assess.record.counted import counted_sheets
from toolkit.assess.record.decided import decided_last_year, decisions_in_force
from toolkit.assess.record.notices import Notice, find_notices, offers_to_lead
from toolkit.assess.record.relationships import is_inside
from toolkit.assess.review.criteria import UNKNOWN, Rating, Score, Sources, rate_agreement, weigh
from toolkit.assess.review.defects import find_defects
from toolkit.assess.review.facts import Facts
from toolkit.assess.year.evaluation import AgreementReached
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Table
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement


def gather_facts(
    portfolio: Portfolio,
    policy: Policy,
    classification: Table[Classified],
    achievement: Table[AgreementReached],
    *,
    as_of: date,
    last_words: Mapping[str, str] | None = None,
) -> Mapping[str, Facts]:
    """Return what the rules see of each agreement under review.

    Parameters
    ----------
    classification
        The result of `reclassify` for the same portfolio, policy and date.
    achievement
        The result of `evaluate_agreements`: achievement (criterion C5) and the share of objectives
        that are SMART.
    last_words
        What was proposed for an agreement a year ago.
    """
    rows = {a.agreement_id: a for a in portfolio.rows(Agreement) if is_reviewed(a)}
    classes = classes_judged(portfolio, policy, classification)
    sources = Sources(
        portfolio,
        policy,
        as_of,
        {row.agreement_id: row for row in achievement},
        counted_sheets(portfolio, policy, classes, as_of=as_of),
    )
    decided = decisions_in_force(portfolio, policy, as_of=as_of)
    notices = find_notices(portfolio, policy, as_of=as_of)
    said = {**(last_words or {}), **decided_last_year(portfolio, policy, as_of=as_of)}
    return {
        key: replace(
            _facts(a, classification[key], classes[key], sources, notices.get(key)),
            decided=decided.get(key),
            last_word=said.get(key),
        )
        for key, a in rows.items()
    }


def judged_as(agreement: Agreement, outcome: Classified, policy: Policy) -> AgreementClass | None:
    """Return the class an agreement is judged as: its own or, outside the framework, that found."""
    inside = is_inside(agreement, policy)
    return policy.class_named(agreement.classification if inside else outcome.decision)


def classes_judged(
    portfolio: Portfolio, policy: Policy, classification: Table[Classified]
) -> Mapping[str, AgreementClass | None]:
    """Return the class each agreement under review is judged as; `None` where none is found."""
    return {
        a.agreement_id: judged_as(a, classification[a.agreement_id], policy)
        for a in portfolio.rows(Agreement)
        if is_reviewed(a)
    }


def _facts(
    agreement: Agreement,
    outcome: Classified,
    own: AgreementClass | None,
    sources: Sources,
    notice: Notice | None,
) -> Facts:
    policy, portfolio = sources.policy, sources.portfolio
    there = policy.class_named(outcome.decision)
    if own is None and notice is not None and notice.has_run_out:
        own = _to_be_ended_as(agreement, outcome, sources)
    ratings, score = _judge(agreement, own, sources)
    others = (ratings, score) if there is own else _judge(agreement, there, sources)
    offers = offers_to_lead(agreement, portfolio, policy, as_of=sources.as_of)
    names = (portfolio.partner_name(offer.partner_id) for offer in offers)
    return Facts(
        agreement,
        outcome,
        is_inside(agreement, policy),
        own,
        find_defects(agreement, own, sources),
        None,
        sources,
        score=score,
        score_there=others[1],
        ratings=ratings,
        ratings_there=others[0],
        offers=tuple(dict.fromkeys(name for name in names if name)),
        offer_cells=joined(offer.cells("role", "willing_on") for offer in offers),
        notice=notice,
    )


def _to_be_ended_as(
    agreement: Agreement, outcome: Classified, sources: Sources
) -> AgreementClass | None:
    """Return the class by which one whose class is not given is judged once its notice ran out.

    Where a person has to decide it is the kinder of the two; where the class is open because
    nobody told what it is for, the harsher of those it could have: a blank gains nothing.
    """
    policy, least = sources.policy, sources.policy.thresholds.renegotiate_score
    named = (policy.class_named(band.agreement_class) for band in policy.bands)
    classes = [cls for cls in named if cls is not None]

    def standing(cls: AgreementClass) -> tuple[bool, bool, float]:
        """Return whether it goes on as such, whether sheets that do not count may save it."""
        ratings, score = _judge(agreement, cls, sources)
        looked_at = sum(w * ratings[key].share for key, w in cls.weights.items() if key in ratings)
        share = looked_at / sum(cls.weights.values())
        at_best = round(score.low * share + 100 * (1 - share), 9)
        return score.low >= least, at_best >= least, score.low

    kinder = max(classes, key=standing, default=None)
    possible = [policy.class_named(name) if name else kinder for name in outcome.may_be]
    return min((cls for cls in possible if cls is not None), key=standing, default=kinder)


def _judge(
    agreement: Agreement, cls: AgreementClass | None, sources: Sources
) -> tuple[Mapping[str, Rating], Score]:
    """Return the ratings and the score of an agreement as a member of a class."""
    if cls is None:
        return {}, UNKNOWN
    ratings = rate_agreement(agreement, cls.family, sources)
    return ratings, weigh(ratings, cls.weights)
