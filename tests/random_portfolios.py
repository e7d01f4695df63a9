"""Random portfolios of three to eight agreements, by seed: one as a workbook might hold it.

Every seed gives its own portfolio and the same one each time. Sparse ones leave most cells blank,
filled ones few. Values keep the rules of the workbook (`toolkit.files`): references resolve, dates
stand in order, a reported value has its state. It is long because it draws every sheet.
"""

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from factory import make_portfolio

from toolkit.model.dates import Period, When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.schema import Column, Kind, words_of
from toolkit.model.sheets import (
    BY_NAME,
    PARTNER_KINDS,
    Agreement,
    BudgetLine,
    Decision,
    Engagement,
    Indicator,
    Milestone,
    Objective,
    Outcome,
    Partner,
    PeriodResult,
    Profile,
    Project,
)
from toolkit.model.vocabulary import EndWord

AS_OF = date(2025, 12, 31)
SPARSE = 0.62  # the share of optional cells that is left blank
FILLED = (0.0, 0.05, 0.12, 0.25)  # one of these where few are
SELDOM = 0.06  # the share filled in columns that are drawn without a plan
COUNTRIES = ("Germany", "India", "Italy", "Japan", "Poland", "Portugal", "Chile", "Kenya")
CLASSES = (("Partnership", 45), ("Friendship", 33), ("MOU", 12), ("letter of intent", 4),
           ("sister city", 3), ("unknown", 3))  # fmt: skip
STATUSES = (("active", 63), (None, 30), ("suspended", 3), ("concluded", 2), ("proposed", 2))
WORDS = (("On notice", 40), ("Renegotiate", 12), ("Insufficient evidence", 12),
         ("Keep, on new terms", 8), ("Keep by direction", 10), ("Confirm or end", 8),
         ("Sunset", 5), ("Transfer", 5))  # fmt: skip
WORDS_OF_D3 = (("Not evaluable", 45), ("On notice", 35), ("One conditional renewal", 20))
MEASURES = (
    ("flow", "count", "increase", "incremental"),
    ("flow", "count", "increase", "incremental"),
    ("flow", "amount", "increase", "running total"),
    ("flow", "count", "decrease", "incremental"),
    ("flow", "percent", "increase", "incremental"),
    ("level", "count", "increase", "snapshot"),
    ("level", "percent", "increase", "snapshot"),
    ("level", "index", "decrease", "snapshot"),
    ("level", "count", "maintain", "snapshot"),
    ("milestone", None, None, None),
    ("qualitative", None, "increase", None),
)
DATED_BY_PLAN = {"concluded_on", "conclusion_reason", "original_class", "reclassified_on", "owner",
                 "legal_hold", "dropped_on", "dropped_reason", "part", "outcome_ref", "currency",
                 "wikidata", "renewed"}  # fmt: skip
Value = TypeVar("Value")
Cells = dict[str, object]


def random_portfolio(seed: int, policy: Policy, *, sparse: bool) -> Portfolio:
    """Return the portfolio of a seed, of rows as the workbook would give them."""
    draw = _Draw(random.Random(f"{seed} {'sparse' if sparse else 'filled'}"), policy, sparse=sparse)
    agreements = draw.agreements()
    sheets: dict[str, list[Cells]] = {Partner.sheet.name: draw.partners}
    for row in agreements:
        for kind, rows in draw.about(row).items():
            sheets.setdefault(kind.sheet.name, []).extend(rows)
    if draw.chance(0.5):
        sheets.setdefault("Budget", []).append({"year": 2025, "line": "programme", "budget": 9e5})
    typed = {name: [_typed(name, row) for row in rows] for name, rows in sheets.items()}
    return make_portfolio(policy, *(_typed("Agreements", row) for row in agreements), **typed)


def _typed(sheet: str, row: Cells) -> Cells:
    """Return a row with the words of closed lists as the workbook gives them."""
    columns = {column.name: column for column in BY_NAME[sheet].columns}
    return {key: _word(columns[key], row[key]) for key in row if key in columns}


def _word(column: Column, value: object) -> object:
    words = column.words
    if value is None or not isinstance(words, type) or value in column.also:
        return value
    return tuple(map(words, value)) if isinstance(value, tuple) else words(value)


