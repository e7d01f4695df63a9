"""What an agreement lacks that every agreement of its class should have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.assess.record.activity import Window, count_active
from toolkit.assess.record.conditions import NAMES, find_conditions, term_within
from toolkit.assess.review.criteria import Sources
from toolkit.model.dates import When, add_months
from toolkit.model.defects import Defect
from toolkit.model.policy import AgreementClass
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement, BudgetLine, Milestone, Objective, Project
from toolkit.model.vocabulary import Condition, EndWord, Family, Finding

Test = Callable[[Agreement, Sources], Finding]


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


def _has_text(agreement: Agreement, _sources: Sources) -> Finding:
    if agreement.text_on_file is None:
        return Finding.NOT_ON_RECORD
    return _yes(agreement.text_on_file == "y", Finding.NOT_MET)


def _has_end(agreement: Agreement, _sources: Sources) -> Finding:
    if agreement.ends is EndWord.OPEN_ENDED:
        return Finding.NOT_MET
    return _yes(agreement.ends not in (None, EndWord.UNKNOWN))


def _has_short_term(agreement: Agreement, sources: Sources) -> Finding:
    if not isinstance(agreement.ends, When) or not (agreement.signed or agreement.renewed):
        return Finding.MET  # what is missing is a defect of its own
    return term_within(agreement, sources.policy.counts.agreement_term_years[1])


def _has_start(agreement: Agreement, _sources: Sources) -> Finding:
    return _yes(bool(agreement.signed or agreement.renewed))


def _has_project_with_milestone(agreement: Agreement, sources: Sources) -> Finding:
    projects = sources.portfolio.of(agreement, Project)
    return _yes(any(has_milestone(project, sources.portfolio) for project in projects))


def has_milestone(project: Project, portfolio: Portfolio) -> bool:
    """Whether a milestone of a project is on record."""
    return bool(portfolio.of(project, Milestone))


def _is_funded(agreement: Agreement, sources: Sources) -> Finding:
    return _yes(has_money(agreement, sources.portfolio))


def has_money(agreement: Agreement, portfolio: Portfolio) -> bool:
    """Whether money is committed to an objective, or a line of the budget is its own."""
    objectives = portfolio.of(agreement, Objective)
    lines = portfolio.of(agreement, BudgetLine)
    return any(o.approved_budget for o in objectives) or any(line.budget for line in lines)


def _has_smart_objectives(agreement: Agreement, sources: Sources) -> Finding:
    if not sources.portfolio.of(agreement, Objective):
        return Finding.NOT_ON_RECORD
    share = sources.reached[agreement.agreement_id].smart_share_judged
    return _yes(round(100 * share, 9) >= sources.policy.thresholds.smart_share, Finding.NOT_MET)


def _has_purpose(agreement: Agreement, sources: Sources) -> Finding:
    return _yes(bool(sources.portfolio.of(agreement, Objective) or agreement.main_purpose))


def _was_active_this_year(agreement: Agreement, sources: Sources) -> Finding:
    year = Window(add_months(sources.as_of, -12), sources.as_of)
    return _yes(count_active(sources.portfolio.of(agreement, Project), year) > 0)


def _has_review_date(agreement: Agreement, sources: Sources) -> Finding:
    return _yes(any(o.review_on for o in sources.portfolio.of(agreement, Objective)))


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
    Requirement(
        "date of signing or renewal",
        _has_start,
        ("signed", "renewed"),
        holder="the City Clerk",
        settles="How old it is, and how long its term.",
    ),
    Requirement("term within the policy's limit", _has_short_term, ("signed", "renewed", "ends")),
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
    agreement: Agreement, cls: AgreementClass | None, sources: Sources
) -> tuple[Defect, ...]:
    """Return the defects of an agreement judged as a member of `cls` (domain 4).

    Each reads 'no' or 'not on record'; one whose sheet is not supplied is 'not looked at'.
    """
    found = _unmet_conditions(agreement, cls, sources) if cls else []
    family = cls.family if cls else None
    for requirement in REQUIREMENTS:
        if requirement.family not in (None, family):
            continue
        finding = _find(requirement, agreement, sources)
        if finding != Finding.MET:
            r = requirement
            found.append(Defect(r.name, finding, r.columns, r.holder, r.settles, r.sheets))
    return tuple(found)


def _find(requirement: Requirement, agreement: Agreement, sources: Sources) -> Finding:
    if not any(sources.counts(sheet) for sheet in requirement.sheets):
        return Finding.NOT_LOOKED_AT
    return requirement.test(agreement, sources)


def _unmet_conditions(agreement: Agreement, cls: AgreementClass, sources: Sources) -> list[Defect]:
    findings = find_conditions(agreement, cls, sources.policy, as_of=sources.as_of)
    unmet = {c: found for c, found in findings.items() if found != Finding.MET}
    return [
        Defect(r.name, unmet[c], r.columns, r.holder, r.settles)
        for c, r in CONDITIONS.items()
        if c in unmet
    ]


def counted(defects: Iterable[Defect]) -> tuple[Defect, ...]:
    """Return the defects that count: 'no' and 'not on record'."""
    return tuple(d for d in defects if d.finding != Finding.NOT_LOOKED_AT)
