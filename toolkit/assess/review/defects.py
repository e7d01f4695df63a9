"""What an agreement lacks that every agreement of its class should have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from toolkit.assess.classes.purposes import Stated, stated_purposes
from toolkit.assess.record.activity import Window, count_active, projects_by_agreement
from toolkit.assess.record.conditions import NAMES, endorsed, find_conditions, term_within
from toolkit.model.dates import add_months
from toolkit.model.defects import Defect
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement, BudgetLine, Milestone, Objective, Project
from toolkit.model.vocabulary import Condition, EndWord, Family, Finding


@dataclass(frozen=True)
class Record:
    """All that the requirements look at, gathered once from the portfolio."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    smart_share: Mapping[str, float]
    stated: Mapping[str, Stated]
    objectives: Mapping[str, Sequence[tuple]] = field(default_factory=dict)
    projects: Mapping[str, Sequence[tuple]] = field(default_factory=dict)
    with_milestone: frozenset[str] = frozenset()
    funded: frozenset[str] = frozenset()


def gather(portfolio: Portfolio, policy: Policy, smart_share: pd.Series, *, as_of: date) -> Record:
    """Return the record of a portfolio; `smart_share` is that of each agreement's objectives."""
    objectives: dict[str, list[tuple]] = {}
    for row in portfolio.rows(Objective):
        objectives.setdefault(row.agreement_id, []).append(row)
    return Record(
        portfolio,
        policy,
        as_of,
        smart_share.to_dict(),
        stated_purposes(portfolio, policy),
        objectives,
        projects_by_agreement(portfolio),
        frozenset(row.project_id for row in portfolio.rows(Milestone)),
        frozenset(r.agreement_id for r in portfolio.rows(Objective) if r.approved_budget)
        | frozenset(r.agreement_id for r in portfolio.rows(BudgetLine) if r.budget),
    )


Test = Callable[[tuple, Record], Finding]


@dataclass(frozen=True)
class Requirement:
    """One thing every agreement (of one family) should have.

    `sheets`: one of them must be supplied, or the requirement is not looked at. `columns` are
    the Agreements columns it rests on, `holder` who has the missing fact.
    """

    name: str
    test: Test
    columns: tuple[str, ...] = ()
    sheets: tuple[type[Row], ...] = (Agreement,)
    family: Family | None = None
    holder: str = "the unit that leads it"
    settles: str = "Whether this defect can be struck off the list."


def _yes(value: bool, otherwise: Finding = Finding.NOT_ON_RECORD) -> Finding:
    return Finding.MET if value else otherwise


def _has_text(agreement: Agreement, _record: Record) -> Finding:
    if agreement.text_on_file is None:
        return Finding.NOT_ON_RECORD
    return _yes(agreement.text_on_file == "y", Finding.NOT_MET)


def _has_end(agreement: Agreement, _record: Record) -> Finding:
    if agreement.ends is EndWord.OPEN_ENDED:
        return Finding.NOT_MET
    return _yes(agreement.ends not in (None, EndWord.UNKNOWN))


def _has_short_term(agreement: Agreement, record: Record) -> Finding:
    if agreement.ends is None or isinstance(agreement.ends, EndWord):
        return Finding.MET  # the missing end is a defect of its own
    return term_within(agreement, record.policy.counts.agreement_term_years[1])


def _has_fresh_endorsement(agreement: Agreement, record: Record) -> Finding:
    if not agreement.endorsed_on:
        return Finding.MET  # only an endorsement that was given can be out of date
    return endorsed(agreement, record.policy, as_of=record.as_of)


def _has_project_with_milestone(agreement: Agreement, record: Record) -> Finding:
    projects = record.projects.get(agreement.agreement_id, ())
    return _yes(any(p.project_id in record.with_milestone for p in projects))


def _is_funded(agreement: Agreement, record: Record) -> Finding:
    return _yes(agreement.agreement_id in record.funded)


def _has_smart_objectives(agreement: Agreement, record: Record) -> Finding:
    if not record.objectives.get(agreement.agreement_id):
        return Finding.NOT_ON_RECORD
    share = round(100 * record.smart_share[agreement.agreement_id], 9)
    return _yes(share >= record.policy.thresholds.smart_share, Finding.NOT_MET)


def _has_purpose(agreement: Agreement, record: Record) -> Finding:
    return _yes(bool(record.stated[agreement.agreement_id].statements))


