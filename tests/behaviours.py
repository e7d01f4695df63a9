"""Six years of five behaviours of one agreement, among people who follow what is proposed.

Each year the record grows by what the behaviour does, the review of 31 December looks at it with
last year's workbook beside it, and the proposal is adopted: as a decision, a question, new terms.
It is long because it holds the record, the behaviours and what people do of each proposal.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product

from deletions import CELL, deletions_of, relationships_of
from factory import make_portfolio
from random_portfolios import random_portfolio

from toolkit.assess.results import Results
from toolkit.assess.review.agreements import Reviewed
from toolkit.model.dates import Period, When, add_months
from toolkit.model.policy import EvidenceSettings, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import BY_NAME
from toolkit.model.vocabulary import DecisionPoint, Evidence, Purpose, RenewalWord, ReviewWord

KEY = "A-1"
FIRST, YEARS = 2025, 6
NEW_TERM = 36  # months
CLASSES = ("Partnership", "Friendship")
FITS = (("Germany", 2), ("Kenya", 2), ("Kenya", 1))  # where, and how many priority sectors
ENDED = {ReviewWord.SUNSET, ReviewWord.TRANSFER}
SETTLED = {
    ReviewWord.KEEP, ReviewWord.KEEP_ON_NEW_TERMS, RenewalWord.RENEW,
    RenewalWord.RENEW_WITH_CONDITIONS, RenewalWord.CONCLUDE, *ENDED,
}  # fmt: skip
WITH_NEW_TERMS = {
    ReviewWord.KEEP_ON_NEW_TERMS, ReviewWord.RENEGOTIATE, RenewalWord.RENEGOTIATE_DUTIES,
    RenewalWord.RENEW, RenewalWord.RENEW_WITH_CONDITIONS, RenewalWord.ONE_CONDITIONAL,
    ReviewWord.LAPSED,
}  # fmt: skip
Cells = dict[str, object]


def day(year: int, month: int, number: int) -> When:
    """Return one exact day."""
    return When.day_of(date(year, month, number))


@dataclass(frozen=True)
class Setting:
    """Where a behaviour is played: the class, the fit, the term, whether records are kept."""

    name: str
    fit: tuple[str, int]
    dated: bool
    records: bool

    def __str__(self) -> str:
        country, sectors = self.fit
        term = "two years left" if self.dated else "six years left"
        records = "records kept" if self.records else "records not kept"
        return f"{self.name}, {country}, priority sectors {sectors}, {term}, {records}"


SETTINGS = tuple(Setting(*parts) for parts in product(CLASSES, FITS, (False, True), (False, True)))


@dataclass
class Life:
    """What is on record of the agreement so far, by sheet."""

    setting: Setting
    policy: Policy
    agreement: Cells
    sheets: dict[str, list[Cells]] = field(default_factory=dict)

    @property
    def is_partnership(self) -> bool:
        return self.setting.name == CLASSES[0]

    @property
    def is_waiting(self) -> bool:
        """Whether a question is open."""
        asked, answered = self.agreement["asked_on"], self.agreement["answered_on"]
        return asked is not None and (answered is None or answered < asked)

    def add(self, sheet: str, **cells: object) -> None:
        self.sheets.setdefault(sheet, []).append(cells)

    def portfolio(self) -> Portfolio:
        """Return the record as the workbook of now holds it."""
        return make_portfolio(
            self.policy,
            dict(self.agreement),
            **{name: [dict(row) for row in rows] for name, rows in self.sheets.items()},
        )

    def project(self, year: int, state: str, starts: When, ends: When) -> None:
        key = f"J-{year}-{len(self.sheets.get('Projects', []))}"
        self.add("Projects", project_id=key, agreement_id=KEY, name="A project", state=state,
                 starts=starts, ends=ends, objective_id="O-1")  # fmt: skip
        self.add("Milestones", project_id=key, name="A step", due=ends)

    def report(self, year: int, share: float | None) -> None:
        """Report the year: a share of the target, or nothing."""
        if self.is_partnership:
            reported = {} if share is None else {"actual": 20 * share, "state": "approved"}
            period = Period(date(year, 1, 1), date(year, 12, 31), str(year))
            self.add("Results", indicator_id="I-1", period=period, target=20.0, **reported)


def begin(setting: Setting, policy: Policy) -> Life:
    """Return an agreement of 2019 with its objective, its partner and a profile."""
    economic = setting.name == CLASSES[0]
    agreement: Cells = {
        "agreement_id": KEY,
        "partner": "A city",
        "country": setting.fit[0],
        "classification": setting.name,
        "status": "active",
        "signed": day(2023, 3, 1) if setting.dated else day(2019, 3, 1),
        "ends": day(2027, 12, 31) if setting.dated else day(2031, 12, 31),
        "main_purpose": (Purpose.ECON if economic else Purpose.CULT,),
        "lead_unit": "Trade Unit",
        "text_on_file": "y",
        "last_contact": day(2022, 5, 1),
        "community_sponsor": "A society",
        "sponsor_confirmed": day(2022, 5, 1),
        "endorsed_by": "Councillor",
        "endorsed_on": day(2023, 2, 1),
        "asked_on": None,
        "answered_on": None,
    }
    life = Life(setting, policy, agreement)
    life.add("Objectives", objective_id="O-1", agreement_id=KEY, statement="To do a thing",
             purpose=Purpose.ECON if economic else Purpose.CULT, type="grow trade" if economic
             else "community and heritage", activity="event", sector="technology",
             city_unit="Trade Unit", city_duty="host", partner_unit="Their office",
             partner_duty="send", estimated_cost=10.0, approved_budget=10.0, staff_days=5.0,
             funding_source="budget", starts=day(2023, 3, 1), ends=day(2027, 12, 31),
             review_on=day(2027, 6, 30))  # fmt: skip
    if economic:
        life.add("Indicators", indicator_id="I-1", objective_id="O-1", name="Firms", kind="flow",
                 measure="count", unit="firms", direction="increase", accumulation="incremental",
                 baseline_state="not applicable", data_source="survey")  # fmt: skip
    life.add("Partners", partner_id="P-1", name="A chamber")
    life.add("Engagements", agreement_id=KEY, partner_id="P-1", role="deliver", duty="host")
    shared = ("technology", "music")[: setting.fit[1]]
    life.add("Profiles", subject_id=KEY, sectors_shared=shared, yearly_trade=5e7,
             historic_link="n", host_community="n", non_city_share=10.0, dated=day(2025, 1, 15),
             confidence="high")  # fmt: skip
    return life


def be_silent(life: Life, year: int) -> None:
    """Do nothing, tell nothing."""
    life.report(year, None)


def answer_only(life: Life, year: int) -> None:
    """Answer what is asked, and do nothing."""
    if life.is_waiting:
        life.agreement["answered_on"] = day(year, 11, 15)
    life.report(year, 0.0)


def plan_only(life: Life, year: int) -> None:
    """Plan a project of next year, and do none."""
    life.project(year, "planned", day(year + 1, 2, 1), day(year + 1, 11, 30))
    life.report(year, 0.0)


def do_poorly(life: Life, year: int) -> None:
    """Do little, reach little, and tell all of it."""
    answer_only_if_asked(life, year)
    if year % 2:
        life.project(year, "done", day(year, 4, 1), day(year, 5, 1))
    life.agreement["last_contact"] = day(year, 5, 1)
    life.sheets["Engagements"][0] |= {"signed_on": day(2024, 2, 1), "duty_met": "n"}
    life.sheets["Objectives"][0]["partner_duty_met"] = "n"
    life.report(year, 0.15)


def work(life: Life, year: int) -> None:
    """Do what was agreed, reach the targets, and tell it."""
    answer_only_if_asked(life, year)
    for month in (3, 9):
        life.project(year, "done", day(year, month, 1), day(year, month + 1, 15))
    life.project(year, "planned", day(year + 1, 3, 1), day(year + 1, 4, 15))
    life.agreement |= {
        "last_contact": day(year, 9, 1),
        "sponsor_confirmed": day(year, 6, 1),
        "endorsed_on": day(year, 2, 1),
        "published_outcomes": day(year, 12, 1),
    }
    life.sheets["Engagements"][0] |= {"signed_on": day(2023, 4, 1), "duty_met": "y"}
    life.sheets["Objectives"][0]["partner_duty_met"] = "y"
    life.report(year, 0.95)


def answer_only_if_asked(life: Life, year: int) -> None:
    """Answer an open question."""
    if life.is_waiting:
        life.agreement["answered_on"] = day(year, 3, 1)


BEHAVIOURS: Mapping[str, Callable[[Life, int], None]] = {
    "silent": be_silent,
    "answers but does nothing": answer_only,
    "plans but does nothing": plan_only,
    "poor results, all told": do_poorly,
    "works": work,
}


@dataclass(frozen=True)
class Course:
    """What was proposed for one behaviour in one setting, year by year, until it was ended."""

    behaviour: str
    setting: Setting
    words: tuple[str, ...]
    noticed: bool  # whether a notice or a question without answer stands before the end

    @property
    def ended(self) -> bool:
        """Whether it is sent to its sunset or handed on."""
        return self.words[-1] in ENDED

    @property
    def concluded(self) -> bool:
        """Whether it is concluded as achieved."""
        return self.words[-1] == RenewalWord.CONCLUDE

    @property
    def is_stuck(self) -> bool:
        """Whether the last three years settle nothing."""
        return len(self.words) == YEARS and not set(self.words[-3:]) & SETTLED


def play(behaviour: str, setting: Setting, policy: Policy, *, anew: bool = False) -> Course:
    """Return the course of one behaviour in one setting.

    `anew`: people agree new terms in every year that asks for them, also while others run.
    """
    life, words, previous = begin(setting, policy), [], None
    noticed = False
    policy = replace(
        policy,
        firmness=replace(policy.firmness, draws=1),
        evidence=EvidenceSettings(counted=tuple(_counted(life))),
    )
    for year in range(FIRST, FIRST + YEARS):
        as_of = date(year, 12, 31)
        BEHAVIOURS[behaviour](life, year)
        if setting.records:
            life.agreement["records_complete_to"] = When.day_of(as_of)
        portfolio = life.portfolio()
        row = Results(portfolio, policy, as_of, previous).review[KEY]
        words.append(str(row.decision))
        if row.decision in ENDED or row.decision == RenewalWord.CONCLUDE:
            noticed = _was_noticed(life, as_of)
            break
        previous = portfolio
        adopt(life, row, year, anew=anew)
    return Course(behaviour, setting, tuple(words), noticed)


def _counted(life: Life) -> Iterator[str]:
    """Yield the sheets of the programme; a Friendship's has no indicators of its own."""
    unused = {"Proposals", "Budget", "Outcomes"}
    yield from (name for name in BY_NAME if name not in unused)


