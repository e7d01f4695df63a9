"""Everything the toolkit finds of one programme on one day: the contents page of the assessments.

Each property is one result, worked out when it is first asked for and kept, in the report's order.
It is long because it is the one page on which all results stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.classes.wording import PurposeSuggestion, suggest_purposes
from toolkit.assess.day import by_day, declared_by
from toolkit.assess.deadlines import find_deadlines, find_overdue
from toolkit.assess.decisions.compared import DecisionCompared, compare_decisions
from toolkit.assess.decisions.followup import DecisionFollowed, follow_up
from toolkit.assess.decisions.ledger import list_decisions
from toolkit.assess.one_agreement import OneAgreement
from toolkit.assess.proposals.coming import find_coming
from toolkit.assess.proposals.readiness import DraftReadiness, check_readiness
from toolkit.assess.proposals.screened import ScreenedProposal, screen_proposals
from toolkit.assess.proposals.screening import RULES as SCREENING_RULES
from toolkit.assess.proposals.suggestions import suggest_partners
from toolkit.assess.record.counted import Counted, SheetCounted, counted_sheets, list_counted
from toolkit.assess.record.terms import find_terms
from toolkit.assess.renewal.decide import RenewalOf, decide_renewals
from toolkit.assess.renewal.facts import find_near_end
from toolkit.assess.renewal.rules import LISTED as RENEWAL_RULES
from toolkit.assess.resources.answers import ScenarioOf
from toolkit.assess.resources.bridging import MoneyStep, money_steps
from toolkit.assess.resources.candidates import Asking, OtherClaims, find_candidates, other_claims
from toolkit.assess.resources.contests import Contest, find_contests
from toolkit.assess.resources.planning import available_money, planning_costs
from toolkit.assess.resources.scenarios import UpliftStep, find_scenarios, find_uplifts, money_left
from toolkit.assess.resources.trend import programme_trend
from toolkit.assess.review.agreements import Reviewed, review_agreements
from toolkit.assess.review.facts import Facts, with_renewals
from toolkit.assess.review.firmness import Shaken, find_firmness
from toolkit.assess.review.gaps import OpenRequest, find_gaps
from toolkit.assess.review.gathering import classes_judged, gather_facts
from toolkit.assess.review.lower import LowerOfTwo, lower, lower_review
from toolkit.assess.review.plain import plain_reasons
from toolkit.assess.review.ranks import Ranked, rank_agreements
from toolkit.assess.review.remedies import Remedy, Tried, find_remedies
from toolkit.assess.review.rules import list_review_rules
from toolkit.assess.review.scores import ClassOrder, Scored, check_dominance, score_agreements
from toolkit.assess.review.trials import Situation
from toolkit.assess.rules import ListedRule, list_rules
from toolkit.assess.seating.exchange import CapChoice, SeatMove, find_choices, find_exchange
from toolkit.assess.seating.seats import SeatOf, assign_seats
from toolkit.assess.seating.sequence import (
    Priority,
    SunsetPath,
    Turn,
    chosen,
    find_priorities,
    plan_sequence,
    plan_sunsets,
)
from toolkit.assess.seating.statement import SeatCount, count_seats, free_seats, held_today
from toolkit.assess.stock.catalyst import find_partner_owned, find_project_leads
from toolkit.assess.stock.counting import YearTables
from toolkit.assess.stock.goals import GoalServed, find_activity_goals, map_goals
from toolkit.assess.stock.partners import (
    EngagementOf,
    PartnerKind,
    PartnerOf,
    count_partner_kinds,
    find_engagements,
    find_partners,
)
from toolkit.assess.stock.publication import PublicationCount, count_publications, find_publications
from toolkit.assess.stock.scorecard import (
    ScorecardChange,
    ScorecardLine,
    compare_scorecards,
    score_earlier,
    score_programme,
)
from toolkit.assess.stock.yearplan import check_year_plan
from toolkit.assess.year.costs import YearCost, agreement_costs, latest_costs
from toolkit.assess.year.evaluation import (
    AgreementReached,
    Evaluated,
    ObjectiveReached,
    evaluate_agreements,
    evaluate_objectives,
)
from toolkit.assess.year.held import find_held
from toolkit.assess.year.history import (
    HistoryYear,
    achievements_by_year,
    find_history,
    years_on_record,
)
from toolkit.assess.year.indicators import IndicatorReached, evaluate_indicators
from toolkit.assess.year.outcomes import (
    NamedFailure,
    OutcomeCost,
    UnitSum,
    cost_per_outcome,
    like_unit_sums,
    named_failures,
    named_outcomes,
)
from toolkit.assess.year.programme import (
    EvenShare,
    ProgrammeYear,
    even_shares,
    missions_by_tier,
    programme_money,
)
from toolkit.assess.year.series import Series, find_series
from toolkit.assess.year.targets import FirstTargets, first_targets
from toolkit.model.handed_out import TABLES
from toolkit.model.results import Result, Table
from toolkit.model.vocabulary import Firm


@dataclass(frozen=True)
class Results(LowerOfTwo):
    """What follows from a portfolio under a policy on one day."""

    tried: Tried = field(default_factory=dict, compare=False, repr=False)  # in this run and before

    # The year: what is on record of it, what was delivered, and what it cost

    held = by_day(find_held)

    @cached_property
    def _first_targets(self) -> FirstTargets:
        return first_targets(self.previous)

    @cached_property
    def _series(self) -> list[Series]:
        return find_series(self.known, self.policy, as_of=self.as_of, first=self._first_targets)

    @cached_property
    def indicators(self) -> Table[IndicatorReached]:
        first = self._first_targets
        return evaluate_indicators(self._series, self.policy, as_of=self.as_of, first=first)

    @cached_property
    def objectives(self) -> Table[ObjectiveReached]:
        return evaluate_objectives(self.known, self.policy, self.indicators, as_of=self.as_of)

    @cached_property
    def achievement(self) -> Table[AgreementReached]:
        return evaluate_agreements(self.known, self.policy, self.indicators, self.objectives)

    @cached_property
    def like_unit_sums(self) -> Table[UnitSum]:
        return like_unit_sums(self._series, self.policy, as_of=self.as_of)

    named_outcomes = by_day(named_outcomes)

    @cached_property
    def named_failures(self) -> Table[NamedFailure]:
        return named_failures(self.known, self.indicators)

    @cached_property
    def years_on_record(self) -> list[int]:
        """The reporting years on record, five at most, always this one."""
        return years_on_record(self.known, self.policy, self.year)

    @cached_property
    def costs(self) -> Table[YearCost]:
        return agreement_costs(self.known, self.policy, years=self.years_on_record)

    @cached_property
    def cost_per_outcome(self) -> Table[OutcomeCost]:
        return cost_per_outcome(self._series, self.policy, self.costs, as_of=self.as_of)

    @cached_property
    def programme_money(self) -> Table[ProgrammeYear]:
        return programme_money(self.known, self.policy)

    missions_by_tier = by_day(missions_by_tier)

    @cached_property
    def money(self) -> Table[EvenShare]:
        return even_shares(self.known, self.policy)

    @cached_property
    def history(self) -> Table[HistoryYear]:
        years = [year for year in self.years_on_record if year != self.year]
        earlier = achievements_by_year(self.known, self.policy, years=years)
        return find_history({**earlier, self.year: self.achievement}, self.costs)

    # The review: classes, facts, scores, what is proposed; `withdrawn` is in `LowerOfTwo`

    reclassification = by_day(reclassify)

    @cached_property
    def sheets_counted(self) -> Table[SheetCounted]:
        classes = classes_judged(self.known, self.policy, self.reclassification)
        return list_counted(self.known, self.policy, classes, as_of=self.as_of)

    @cached_property
    def purpose_suggestions(self) -> Table[PurposeSuggestion]:
        return suggest_purposes(self.known, self.policy)

    @cached_property
    def _facts_before_d3(self) -> Mapping[str, Facts]:
        return gather_facts(
            self.known,
            self.policy,
            self.reclassification,
            self.achievement,
            as_of=self.as_of,
            last_words=self.last_words,
        )

    @lower
    def scores(self) -> Table[Scored]:
        return score_agreements(self.known, self._facts_before_d3, self.levels)

    @cached_property
    def _counted(self) -> Counted:
        classes = classes_judged(self.known, self.policy, self.reclassification)
        return counted_sheets(self.known, self.policy, classes, as_of=self.as_of)

    @property
    def _evaluated(self) -> Evaluated:
        of_targets = self.indicators, self.objectives, self.achievement
        return Evaluated(*of_targets, self.costs, self.cost_per_outcome)

    @lower
    def renewals(self) -> Table[RenewalOf]:
        if not any(find_near_end(self.known, self.policy, self.as_of)):
            return Table(RenewalOf)
        return decide_renewals(
            self.known,
            self.policy,
            evaluation=self._evaluated,
            scores=self.scores,
            as_of=self.as_of,
            counts=self._counted.__contains__,
        )

    @lower
    def facts(self) -> Mapping[str, Facts]:
        """Return what the rules of the review see of each agreement under review."""
        return with_renewals(self._facts_before_d3, self.renewals)

    @lower
    def firmness(self) -> Table[Shaken]:
        return find_firmness(self.known, self.policy, self.facts)

    @lower_review
    def review(self) -> Table[Reviewed]:
        return review_agreements(self.known, self.reclassification, self.facts, self.firmness)

    @cached_property
    def plain_reasons(self) -> Mapping[str, str]:
        return plain_reasons(self.review, self.facts, self.indicators, self.known, self.as_of)

    @cached_property
    def ranks(self) -> Table[Ranked]:
        return rank_agreements(self.known, self.policy, self.facts, self.review)

    @cached_property
    def dominance(self) -> Table[ClassOrder]:
        return check_dominance(self.facts)

    @cached_property
    def open_requests(self) -> Table[OpenRequest]:
        found = self.known, self.policy, self.facts, self.review, self.indicators
        return find_gaps(*found, as_of=self.as_of)

    @cached_property
    def situation(self) -> Situation:
        """What the rules are run on again, once something is mended."""
        return Situation.of(self)

    @cached_property
    def what_would_change(self) -> Table[Remedy]:
        return find_remedies(self.situation, self.facts, self.tried)

    @cached_property
    def rules(self) -> Table[ListedRule]:
        return list_review_rules(self.policy)

    @cached_property
    def renewal_rules(self) -> Table[ListedRule]:
        return list_rules(RENEWAL_RULES, self.policy)

    # Seats, and the order of the work

    @cached_property
    def seats(self) -> Table[SeatOf]:
        costs = latest_costs(self.costs)
        asked = self.known, self.policy, self.review, self.facts, costs
        return assign_seats(*asked, as_of=self.as_of)

    @cached_property
    def seat_counts(self) -> Table[SeatCount]:
        asked = self.known, self.policy, self.proposals, self.readiness
        coming = find_coming(*asked, seated=held_today(self.seats))
        return count_seats(self.policy, self.review, self.seats, coming, as_of=self.as_of)

    @cached_property
    def choices_at_the_cap(self) -> Table[CapChoice]:
        return find_choices(self.policy, self.ranks, self.seats)

    @cached_property
    def seat_exchange(self) -> Table[SeatMove]:
        return find_exchange(self.policy, self.ranks, self.seats, self.review)

    @cached_property
    def sequence(self) -> Table[Turn]:
        return plan_sequence(self.known, self.policy, self.facts, self.review)

    @cached_property
    def priorities(self) -> Table[Priority]:
        return find_priorities(self.known, self.policy, self.facts, self.review)

    @cached_property
    def sunset_paths(self) -> Table[SunsetPath]:
        return plan_sunsets(self.known, self.facts, self.review)

    # Next year's money

    planning_costs = by_day(planning_costs)

    @cached_property
    def candidates(self) -> Table[Asking]:
        return find_candidates(
            self.known,
            self.policy,
            self.review,
            self.seats,
            self.scores,
            self.planning_costs,
            firm=self._firm,
            as_of=self.as_of,
        )

    @property
    def _firm(self) -> list[str]:
        return [row.agreement_id for row in self.firmness if row.decision != Firm.CONTESTED]

    available = by_day(available_money)

    @cached_property
    def other_claims(self) -> OtherClaims:
        """What draws on the same money without being a candidate."""
        return other_claims(
            self.known, self.policy, self.planning_costs, self.candidates, as_of=self.as_of
        )

    @cached_property
    def _contests(self) -> tuple[Contest, ...]:
        return find_contests(self.candidates, self.policy, money=self.available.amount)

    @cached_property
    def scenarios(self) -> Table[ScenarioOf]:
        return find_scenarios(self._contests, self.available, self.policy)

    @cached_property
    def money_steps(self) -> Table[MoneyStep]:
        """How next year's money becomes what is left of it."""
        return money_steps(self.scenarios, self.other_claims)

    @cached_property
    def uplifts(self) -> Table[UpliftStep]:
        return find_uplifts(self._contests, self.available, self.policy)

    programme_trend = by_day(programme_trend)

    # Proposals and partners

    @cached_property
    def proposals(self) -> Table[ScreenedProposal]:
        return screen_proposals(
            self.known,
            self.policy,
            resources_left=money_left(self.scenarios, self.available),
            seats_free=free_seats(self.policy, self.review, self.seats),
            as_of=self.as_of,
        )

    @cached_property
    def readiness(self) -> Table[DraftReadiness]:
        return check_readiness(self.known, self.policy, self.objectives, as_of=self.as_of)

    @cached_property
    def screening_rules(self) -> Table[ListedRule]:
        return list_rules(SCREENING_RULES, self.policy)

    partner_suggestions = by_day(suggest_partners)

    # What people decided, and which days call for a decision

    @cached_property
    def decisions(self) -> Table[DecisionCompared]:
        return compare_decisions(
            self.known,
            self.policy,
            review=self.review,
            classification=self.reclassification,
            proposals=self.proposals,
            readiness=self.readiness,
            renewals=self.renewals,
            as_of=self.as_of,
        )

    decisions_on_record = by_day(list_decisions)

    @cached_property
    def decisions_followed_up(self) -> Table[DecisionFollowed]:
        return follow_up(
            self.known,
            self.policy,
            review=self.review,
            seats=self.seats,
            as_of=self.as_of,
            previous=self.previous,
        )

    terms = by_day(find_terms)
    decision_calendar = by_day(find_deadlines)
    overdue = by_day(find_overdue)

    # How the programme works, and what it plans

    partner_owned = by_day(find_partner_owned)
    project_leads = by_day(find_project_leads)

    @cached_property
    def engagements(self) -> Table[EngagementOf]:
        return find_engagements(self.known)

    @cached_property
    def partners(self) -> Table[PartnerOf]:
        return find_partners(self.known, self.engagements, self.project_leads)

    @cached_property
    def partner_kinds(self) -> Table[PartnerKind]:
        return count_partner_kinds(self.partners)

    publication = by_day(find_publications)

    @cached_property
    def publication_counts(self) -> Table[PublicationCount]:
        return count_publications(self.publication)

    activity_goals = by_day(find_activity_goals)
    year_plan = by_day(check_year_plan)

    @cached_property
    def goals_served(self) -> Table[GoalServed]:
        return map_goals(self.known, self.policy)

    @cached_property
    def _scorecard_before(self) -> Table[ScorecardLine]:
        """What this year's workbook can tell of the scorecard a year before."""
        return score_earlier(self.known, self.policy, as_of=self.policy.year_end(self.year - 1))

    @cached_property
    def scorecard(self) -> Table[ScorecardLine]:
        read = YearTables(
            partner_owned=self.partner_owned,
            project_leads=self.project_leads,
            engagements=self.engagements,
            publication=self.publication,
            year_plan=self.year_plan,
            seats=self.seats,
            seat_counts=self.seat_counts,
            objectives=self.objectives,
            agreements=self.achievement,
            proposals=self.proposals,
            consistency=self.decisions,
            priorities=chosen(self.priorities),
        )
        return score_programme(
            self.known, self.policy, read, as_of=self.as_of, before=self._scorecard_before
        )

    @cached_property
    def scorecard_changes(self) -> Table[ScorecardChange]:
        return compare_scorecards(self.scorecard, self._scorecard_before)

    @property
    def tables(self) -> Mapping[str, Table[Result]]:
        """The results that are handed out, by the name of their file."""
        return {name.replace("_", "-"): getattr(self, name) for name in TABLES}

    def of(self, agreement_id: str) -> "OneAgreement":
        """Return the results of one agreement, by the same names."""
        return OneAgreement(self, agreement_id)


def declared_results() -> Mapping[str, type[Result]]:
    """Return the class that declares each result that is handed out, by its name."""
    return {name: declared_by(getattr(Results, name)) for name in TABLES}
