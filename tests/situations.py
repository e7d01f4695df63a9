"""A Partnership or Friendship of which everything is told and nothing lacks, changed in one thing.

As it stands each criterion rates 100 but economic ties, which rate 50: a Partnership scores 95, a
Friendship 100. All sheets count, whatever is in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from factory import TODAY, agreement, day, make_portfolio, results_of

from toolkit.assess.review.agreements import Reviewed
from toolkit.model.dates import Period
from toolkit.model.policy import EvidenceSettings, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Purpose

Row = Mapping[str, object]
Sheets = Mapping[str, Sequence[Row]]
COUNTED = (
    "Profiles", "Projects", "Milestones", "Objectives", "Indicators", "Results", "Engagements",
    "Budget",
)  # fmt: skip


def counting(policy: Policy, sheets: Sequence[str] = COUNTED) -> Policy:
    """Return the policy with these sheets counted, so that no row changes which do."""
    return replace(policy, evidence=EvidenceSettings(tuple(sheets)))


def partnership(key: str = "A-1", **changes: object) -> dict[str, object]:
    """Return a Partnership that meets its conditions, in the third year of a term of five."""
    usual = {
        "country": "Germany",
        "signed": day("2023-07-01"),
        "ends": day("2028-06-30"),
        "last_contact": day("2025-09"),
        "records_complete_to": day("2025-12"),
        "community_sponsor": "Circle",
        "sponsor_confirmed": day("2025-05"),
    }
    return agreement(key, **(usual | changes))


def friendship(key: str = "A-1", **changes: object) -> dict[str, object]:
    """Return a Friendship that meets its conditions, in the third year of a term of five."""
    usual = {"classification": "Friendship", "endorsed_by": "Councillor, Ward 3"}
    return partnership(key, **(usual | {"endorsed_on": day("2024-03")} | changes))


def profile(key: str = "A-1", **changes: object) -> dict[str, object]:
    """Return a profile of which nothing is missing and of which its source is sure."""
    usual = {
        "subject_id": key,
        "sectors_shared": ("technology", "tourism"),
        "yearly_trade": 316227766.0,
        "historic_link": "y",
        "host_community": "y",
        "non_city_share": 60.0,
        "confidence": "high",
        "dated": day("2025-01"),
    }
    return usual | changes


def project(key: str = "A-1", number: int = 1, **changes: object) -> dict[str, object]:
    """Return a project done in the year under the objective."""
    usual = {"project_id": f"J-{key}-{number}", "agreement_id": key, "name": "Visit"}
    dates = {"starts": day("2025-03"), "ends": day("2025-04"), "state": "done"}
    return usual | dates | {"objective_id": f"O-{key}"} | changes


def objective(key: str = "A-1", **changes: object) -> dict[str, object]:
    """Return an objective that is SMART once it has its indicator and its project."""
    usual = {
        "objective_id": f"O-{key}",
        "agreement_id": key,
        "statement": "To bring firms together.",
        "purpose": Purpose.ECON,
        "type": "grow trade",
        "activity": "inbound mission",
        "sector": "technology",
        "city_unit": "Economic Development",
        "city_duty": "Invite",
        "partner_unit": "Chamber",
        "partner_duty": "Travel",
        "partner_duty_met": "y",
        "estimated_cost": 1000.0,
        "approved_budget": 1000.0,
        "funding_source": "Programme",
        "staff_days": 5.0,
        "starts": day("2023-07-01"),
        "ends": day("2028-06-30"),
        "review_on": day("2026-06-30"),
    }
    return usual | changes


def indicator(key: str = "A-1", **changes: object) -> dict[str, object]:
    """Return a count of increments that should rise."""
    usual = {
        "indicator_id": f"I-{key}",
        "objective_id": f"O-{key}",
        "name": "Firms",
        "kind": "flow",
        "measure": "count",
        "unit": "firms",
        "direction": "increase",
        "accumulation": "incremental",
        "baseline_state": "not applicable",
        "data_source": "Chamber's list",
    }
    return usual | changes


def reached(
    year: int, target: float | None, actual: float | None, key: str = "A-1", **changes: object
) -> dict[str, object]:
    """Return the result of a calendar year."""
    period = Period(date(year, 1, 1), date(year, 12, 31), str(year))
    usual = {"indicator_id": f"I-{key}", "period": period, "target": target, "actual": actual}
    return usual | {"state": None if actual is None else "approved"} | changes


THREE_YEARS = ((2023, 20.0, 20.0), (2024, 20.0, 20.0), (2025, 20.0, 20.0))


def told(
    who: Mapping[str, object] | None = None,
    *,
    projects: int | Sequence[Row] = 4,
    partners: int | Sequence[Row] = 2,
    about: Mapping[str, object] | None = None,
    results: Sequence[Row] | None = None,
    **more: Sequence[Row],
) -> dict[str, Sequence[Row]]:
    """Return the sheets of one agreement; `about` changes its profile, `more` names other sheets.

    Projects and partners are as many as told, or the rows themselves.
    """
    who = partnership() if who is None else who
    key = str(who["agreement_id"])
    done = [project(key, n) for n in range(projects)] if isinstance(projects, int) else projects
    first = done[0]["project_id"] if done else None
    purpose = Purpose.CULT if who["classification"] == "Friendship" else Purpose.ECON
    usual: dict[str, Sequence[Row]] = {
        "Agreements": [who],
        "Profiles": [profile(key, **(about or {}))],
        "Projects": done,
        "Milestones": [{"project_id": first, "name": "Held", "due": day("2025-04")}],
        "Objectives": [objective(key, purpose=purpose)],
        "Indicators": [indicator(key)],
        "Results": [reached(*y, key) for y in THREE_YEARS] if results is None else results,
        "Engagements": signed(key, partners) if isinstance(partners, int) else partners,
        "Budget": [{"year": 2025, "line": "agreement", "agreement_id": key, "budget": 1000.0}],
    }
    return usual | more if first else usual | {"Milestones": []} | more


def signed(key: str = "A-1", partners: int = 2) -> list[Row]:
    """Return the engagements of partners that signed a role and met their duty."""
    row = {"agreement_id": key, "role": "deliver", "signed_on": day("2024-01"), "duty_met": "y"}
    return [row | {"partner_id": f"P-{i}"} for i in range(1, partners + 1)]


def offer(key: str = "A-1", willing: str = "2025-06") -> Row:
    """Return the offer of a partner to lead."""
    row = {"agreement_id": key, "partner_id": "P-8", "role": "could lead"}
    return row | {"willing_on": day(willing)}


def together(*some: Sheets) -> dict[str, list[Row]]:
    """Return the sheets of several agreements as one workbook."""
    names = dict.fromkeys(name for sheets in some for name in sheets)
    return {name: [row for sheets in some for row in sheets.get(name, ())] for name in names}


PARTNERS = [{"partner_id": f"P-{i}", "name": f"Partner {i}"} for i in range(1, 10)]


def recorded(policy: Policy, *some: Sheets) -> Portfolio:
    """Return the portfolio of these sheets."""
    sheets = {name: [dict(row) for row in rows] for name, rows in together(*some).items()}
    agreements = sheets.pop("Agreements")
    return make_portfolio(policy, *agreements, **({"Partners": PARTNERS} | sheets))


def judge(
    policy: Policy,
    *some: Sheets,
    as_of: date = TODAY,
    previous: Portfolio | None = None,
    counted: Sequence[str] = COUNTED,
) -> Reviewed:
    """Return what is proposed for the first agreement where these sheets count."""
    fixed = counting(policy, counted)
    portfolio = recorded(fixed, *some)
    return results_of(portfolio, fixed, as_of=as_of, previous=previous).review.rows[0]


def said(row: Reviewed) -> str:
    """Return rule and word as a table prints them."""
    return str(row.rule)


def decided(word: str, year: int = 2024, key: str = "A-1", **changes: object) -> Row:
    """Return a decision of the review."""
    row = {"subject_id": key, "year": year, "decision_point": "review", "decision": word}
    return row | changes


def silent(who: Row, **changes: object) -> dict[str, object]:
    """Return an agreement of which nobody has heard for years."""
    quiet = {"last_contact": day("2015"), "sponsor_confirmed": None, "community_sponsor": None}
    return {**who, **quiet, **changes}