def _was_noticed(life: Life, as_of: date) -> bool:
    """Whether a notice was given before, or a question stayed open for a year."""
    asked = life.agreement["asked_on"]
    notices = (row["decision"] for row in life.sheets.get("Decisions", []))
    is_open = life.is_waiting and asked.last < add_months(as_of, -12)
    return ReviewWord.ON_NOTICE in notices or is_open


def adopt(life: Life, row: Reviewed, year: int, *, anew: bool = False) -> None:
    """Adopt what is proposed: the decision, and what it asks people to do."""
    point = row.rule.point if row.rule else DecisionPoint.REVIEW
    word = str(row.decision)
    if row.proposed_class:
        word = f"{word} as {row.proposed_class}"
        life.agreement |= {"classification": row.proposed_class}
    life.add("Decisions", subject_id=KEY, year=year, decision_point=point, decision=word,
             decided_on=day(year + 1, 1, 31))  # fmt: skip
    if row.decision == ReviewWord.CONFIRM_OR_END and not life.is_waiting:
        life.agreement["asked_on"] = day(year + 1, 1, 15)
    if row.decision in WITH_NEW_TERMS and (anew or not _has_new_terms(life, row, year)):
        life.agreement["renewed"] = day(year + 1, 1, 1)
        _set_end(life, When.day_of(add_months(date(year, 12, 31), NEW_TERM)))
    elif row.decision == RenewalWord.NOT_EVALUABLE:
        _extend(life, year, life.policy.periods.evidence_extension_months)
    elif row.decision == RenewalWord.ON_NOTICE and point == DecisionPoint.D3:
        _extend(life, year, life.policy.periods.on_notice_months)


