"""Which agreements near their end to renew and which to conclude, with the facts behind it.

Source: domain, section 8, and `docs/rules.md`. It proposes from the policy's
`evaluation_lead_months` before the end, where targets were agreed; its proposal stands in for the
review's rules 9 to 15.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.assess.record.decided import decided_day
from toolkit.assess.record.results import joined, make_result
from toolkit.assess.renewal.better_fact import find_second_option
from toolkit.assess.renewal.cases import Case, Record, find_cases, find_facts, gather_record
from toolkit.assess.renewal.facts import RenewalFacts
from toolkit.assess.renewal.headings import HEADINGS, describe
from toolkit.assess.renewal.reendorsement import COLUMNS as ENDORSEMENT_COLUMNS
from toolkit.assess.renewal.reendorsement import RULES as WITHOUT_TARGETS
from toolkit.assess.renewal.reendorsement import find_missing
from toolkit.assess.renewal.rules import find_match
from toolkit.assess.renewal.terms import class_of, find_conditions, find_term
from toolkit.assess.rules import first_match
from toolkit.assess.year.yearly import Evaluation
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import runs
from toolkit.model.vocabulary import Family, Renewal

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "rule", "term", "ends", "A", "K", "P", "S",
    "plan", "approved_of_due", "partner_duties", "external_cause", "conditions", "second_option",
    "decided", *HEADINGS, "cells",
)  # fmt: skip


def decide_renewals(
    portfolio: Portfolio,
    policy: Policy,
    *,
    evaluation: Evaluation,
    scores: pd.DataFrame,
    as_of: date,
) -> pd.DataFrame:
    """Return what is proposed for each agreement under review that is near its end.

    Parameters
    ----------
    evaluation
        The result of `evaluate` for the same portfolio, policy and date.
    scores
        The result of `score_agreements`.

    Returns
    -------
    DataFrame by agreement_id: decision (a `Renewal`, or "Review decides" for a community
    agreement without targets that lacks something), reason, partner, rule (a `RuleRef`), term, ends
    (ISO date), A, K, P (per cent), S (0-100), plan (a SMART objective beyond the end),
    approved_of_due (values), partner_duties (met of known), external_cause, conditions (what must
    be agreed), second_option, decided (what people decided for this end already), the six headings
    (facts), cells. Agreements that have ended are left out: the review lists them as lapsed.
    """
    record = gather_record(portfolio, policy, evaluation, scores, as_of=as_of)
    records = [line for case in find_cases(record) if (line := _line(case, record))]
    return make_result(records, COLUMNS, "agreement_id")


def _line(case: Case, record: Record) -> Mapping[str, object] | None:
    """Return the line of one agreement; None where the review's own rules stand."""
    facts = find_facts(case, record)
    if case.agreement.agreement_id in record.with_targets:
        proposal = _by_rule(facts, case, record)
    elif _is_community(case, record) and not facts.legal_hold:
        proposal = _without_targets(case, record)
    else:
        return None
    return _common(facts, case, record) | proposal


def _is_community(case: Case, record: Record) -> bool:
    cls = class_of(case, record)
    return cls is not None and cls.family == Family.COMMUNITY


def _by_rule(facts: RenewalFacts, case: Case, record: Record) -> dict[str, object]:
    match = find_match(facts)
    return {
        "decision": match.decision,
        "reason": match.reason,
        "rule": match.ref,
        "term": find_term(match.decision, case, record),
        "conditions": find_conditions(match.decision, facts, case, record),
        "second_option": find_second_option(facts),
        "cells": _cells(case, record),
    }


def _without_targets(case: Case, record: Record) -> dict[str, object]:
    """Return the proposal for a community agreement: renew it, or what is missing for that."""
    agreement = case.agreement
    projects = record.background.sources.projects.get(agreement.agreement_id, ())
    missing = find_missing(agreement, projects, record.policy, as_of=record.as_of)
    match = first_match(WITHOUT_TARGETS, missing)
    columns = ("ends", *ENDORSEMENT_COLUMNS)
    cells = agreement.cells(*columns)
    seen = [p.cell("state") for p in projects]
    return {
        "decision": match.decision,
        "reason": match.reason,
        "rule": match.ref,
        "term": None if missing else find_term(Renewal.RENEW, case, record),
        "conditions": missing,
        "second_option": f"{Renewal.RENEW}, if what it lacks is there" if missing else None,
        "cells": joined([cells, *seen]),
    }


def _common(facts: RenewalFacts, case: Case, record: Record) -> dict[str, object]:
    """Return what every line shows, whatever is proposed."""
    agreement = case.agreement
    achieved = record.background.achieved[agreement.agreement_id]
    met, known = case.duties
    duties = f"{met} of {known}" if known else None
    beyond = [f"{key} ({level})" for key, level in case.beyond.items()]
    return {
        "agreement_id": agreement.agreement_id,
        "partner": record.portfolio.labels[agreement.agreement_id],
        "ends": case.end.isoformat(),
        "A": facts.achievement,
        "K": facts.coverage,
        "P": facts.partner_duties,
        "S": facts.score,
        "plan": facts.forward_plan_smart,
        "approved_of_due": f"{achieved.reported} of {achieved.due}" if achieved.due else None,
        "partner_duties": duties,
        "external_cause": agreement.external_cause,
        "decided": _decided(case, record.policy),
        **describe(agreement, beyond, duties, record.background),
    }


def _decided(case: Case, policy: Policy) -> str | None:
    """Return what people decided for this end already, and when."""
    row = case.decided
    return row and f"{row.decision}, {decided_day(row, policy).isoformat()}"


def _cells(case: Case, record: Record) -> str:
    agreement, _portfolio = case.agreement, record.portfolio
    key = agreement.agreement_id
    columns = ("status", "ends", "legal_hold", "external_cause")
    objectives = record.objectives.get(key, ())
    scored = record.background.scores.get(key)
    return joined(
        [
            agreement.cells(*columns),
            *runs(objectives, "partner_duty_met"),
            record.background.achieved[key].cells,
            scored.cells if scored else "",
            *(row.cell("decision") for row in case.decisions),
        ]
    )
