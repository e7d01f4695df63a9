"""How a proposal fits, by the criteria and scales that agreements are scored on.

Source: domain, sections 3 and 9. A proposal to form is rated from its own profile, and for C6 by
its letters of commitment; a proposal to renew is rated as the agreement it would renew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from toolkit.assess.review.criteria import MISSING, Rating, Sources, on_scale, rate_agreement
from toolkit.assess.review.weighing import FIT, Score, weigh
from toolkit.model.dates import When
from toolkit.model.policy import AgreementClass
from toolkit.model.sheets import Agreement, Profile, Proposal
from toolkit.model.vocabulary import Family

LETTERS = "C6"
NEVER = When.day_of(date.min)
QUARTERS = ("historic_link", "host_community", "non_city_share")


@dataclass(frozen=True)
class ProposalFit:
    """A proposal judged as a member of one class.

    `fit` is the score on C1, C2, C3 and C7 alone; `score` adds delivery capacity (C6) to it.
    """

    judged_as: AgreementClass
    ratings: Mapping[str, Rating]
    fit: Score
    score: float | None

    @property
    def cells(self) -> list[str]:
        """The cells of the ratings that its class weighs."""
        return [r.cells for key, r in self.ratings.items() if self.judged_as.weights.get(key)]


def fit_proposal(
    proposal: Proposal, cls: AgreementClass, renews: tuple | None, sources: Sources
) -> ProposalFit | None:
    """Return how a proposal fits a class; None for a class that weighs no criterion of fit."""
    weights = {key: w for key, w in cls.weights.items() if w and key in (*FIT, LETTERS)}
    own = {key: w for key, w in weights.items() if key in FIT}
    if not own:
        return None
    rated = (
        rate_agreement(renews, cls.family, sources)
        if renews
        else _rate_new(proposal, cls.family, sources)
    )
    ratings = {key: rated[key] for key in (*FIT, LETTERS) if key in rated}
    return ProposalFit(
        cls,
        ratings,
        weigh(ratings, own),
        weigh(ratings, weights).mean,
    )


def draft_of(proposal: Proposal) -> Agreement:
    """Return a proposal as the agreement it would be, with what is known of it."""
    known = {
        "agreement_id": proposal.proposal_id,
        "partner": proposal.partner,
        "country": proposal.country,
        "last_contact": NEVER,
    }
    return Agreement.made(known, replace(proposal.place, sheet=Agreement.sheet.name))


def _rate_new(proposal: Proposal, family: Family, s: Sources) -> dict[str, Rating]:
    """Return the ratings of a proposal to form, each with the cells of the proposal itself.

    There is no contact yet that could be unbroken, so the historic link alone fills its quarter.
    """
    profile = s.profiles.get(proposal.proposal_id)
    ratings = rate_agreement(draft_of(proposal), family, s)
    market = proposal.cells("partner", "country")
    quarters = profile.cells(*QUARTERS) if profile else ""
    named = _named_sectors(proposal, family, s)
    return ratings | {
        "C1": replace(ratings["C1"], cells=market),
        "C2": ratings["C2"] if ratings["C2"].known else named,
        LETTERS: _commitments(profile, family, s),
        "C7": replace(ratings["C7"], cells=quarters),
    }


def _named_sectors(proposal: Proposal, family: Family, s: Sources) -> Rating:
    """Rate the sectors a proposal names; they stand in where no profile gives shared ones."""
    if not proposal.priority_sectors:
        return MISSING
    cells = proposal.cell("priority_sectors")
    count = len(set(proposal.priority_sectors) & set(s.policy.sectors.names))
    return Rating(on_scale(count, _scale("C2", family, s)), 1.0, cells)


def _commitments(profile: Profile | None, family: Family, s: Sources) -> Rating:
    if profile is None or profile.commitments is None:
        return MISSING
    cells = profile.cell("commitments")
    return Rating(on_scale(profile.commitments, _scale(LETTERS, family, s)), 1.0, cells)


def _scale(key: str, family: Family, s: Sources) -> tuple[float, ...]:
    criterion = next(c for c in s.policy.criteria if c.id == key)
    return criterion.economic if family == Family.ECONOMIC else criterion.community