def _has_new_terms(life: Life, row: Reviewed, year: int) -> bool:
    """Whether terms that were agreed lately run: they are not agreed anew each year."""
    at_end = row.rule is not None and row.rule.point == DecisionPoint.D3
    renewed = life.agreement.get("renewed")
    lately = add_months(date(year, 12, 31), -NEW_TERM)
    return not at_end and renewed is not None and renewed.first > lately


def _extend(life: Life, year: int, months: int) -> None:
    """Let the agreement run until what is asked for can have been shown."""
    until = When.day_of(add_months(date(year, 12, 31), months))
    _set_end(life, max(until, life.agreement["ends"]))


def _set_end(life: Life, ends: When) -> None:
    """Agree an end, and objectives that go beyond it."""
    beyond = When.day_of(ends.last + timedelta(200))
    life.agreement["ends"] = ends
    life.sheets["Objectives"][0] |= {"ends": beyond, "review_on": ends}


def play_all(policy: Policy, *, anew: bool = False) -> list[Course]:
    """Return the course of each behaviour in each setting."""
    return [play(name, where, policy, anew=anew) for name in BEHAVIOURS for where in SETTINGS]


def first_year(seeds: range, policy: Policy, *, blank: float = 0.3) -> tuple[int, int]:
    """Return of how many "Keep" and "Keep, on new terms" that stand; how many still do so.

    Of well-filled portfolios, that share of the optional cells is blanked by chance.
    """
    kept = {ReviewWord.KEEP, ReviewWord.KEEP_ON_NEW_TERMS}
    as_of, standing, left = date(FIRST, 12, 31), 0, 0
    for seed in seeds:
        draw, whole = random.Random(seed), random_portfolio(seed, policy, sparse=False)
        held = replace(policy, evidence=EvidenceSettings(counted=tuple(sorted(whole.supplied))))
        for part in relationships_of(whole):
            good = [r for r in Results(part, held, as_of).review if _stands(r, kept)]
            if not good:
                continue
            blanked = _with_blanks(part, held, draw, blank)
            now = Results(blanked, held, as_of).review
            standing += len(good)
            left += sum(_stands(now[row.agreement_id], kept) for row in good)
    return standing, left


def _stands(row: Reviewed, kept: set[ReviewWord]) -> bool:
    return row.decision in kept and row.evidence != Evidence.PROVISIONAL


def _with_blanks(part: Portfolio, policy: Policy, draw: random.Random, blank: float) -> Portfolio:
    for deletion in deletions_of(part):
        if deletion.what == CELL and draw.random() < blank:
            part = deletion.made(part, policy) or part
    return part