def _was_active_this_year(agreement: Agreement, record: Record) -> Finding:
    year = Window(add_months(record.as_of, -12), record.as_of)
    return _yes(count_active(record.projects.get(agreement.agreement_id, ()), year) > 0)


def _has_review_date(agreement: Agreement, record: Record) -> Finding:
    return _yes(any(o.review_on for o in record.objectives.get(agreement.agreement_id, ())))


REQUIREMENTS = (
    Requirement(
        "signed text on file",
        _has_text,
        ("text_on_file",),
        holder="the City Clerk",
        settles="What was agreed: objectives, duties, term, renewal and termination.",
    ),
    Requirement(
        "end date",
        _has_end,
        ("ends",),
        holder="the City Clerk",
        settles="When it must be decided again.",
    ),
    Requirement("term within the policy's limit", _has_short_term, ("signed", "ends")),
    Requirement("endorsement of this council term", _has_fresh_endorsement, ("endorsed_on",)),
    Requirement(
        "stated purpose",
        _has_purpose,
        ("main_purpose",),
        family=Family.COMMUNITY,
        settles="Whether its class fits what it says it is for.",
    ),
    Requirement("SMART objectives", _has_smart_objectives, (), (Objective,), Family.ECONOMIC),
    Requirement("project with a milestone", _has_project_with_milestone, (), (Project,)),
    Requirement("funding", _is_funded, (), (Objective, BudgetLine)),
    Requirement("activity this year", _was_active_this_year, (), (Project,), Family.COMMUNITY),
    Requirement("review date", _has_review_date, (), (Objective,), Family.COMMUNITY),
)


@dataclass(frozen=True)
class ConditionText:
    """How an unmet condition of a class is told."""

    name: str
    columns: tuple[str, ...]
    holder: str
    settles: str


CONDITIONS = {
    Condition.LEAD_UNIT: ConditionText(
        NAMES[Condition.LEAD_UNIT], ("lead_unit",), "the division", "Who answers for it."
    ),
    Condition.SPONSOR_CONFIRMED: ConditionText(
        NAMES[Condition.SPONSOR_CONFIRMED],
        ("community_sponsor", "sponsor_confirmed"),
        "the community sponsor",
        "Whether a community still carries it.",
    ),
    Condition.ENDORSED: ConditionText(
        NAMES[Condition.ENDORSED],
        ("endorsed_by", "endorsed_on"),
        "the Councillor's office",
        "Whether it still meets the condition of its class.",
    ),
    Condition.TERM: ConditionText(
        NAMES[Condition.TERM],
        ("signed", "ends"),
        "the City Clerk",
        "Whether it still belongs to its class.",
    ),
}


def find_defects(
    agreement: Agreement, cls: AgreementClass | None, record: Record
) -> tuple[Defect, ...]:
    """Return the defects of an agreement judged as a member of `cls` (domain 4).

    Each reads 'no' or 'not on record'; one whose sheet is not supplied is 'not looked at'.
    """
    found = _unmet_conditions(agreement, cls, record) if cls else []
    family = cls.family if cls else None
    asks_endorsement = cls is not None and Condition.ENDORSED in cls.conditions
    for requirement in REQUIREMENTS:
        if requirement.family not in (None, family):
            continue
        if requirement.test is _has_fresh_endorsement and asks_endorsement:
            continue  # the condition of the class says it already
        finding = _find(requirement, agreement, record)
        if finding != Finding.MET:
            r = requirement
            found.append(Defect(r.name, finding, r.columns, r.holder, r.settles, r.sheets))
    return tuple(found)


def _find(requirement: Requirement, agreement: Agreement, record: Record) -> Finding:
    if not any(record.portfolio.has(sheet) for sheet in requirement.sheets):
        return Finding.NOT_LOOKED_AT
    return requirement.test(agreement, record)


def _unmet_conditions(agreement: Agreement, cls: AgreementClass, record: Record) -> list[Defect]:
    findings = find_conditions(agreement, cls, record.policy, as_of=record.as_of)
    unmet = {c: found for c, found in findings.items() if found != Finding.MET}
    return [
        Defect(r.name, unmet[c], r.columns, r.holder, r.settles)
        for c, r in CONDITIONS.items()
        if c in unmet
    ]


def counted(defects: Iterable[Defect]) -> tuple[Defect, ...]:
    """Return the defects that count: 'no' and 'not on record'."""
    return tuple(d for d in defects if d.finding != Finding.NOT_LOOKED_AT)