class _Draw:
    """What is drawn for one portfolio, in a fixed order."""

    def __init__(self, rng: random.Random, policy: Policy, *, sparse: bool) -> None:
        self.rng, self.policy = rng, policy
        self.blank = SPARSE if sparse else rng.choice(FILLED)
        self.in_order = not sparse and self.chance(
            0.4
        )  # whether terms and plans are as they should
        kinds = rng.sample(PARTNER_KINDS, rng.randint(2, 4))
        self.partners: list[Cells] = [
            {"partner_id": f"P-{n}", "name": f"Partner {n}", "kind": self.some(kind),
             "home_or_abroad": self.some(rng.choice(("home", "abroad")))}
            for n, kind in enumerate(kinds, start=1)
        ]  # fmt: skip

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def some(self, value: Value) -> Value | None:
        """Return a value, or a blank as often as this portfolio has them."""
        return None if self.chance(self.blank) else value

    def of(self, weighted: Iterable[tuple[Value, int]]) -> Value:
        values, weights = zip(*weighted, strict=True)
        return self.rng.choices(values, weights)[0]

    def months(self, first: int, last: int, *, rough: float = 0.0) -> When:
        """Return a day so many months from the review, negative before it; some are rough."""
        day = add_months(AS_OF, self.rng.randint(first, last)) - timedelta(self.rng.randint(0, 27))
        if self.chance(rough):
            return When.month_of(day.year, day.month)
        return When.day_of(day)

    def before(self, months: int, *, after: When | None = None) -> When:
        """Return a day of the last months, not before another."""
        found = self.months(-months, 0)
        return When.day_of(max(found.first, after.last)) if after else found

    def agreements(self) -> list[Cells]:
        rows: list[Cells] = []
        for number in range(1, self.rng.randint(3, 8) + 1):
            row = self.agreement(f"A-{number}")
            if rows and self.chance(0.12):  # a second instrument with the same partner
                same = {key: rows[-1][key] for key in ("partner", "country")}
                row |= same | {"classification": self.of(CLASSES[1:])}
            rows.append(row)
        return rows

    def agreement(self, key: str) -> Cells:
        word, signed = self.of(CLASSES), self.some(self.signed())
        renewed = self.months(-48, -1) if self.chance(0.3) else None
        ends = self.some(self.ends(signed, renewed))
        if self.in_order and self.chance(0.8):
            signed, renewed, ends = self.months(-40, -25), None, self.months(9, 19)
        asked = self.some(self.months(-30, 0)) if self.chance(0.5) else None
        sponsor = self.some("A society")
        status = self.of(STATUSES)
        planned: Cells = {
            "agreement_id": key,
            "partner": f"City {key}",
            "country": self.rng.choice(COUNTRIES),
            "classification": word,
            "status": status,
            "signed": signed,
            "renewed": renewed if not signed or (renewed and signed < renewed) else None,
            "ends": ends,
            "main_purpose": self.some((self.purpose(word),)),
            "lead_unit": self.some("Trade Unit"),
            "community_sponsor": sponsor,
            "sponsor_confirmed": self.some(self.months(-40, 0)) if sponsor else None,
            "endorsed_by": self.some("Councillor"),
            "endorsed_on": self.some(self.months(-30 if self.in_order else -60, 0)),
            "last_contact": self.some(self.months(-48, 0, rough=0.2)),
            "asked_on": asked,
            "answered_on": self.before(12, after=asked) if asked and self.chance(0.4) else None,
            "records_complete_to": self.some(self.months(-2 if self.chance(0.7) else -20, 0)),
            "text_on_file": self.some("n" if self.chance(0.02 if self.in_order else 0.2) else "y"),
            "legal_hold": "y" if self.chance(0.02) else None,
            "owner": "P-1" if self.chance(0.03) else None,
            "concluded_on": self.before(20) if status == "concluded" else None,
            "external_cause": "A war" if self.chance(0.15) else None,
            "published_outcomes": self.some(self.months(-14, 0)),
        }
        return self.unplanned(Agreement, planned)

    def signed(self) -> When:
        if self.chance(0.1):
            return self.months(-23, -1)
        return self.months(-400, -24) if self.chance(0.5) else self.months(-72, -24, rough=0.2)

    def ends(self, signed: When | None, renewed: When | None) -> When | EndWord:
        if self.chance(0.25):
            return self.rng.choice((*EndWord, EndWord.OPEN_ENDED))
        if self.chance(0.06) and not renewed and (not signed or signed < self.months(-30, -30)):
            return self.months(-12, -1)
        return self.months(1, 12) if self.chance(0.4) else self.months(13, 50)

    def purpose(self, word: str) -> str:
        own = {"Partnership": "ECON", "Friendship": "CULT"}.get(word)
        return own if own and self.chance(0.75) else self.rng.choice(("ECON", "POLICY", "CULT"))

    def about(self, row: Cells) -> Mapping[type[Row], list[Cells]]:
        """Return the rows of every sheet that are about an agreement."""
        found: dict[type[Row], list[Cells]] = {}
        good = self.rng.random()  # how well it goes: one trait for results, projects and partners
        fill = 0.9 if self.blank < SPARSE else 0.55  # how likely a sheet has rows of it
        if self.chance(fill):
            self.objectives(row, good, found)
        if self.chance(fill):
            self.projects(row, good, found)
        if self.chance(fill):
            found[Engagement] = self.engagements(row, good)
        if self.chance(fill):
            found[Profile] = [self.profile(row, n) for n in range(1 + self.chance(0.2))]
        if self.chance(fill * 0.7):
            found[BudgetLine] = [
                {"year": year, "line": "agreement", "agreement_id": row["agreement_id"],
                 "budget": self.some(40_000.0), "actual": self.some(38_000.0)}
                for year in (2025, 2026)
            ]  # fmt: skip
        if self.chance(0.4):
            found[Decision] = self.decisions(row)
        return found

    def objectives(self, row: Cells, good: float, found: dict[type[Row], list[Cells]]) -> None:
        for kind in (Objective, Indicator, PeriodResult, Outcome):
            found[kind] = []
        for number in range(1, self.rng.randint(1, 3) + 1):
            objective = self.objective(row, number, good)
            found[Objective].append(objective)
            for place in range(1, self.rng.randint(0, 2) + 1 if number > 1 else 2):
                indicator = self.indicator(objective, place)
                found[Indicator].append(indicator)
                found[PeriodResult] += self.results(indicator, good)
        if self.chance(0.2):
            found[Outcome].append(
                {"outcome_ref": f"OUT-{row['agreement_id']}", "what": "A contract",
                 "agreement_id": row["agreement_id"], "on": self.some(self.months(-24, 0))}
            )  # fmt: skip

    def objective(self, row: Cells, number: int, good: float) -> Cells:
        starts = self.months(-40, -1)
        ends = self.months(1, 20) if self.in_order else self.months(1, 40)
        cost = float(self.rng.randint(5, 90) * 1000)
        planned: Cells = {
            "objective_id": f"O-{row['agreement_id']}-{number}",
            "agreement_id": row["agreement_id"],
            "statement": f"Objective {number}",
            "purpose": self.some(self.purpose(str(row["classification"]))),
            "main": self.some(self.rng.choice("yn")),
            "type": self.some(self.rng.choice(self.policy.objective_types).name),
            "activity": self.some(self.rng.choice(self.policy.activities.names)),
            "sector": self.some("technology"),
            "audience": self.some("firms"),
            "city_unit": self.some("Trade Unit"),
            "city_duty": self.some("organise"),
            "partner_unit": self.some("Their office"),
            "partner_duty": self.some("host"),
            "partner_duty_met": self.some("y" if self.chance(0.3 + 0.6 * good) else "n"),
            "estimated_cost": self.some(cost),
            "approved_budget": self.some(cost if self.in_order or self.chance(0.6) else 5e3),
            "funding_source": self.some("budget"),
            "staff_days": self.some(12.0),
            "starts": self.some(starts),
            "ends": self.some(ends),
            "review_on": self.some(
                ends if self.in_order or self.chance(0.6) else self.months(41, 50)
            ),
            "dropped_on": self.before(1) if self.chance(0.02) else None,
        }
        return self.unplanned(Objective, planned)

    def indicator(self, objective: Cells, number: int) -> Cells:
        kind, measure, direction, accumulation = self.rng.choice(MEASURES)
        low, high = (40.0, 60.0) if direction == "maintain" else (None, None)
        baseline = {"increase": 10.0, "decrease": 80.0}.get(direction or "")
        has_baseline = kind != "qualitative" and self.chance(0.8)
        planned: Cells = {
            "indicator_id": f"I-{str(objective['objective_id'])[2:]}-{number}",
            "objective_id": objective["objective_id"],
            "name": f"Measure {number}",
            "kind": kind,
            "measure": measure if measure in ("percent", "index") else self.some(measure),
            "unit": self.some("units"),
            "direction": direction if direction == "decrease" else self.some(direction),
            "accumulation": self.some(accumulation),
            "baseline": self.some(baseline) if has_baseline else None,
            "baseline_state": None,
            "lower": self.some(low),
            "upper": self.some(high),
            "data_source": self.some("survey"),
        }
        if planned["baseline"] is None and self.chance(0.3):
            planned["baseline_state"] = "not applicable"
        return self.unplanned(Indicator, planned)

    def results(self, indicator: Cells, good: float) -> list[Cells]:
        """Return the years of an indicator; better ones come closer to their targets."""
        rows, first = [], self.rng.choice((2022, 2023, 2024))
        target = float(self.rng.randint(20, 70))
        for year in range(first, 2027):
            if self.chance(0.08):
                continue
            share = max(0.0, self.rng.gauss(0.15 + 0.95 * good, 0.25))
            rows.append(self.result(indicator, year, target * (year - first + 1), share))
        return rows

    def result(self, indicator: Cells, year: int, grown: float, share: float) -> Cells:
        kind, measure, direction = (indicator[key] for key in ("kind", "measure", "direction"))
        is_percent = measure == "percent"
        target = min(grown, 95.0) if is_percent or kind == "level" else grown
        if direction == "decrease":
            target, share = 40.0, 2 - min(share, 1.5)
        if kind in ("milestone", "qualitative"):
            target, share = (1.0, share) if kind == "milestone" else (3.0, share)
        actual = round(min(target * share, 99.0 if is_percent else 1e9), 1)
        if kind == "milestone":
            actual = float(share > 0.6)
        if kind == "qualitative":
            actual = float(min(4, round(4 * share)))
        row: Cells = {
            "indicator_id": indicator["indicator_id"],
            "period": Period(date(year, 1, 1), date(year, 12, 31), str(year)),
            "target": None if direction == "maintain" else self.some(target),
            **dict.fromkeys(("first_target", "actual", "numerator", "denominator", "state")),
        }
        if year <= AS_OF.year and not self.chance(0.1 + 0.5 * self.blank):
            row["state"] = "approved" if self.chance(0.88) else "draft"
            counted = {"numerator": actual, "denominator": 100.0}
            row |= counted if is_percent and self.chance(0.6) else {"actual": actual}
        if row["target"] is not None and self.chance(0.1):
            first = round(target * self.rng.choice((0.5, 1.5)), 1)
            row["first_target"] = min(first, 100.0) if is_percent else first
        return self.unplanned(PeriodResult, row)

    def projects(self, row: Cells, good: float, found: dict[type[Row], list[Cells]]) -> None:
        found[Project], found[Milestone] = [], []
        aims = [objective["objective_id"] for objective in found.get(Objective, [])]
        for number in range(1, self.rng.randint(0, 2 + round(3 * good)) + 1):
            project = self.project(row, number, aims)
            found[Project].append(project)
            if self.chance(1 - self.blank):
                done = self.months(-24, 0) if project["state"] == "done" else None
                due = self.months(-12, 12)
                found[Milestone].append(
                    {"project_id": project["project_id"], "name": "A step", "due": due,
                     "done_on": self.some(done)}
                )  # fmt: skip

    def project(self, row: Cells, number: int, aims: list[object]) -> Cells:
        state = self.of((("done", 50), ("active", 20), ("planned", 20), ("cancelled", 10)))
        spans = {"done": (-60, -1), "active": (-12, 0), "planned": (-6, 10), "cancelled": (-30, -1)}
        starts = self.months(*spans[state])
        ends = When.day_of(add_months(starts.last, self.rng.randint(0, 14)))
        if state == "done":
            ends = min(ends, When.day_of(AS_OF))
        planned: Cells = {
            "project_id": f"J-{row['agreement_id']}-{number}",
            "agreement_id": row["agreement_id"],
            "name": f"Project {number}",
            "objective_id": self.some(self.rng.choice(aims)) if aims else None,
            "starts": self.some(starts),
            "ends": self.some(ends),
            "state": state if self.chance(0.9) else None,
            "led_by_partner": self.some("P-1"),
            "planned_cost": self.some(20_000.0),
            "actual_cost": self.some(21_000.0) if state == "done" else None,
            "staff_days": self.some(8.0),
        }
        return self.unplanned(Project, planned)

    def engagements(self, row: Cells, good: float) -> list[Cells]:
        chosen = self.rng.sample(self.partners, self.rng.randint(0, min(3, len(self.partners))))
        return [
            {
                "agreement_id": row["agreement_id"],
                "partner_id": partner["partner_id"],
                "role": self.rng.choice(("lead", "could lead", "deliver", "fund", "advise")),
                "signed_on": self.some(self.months(-60, 0)) if self.chance(0.75) else None,
                "willing_on": self.some(self.months(-24, 0)),
                "duty": self.some("host"),
                "duty_met": self.some("y" if self.chance(0.3 + 0.6 * good) else "n"),
            }
            for partner in chosen
        ]

    def profile(self, row: Cells, number: int) -> Cells:
        names = self.policy.sectors.names
        planned: Cells = {
            "subject_id": row["agreement_id"],
            "sectors_shared": self.some(tuple(self.rng.sample(names, self.rng.randint(1, 3)))),
            "yearly_trade": self.some(round(10 ** self.rng.uniform(6, 10.3), 0)),
            "historic_link": self.some(self.rng.choice("yn")),
            "host_community": self.some(self.rng.choice("yn")),
            "non_city_share": self.some(float(self.rng.randint(0, 100))),
            "dated": self.months(-30, -13) if number else self.some(self.months(-12, 0)),
            "confidence": self.some(self.rng.choice(("high", "medium", "low"))),
        }
        return self.unplanned(Profile, planned)

    def decisions(self, row: Cells) -> list[Cells]:
        """Return decisions of earlier years; notices among them run, or have run out."""
        years = self.rng.sample((2022, 2023, 2024, 2025), self.rng.randint(1, 2))
        return [self.decision(row, year) for year in sorted(years)]

    def decision(self, row: Cells, year: int) -> Cells:
        is_d3 = self.chance(0.2)
        taken = date(year, self.rng.randint(1, 12), self.rng.randint(1, 28))
        runs_out = When.day_of(add_months(taken, self.rng.choice((6, 12, 12, 18))))
        planned: Cells = {
            "subject_id": row["agreement_id"],
            "year": year,
            "decision_point": "D3" if is_d3 else "review",
            "decision": self.of(WORDS_OF_D3 if is_d3 else WORDS),
            "decided_by": self.some("Council"),
            "decided_on": self.some(When.day_of(taken)),
            "expires": self.some(runs_out),
        }
        return planned

    def unplanned(self, kind: type[Row], planned: Cells) -> Cells:
        """Return a row with, here and there, a value in a column that has no plan."""
        rest = [c for c in kind.sheet.columns if c.name not in {*planned, *DATED_BY_PLAN}]
        return planned | {c.name: self.any_value(c) for c in rest if self.chance(SELDOM)}

    def any_value(self, column: Column) -> object:
        words = words_of(column, self.policy)
        value: object = {
            Kind.WORD: self.rng.choice(words) if words else None,
            Kind.YES_NO: "y",
            Kind.DATE: self.months(-20, 0),
            Kind.NUMBER: 5.0,
            Kind.MONEY: 5_000.0,
            Kind.COUNT: 2,
            Kind.TEXT: "a text",
            Kind.COUNTRY: "Italy",
            Kind.LINK: "https://example.org/text",
        }.get(column.kind)
        return (value,) if column.many and value is not None else value
