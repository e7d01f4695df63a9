"""How the programme works and what it plans, in one call: partners, goals, scorecard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.stock.catalyst import find_partner_owned, find_project_leads
from toolkit.assess.stock.counting import YearTables
from toolkit.assess.stock.goals import find_activity_goals
from toolkit.assess.stock.mapping import map_goals
from toolkit.assess.stock.partners import count_partner_kinds, find_engagements, find_partners
from toolkit.assess.stock.publication import count_publications, find_publications
from toolkit.assess.stock.scorecard import compare_scorecards, score_earlier, score_programme
from toolkit.assess.stock.yearplan import check_year_plan
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio


@dataclass(frozen=True)
class Stocktaking:
    """Every table of the year's stocktaking."""

    partner_owned: pd.DataFrame
    leads: pd.DataFrame
    engagements: pd.DataFrame
    partners: pd.DataFrame
    partner_kinds: pd.DataFrame
    publication: pd.DataFrame
    publication_counts: pd.DataFrame
    goals: pd.DataFrame
    plan: pd.DataFrame
    served: pd.DataFrame
    scorecard: pd.DataFrame
    changes: pd.DataFrame

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables by the name of their file."""
        return {
            "partner-owned": self.partner_owned,
            "project-leads": self.leads,
            "engagements": self.engagements,
            "partners": self.partners,
            "partner-kinds": self.partner_kinds,
            "publication": self.publication,
            "publication-counts": self.publication_counts,
            "activity-goals": self.goals,
            "year-plan": self.plan,
            "goals-served": self.served,
            "scorecard": self.scorecard,
            "scorecard-changes": self.changes,
        }


def take_stock(
    portfolio: Portfolio,
    policy: Policy,
    tables: YearTables,
    *,
    as_of: date,
    before: pd.DataFrame | None = None,
) -> Stocktaking:
    """Return the stocktaking of the reporting year that `as_of` falls in.

    Parameters
    ----------
    tables
        The results of the year that the scorecard reads.
    before
        The scorecard of last year's own workbook; without it, what this one can tell of then.
    """
    if before is None:
        year_end = policy.year_end(policy.year_of(as_of) - 1)
        before = score_earlier(portfolio, policy, as_of=year_end)
    partners = find_partners(portfolio, policy, as_of=as_of)
    publication = find_publications(portfolio, policy, as_of=as_of)
    scorecard = score_programme(portfolio, policy, tables, as_of=as_of, before=before)
    return Stocktaking(
        partner_owned=find_partner_owned(portfolio, policy, as_of=as_of),
        leads=find_project_leads(portfolio, policy, as_of=as_of),
        engagements=find_engagements(portfolio, as_of=as_of),
        partners=partners,
        partner_kinds=count_partner_kinds(partners),
        publication=publication,
        publication_counts=count_publications(publication),
        goals=find_activity_goals(portfolio, policy, as_of=as_of),
        plan=check_year_plan(portfolio, policy, as_of=as_of),
        served=map_goals(portfolio, policy),
        scorecard=scorecard,
        changes=compare_scorecards(scorecard, before),
    )
