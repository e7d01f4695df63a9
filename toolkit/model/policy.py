"""What council decided: classes, seats, criteria, periods, thresholds and rates, frozen and typed.

Nothing here holds a number; the numbers live in `data/policy*.toml`, each with its source or
rationale, and arrive through `toolkit.files.policy`. It is long because it lists every setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.model.dates import add_months
from toolkit.model.lexicon import Lexicon
from toolkit.model.spelling import near_word, plain_name
from toolkit.model.vocabulary import Condition, Family, Purpose, YearName

NO_SECTOR = "none"  # what is typed where no sector is shared


@dataclass(frozen=True)
class Programme:
    """The programme as council last described it.

    `year_named_by` says which day gives a reporting year over two calendar years its name.
    """

    name: str
    currency: str
    fiscal_year_end: str
    year_named_by: YearName = YearName.LAST_DAY
    budget: float | None = None
    budget_year: int | None = None
    stated_count: int | None = None


@dataclass(frozen=True)
class Cap:
    """How many seats there are; `None` means no cap."""

    total: int | None = None
    by_class: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Money:
    """How what is available is split over the classes, per cent; `None` means by their cost."""

    by_class: Mapping[str, float] | None = None


@dataclass(frozen=True)
class AgreementClass:
    """One class of agreement with what it requires and how it is weighed."""

    name: str
    family: Family
    seats: bool
    conditions: tuple[Condition, ...]
    term_years: tuple[int, int]
    weights: Mapping[str, float]
    formerly: tuple[str, ...] = ()
    term_limit_years: int | None = None


@dataclass(frozen=True)
class Framework:
    """The words for instruments that stand outside the classes."""

    outside: tuple[str, ...]


@dataclass(frozen=True)
class Band:
    """The shares of economic purpose, both ends included, that give one class."""

    lower: float
    upper: float
    agreement_class: str


@dataclass(frozen=True)
class CouncilTerms:
    """The first day of each council term, in order."""

    starts: tuple[date, ...]


@dataclass(frozen=True)
class Criterion:
    """One decision criterion: its measure and the values that score 0, 50 and 100.

    `holder` is who has a missing rating; blank is the unit that leads the agreement. `goals` are
    the goals of the framework that it serves.
    """

    id: str
    name: str
    measure: str
    group: str
    economic: tuple[float, ...]
    community: tuple[float, ...]
    holder: str = ""
    goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Markets:
    """Countries or metros by tier of priority; `metros` says which of them are no countries."""

    tier_1: tuple[str, ...]
    tier_2: tuple[str, ...]
    metros: tuple[str, ...] = ()

    @property
    def are_listed(self) -> bool:
        """Whether any is named; where none is, no place is known to lie outside them."""
        return bool(self.tier_1 or self.tier_2)


@dataclass(frozen=True)
class EvidenceSettings:
    """Which sheets the rules look at, by name; `None`: those that most agreements have rows in."""

    counted: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Names:
    """A list of names a city sets, such as activities."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Sectors:
    """The sectors of priority, the others that are known, and what else each is called.

    A sector of `other` is known to be no priority; a word in none of the lists is not known.
    `aliases` holds other words by the name they stand for.
    """

    names: tuple[str, ...]
    other: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] | None = None

    def find(self, word: str) -> str | None:
        """Return the name a word stands for, whatever its spelling; `None` where none is known."""
        return self._by_spelling.get(_bare(word))

    @property
    def spellings(self) -> Mapping[str, str]:
        """Every word that is known, with the name it stands for."""
        own = {name: name for name in (*self.names, *self.other, NO_SECTOR)}
        aliases = self.aliases or {}
        return own | {word: name for name, words in aliases.items() for word in words}

    def near(self, word: str) -> str | None:
        """Return the name that was meant but for a slip of the hand, where there is one."""
        found = near_word(word, tuple(self.spellings))
        return self.spellings[found] if found else None

    @cached_property
    def _by_spelling(self) -> Mapping[str, str]:
        return {_bare(word): name for word, name in self.spellings.items()}


def _bare(word: str) -> str:
    """Return a word as sectors are compared: `Life science` is life sciences."""
    return " ".join(part.removesuffix("s") for part in plain_name(word).split())


@dataclass(frozen=True)
class ObjectiveType:
    """One type of objective and the purpose it stands for."""

    name: str
    purpose: Purpose


@dataclass(frozen=True)
class Goal:
    """One goal or objective of the programme's framework."""

    id: str
    name: str


@dataclass(frozen=True)
class ExcludedPeriod:
    """Days that no agreement is held to account for; no countries means everywhere."""

    name: str
    starts: date
    ends: date
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Yearly:
    """One amount a year, such as a rate or an index."""

    values: Mapping[str, float]


@dataclass(frozen=True)
class Periods:
    """How long things may take, in the unit of the name."""

    too_early_months: int
    inactive_months: int
    answer_days: int
    unanswered_months: int
    revive_months: int
    sponsor_months: int
    endorsement_grace_months: int
    records_months: int
    transfer_willing_months: int
    on_notice_months: int
    notice_valid_months: int
    notice_months: int
    data_call_days: int
    evaluation_lead_months: int
    evidence_extension_months: int
    conditional_renewal_years: int
    criteria_review_years: int


@dataclass(frozen=True)
class Counts:
    """How many a year, and how many years: the four settings the report leaves apart."""

    prioritised_per_year: tuple[int, int]
    projects_per_year: int
    agreement_term_years: tuple[int, int]
    results_after_years: tuple[int, int]


@dataclass(frozen=True)
class Thresholds:
    """Where a score, a share or a percentage changes a decision."""

    keep_score: float
    keep_results: float
    keep_record: float
    renegotiate_score: float
    known_weight: float
    firm_share: float
    smart_share: float
    smart_total: float
    partial_total: float
    on_track: float
    behind: float
    check_target: float
    evidence_coverage: float
    partner_duties: float
    renew_achievement: float
    conditions_achievement: float
    conditional_duties: float
    proceed_fit: float
    decline_fit: float


@dataclass(frozen=True)
class Firmness:
    """How the weights and ratings are shaken to see which recommendations stand."""

    draws: int
    seed: int
    weight_spread: float
    high_spread: float
    medium_spread: float
    low_spread: float


@dataclass(frozen=True)
class Resources:
    """How the answers to a tight budget are laid out.

    Attributes
    ----------
    uplift_step, uplift_steps
        By how many per cent of what is available the budget is raised at a time; how many times.
    equal_sets
        How many equally good sets are named at most.
    """

    uplift_step: float
    uplift_steps: int
    equal_sets: int


@dataclass(frozen=True)
class Policy:
    """One edition of the policy. `reasons` holds the source or rationale of every value.

    `adopted` is the day council adopted it; `None` is a draft.
    `wording` is the lexicon for stated objectives; it has an edition and reasons of its own.
    """

    file_name: str
    sha256: str
    edition: str
    dated: date
    adopted: date | None
    programme: Programme
    cap: Cap
    classes: tuple[AgreementClass, ...]
    framework: Framework
    bands: tuple[Band, ...]
    purpose_weights: Mapping[Purpose, float]
    council_terms: CouncilTerms
    criteria: tuple[Criterion, ...]
    markets: Markets
    sectors: Sectors
    activities: Names
    objective_types: tuple[ObjectiveType, ...]
    goals: tuple[Goal, ...]
    excluded_periods: tuple[ExcludedPeriod, ...]
    staff_day_rate: Yearly
    price_index: Yearly
    periods: Periods
    counts: Counts
    thresholds: Thresholds
    firmness: Firmness
    resources: Resources
    wording: Lexicon
    reasons: Mapping[str, str]
    money: Money = Money()
    evidence: EvidenceSettings = EvidenceSettings()

    def class_named(self, word: str | None) -> AgreementClass | None:
        """Return the class of this name or former name; `None` for words outside."""
        return next((c for c in self.classes if word in (c.name, *c.formerly)), None)

    def year_end(self, year: int) -> date:
        """Return the last day of a reporting year."""
        return date(year + self._years_after_name, *self._last_day)

    @cached_property
    def _last_day(self) -> tuple[int, int]:
        """The month and the day on which a reporting year ends."""
        month, day = map(int, self.programme.fiscal_year_end.split("-"))
        return month, day

    def year_of(self, day: date) -> int:
        """Return the reporting year a day falls in."""
        ends = day.year if (day.month, day.day) <= self._last_day else day.year + 1
        return ends - self._years_after_name

    @property
    def has_calendar_years(self) -> bool:
        """Whether a reporting year is a calendar year, so that its name is never in doubt."""
        return self.programme.fiscal_year_end == "12-31"

    @cached_property
    def _years_after_name(self) -> int:
        """How many calendar years after its name a reporting year ends."""
        is_by_first = self.programme.year_named_by == YearName.FIRST_DAY
        return 1 if is_by_first and not self.has_calendar_years else 0

    def endorsed_since(self, as_of: date) -> date | None:
        """Return the first day from which an endorsement still counts.

        It is the start of the current council term or, in that term's first months
        (`endorsement_grace_months`), of the one before. `None` if no term is listed.
        """
        begun = [start for start in self.council_terms.starts if start <= as_of]
        if not begun:
            return None
        grace_ends = add_months(begun[-1], self.periods.endorsement_grace_months)
        return begun[-2] if as_of < grace_ends and len(begun) > 1 else begun[-1]

    def endorsement_renewal_due(self, as_of: date) -> date | None:
        """Return the day until which an endorsement of the previous term still counts."""
        begun = [start for start in self.council_terms.starts if start <= as_of]
        if not begun:
            return None
        return add_months(begun[-1], self.periods.endorsement_grace_months)
