"""What every page rests on: its banners, the level of evidence, the policy in use, its inputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from toolkit import __version__
from toolkit.model.dates import long_date
from toolkit.model.issues import by_cause
from toolkit.model.policy import Policy
from toolkit.model.sheets import (
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
    Proposal,
)
from toolkit.model.text import how_many, listed
from toolkit.model.vocabulary import Basis
from toolkit.report import markup
from toolkit.report.markup import (
    FICTIONAL,
    INTERNAL,
    Banner,
    Header,
    Link,
    Provenance,
    Sentences,
    Stack,
)
from toolkit.report.view import Found

LEVELS = {
    1: ("Agreements", "triage, first classes, ages, seats and a calendar"),
    2: ("Projects and Profiles", "scores by the decision criteria"),
    3: (
        "Objectives, Indicators, Results, Milestones and Outcomes",
        "SMART objectives and achievement against targets",
    ),
    4: (
        "Budget, Partners, Engagements, Proposals and Decisions",
        "the programme's money, delivery partners, and decisions already taken",
    ),
}
LEADS, CLERK = "the units that lead the agreements", "the City Clerk"
WOULD_SHOW = (  # what a page says where these sheets are there, the next level first
    ("What each agreement did and plans, how it scores, who is dormant", (Project, Profile), LEADS),
    (
        "What was reached against which target, and how firm the targets are",
        (Objective, Indicator, PeriodResult),
        LEADS,
    ),
    ("Which milestones are late", (Milestone,), LEADS),
    ("What is named as achieved", (Outcome,), LEADS),
    (
        "What the programme costs, and what raising or reducing would do",
        (BudgetLine,),
        "the finance office",
    ),
    ("Who else could deliver or own an agreement", (Partner, Engagement), LEADS),
    ("Which proposals wait, and for what", (Proposal,), "the division"),
    ("What was decided, and what became of it", (Decision,), CLERK),
)
FITS = 24  # letters of a value in the table of sources
NOTICES = "Notices that touch a number or a decision"
LISTS = {
    "class": "classes",
    "band": "bands",
    "criterion": "criteria",
    "objective_type": "objective_types",
    "goal": "goals",
    "excluded_period": "excluded_periods",
}


def page_header(title: str, results: Found, level: int | None = None) -> Header:
    """Return a page's title with what no reader may miss."""
    portfolio, policy, as_of = results.portfolio, results.policy, results.as_of
    level = level or results.level
    banners = [INTERNAL]
    if portfolio.is_illustrative:
        banners.append(FICTIONAL)
    elif portfolio.bases == {Basis.PUBLIC_RECORD}:
        text = "worked out from public sources; not a document of the city it describes."
        banners.append(Banner("Public record", text))
    if invented := illustrative_settings(policy):
        text = f"illustrative until the city sets its own: {listed(invented)}."
        banners.append(Banner("Policy", text))
    if open_questions := unanswered(policy):
        banners.append(Banner("Policy", f"not answered yet: {'; '.join(open_questions)}."))
    subtitle = (
        f"{portfolio.title}. As of {long_date(as_of)}. Evidence level {level} of 4. "
        f"{results.held.sentence}"
    )
    trail = (Link("All results", "../../index.html"), Link(str(results.year), "index.html"))
    return Header(title, subtitle, tuple(banners), trail)


def illustrative_settings(policy: Policy) -> list[str]:
    """Return the settings of the policy that say of themselves that they are illustrative."""
    named = {
        f"criterion {number}": f"the scale of {criterion.name.lower()}"
        for number, criterion in enumerate(policy.criteria, start=1)
    }
    keys = [key for key, why in policy.reasons.items() if why.startswith("rationale: illustrative")]
    return [named.get(key, key.replace("_", " ")) for key in keys]


def unanswered(policy: Policy) -> list[str]:
    """Return what the policy says of itself that it has no answer to yet, in its words."""
    start = "rationale: not answered yet: "
    return [why.removeprefix(start) for why in policy.reasons.values() if why.startswith(start)]


@dataclass(frozen=True)
class SourceList:
    """Where the values of a policy come from, as a list in columns."""

    told: tuple[str, ...]

    def _repr_html_(self) -> str:
        items = markup.render_items(self.told)
        return str(Markup('<ul class="columns note">{}</ul>').format(items))


def policy_sources(policy: Policy) -> SourceList:
    """Return where every value of the policy comes from; settings of one source share an item.

    Longer values, and lists, stand in the policy's file.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for key, reason in policy.reasons.items():
        name, _, rest = key.partition(" ")
        groups.setdefault((name if rest else key, reason), []).append(key)
    return SourceList(
        tuple(
            f"{_called(keys)}{_briefly(policy, keys)}; {reason}"
            for (_, reason), keys in groups.items()
        )
    )


def _called(keys: Sequence[str]) -> str:
    name = keys[0].rpartition(".")[2].replace("_", " ")
    if len(keys) == 1:
        return name
    return f"{name} to {keys[-1].rpartition(' ')[2]}"


def _briefly(policy: Policy, keys: Sequence[str]) -> str:
    value = _setting(policy, keys[0])
    return f", {value}" if len(keys) == 1 and len(value) <= FITS else ""


def _setting(policy: Policy, key: str) -> str:
    """Return the value a key of the policy holds, in the words of the file."""
    name, _, rest = key.partition(" ")
    if name in LISTS and rest.isdigit():
        return _spelled(vars(getattr(policy, LISTS[name])[int(rest) - 1]))
    value: object = policy
    for part in key.split("."):
        value = getattr(value, part)
    return _spelled(value)


def _spelled(value: object) -> str:
    if hasattr(value, "__dataclass_fields__"):
        value = vars(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{k} {_spelled(v)}" for k, v in value.items() if v not in (None, (), ""))
    if isinstance(value, tuple):
        return ", ".join(_spelled(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def weight_table(policy: Policy, *, as_of: date) -> markup.HtmlTable:
    """Return the criteria with their scales and the weight each class gives them.

    Weights that are newer than the date of the review are announced: they were not known then.
    """
    rows = tuple(
        (
            f"{criterion.id} {criterion.name}",
            criterion.measure,
            criterion.group,
            " / ".join(map(_point, criterion.economic)),
            " / ".join(map(_point, criterion.community)),
            *(f"{cls.weights.get(criterion.id, 0):g}" for cls in policy.classes),
        )
        for criterion in policy.criteria
    )
    headings = (
        "Criterion", "Measure", "Part of", "Economic: 0 / 50 / 100 at",
        "Community: 0 / 50 / 100 at", *(f"Weight, {cls.name}" for cls in policy.classes),
    )  # fmt: skip
    dated = f"The weights of each class sum to 100; dated {policy.dated.isoformat()}"
    newer = "; they are newer than the date of the review" if policy.dated > as_of else ""
    note = f"{dated}{newer}."
    numeric = frozenset(range(5, 5 + len(policy.classes)))
    return markup.HtmlTable("Criteria and weights", headings, rows, numeric, note)


def _point(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) or value > 1000 else f"{value:g}"


def evidence_sentence(level: int) -> Sentences:
    """Return what the level of evidence allows, and what the next would settle."""
    given = "; ".join(LEVELS[n][1] for n in range(1, level + 1))
    lines = [f"Evidence level {level} of 4 gives {given}."]
    if level < 4:
        sheets, settles = LEVELS[level + 1]
        lines.append(f"Level {level + 1} (sheets {sheets}) would settle: {settles}.")
    return Sentences(tuple(lines))


def not_looked_at(results: Found) -> markup.HtmlTable | Stack:
    """Return what the absent sheets would show, and who has them; nothing where all are there."""
    rows = tuple(
        (would_show, listed([kind.sheet.name for kind in absent]), holder)
        for would_show, kinds, holder in WOULD_SHOW
        if (absent := [kind for kind in kinds if not results.portfolio.has(kind)])
    )
    if not rows:
        return Stack()
    headings = ("What it would show", "Sheets", "Who has it")
    return markup.HtmlTable("Not looked at yet, the next sheet first", headings, rows)


def stated_count_sentence(results: Found) -> Sentences:
    """Return how many agreements the record holds of those the programme itself states."""
    stated, held = results.policy.programme, sum(1 for _ in results.terms)
    evenly = [row for row in results.money if row.count == stated.stated_count]
    of_that_city = results.portfolio.bases == {Basis.PUBLIC_RECORD}
    if not (of_that_city and evenly) or held >= stated.stated_count:
        return Sentences(())
    return Sentences(
        (
            f"This record is not complete: it holds {how_many(held, 'agreement')} in force of the "
            f"{stated.stated_count} or more that the {stated.name} stated in {stated.budget_year}.",
        )
    )


def notices(results: Found, agreement_id: str | None = None) -> markup.HtmlTable:
    """Return what `check` noticed that touches a number or a decision, of one agreement or of all.

    That another year is probably meant stands on every page.
    """
    portfolio = results.portfolio
    found = portfolio.notices if agreement_id is None else portfolio.notices_of(agreement_id)
    rows = [("the year", results.held.doubt, "")] if results.held.doubt else []
    rows += [
        (column.replace("_", " ") or "rows", message, place)
        for place, column, message in by_cause(found)
    ]
    empty = "No notice touches a number or a decision."
    return markup.HtmlTable(NOTICES, ("About", "Notice", "Where"), tuple(rows), empty=empty)


def provenance(results: Found) -> Provenance:
    """Return what a page was made from."""
    portfolio, policy, words = results.portfolio, results.policy, results.policy.wording
    return Provenance(
        (
            ("Workbook", portfolio.file_name),
            ("Policy", f"{policy.edition}, {policy.file_name} ({policy.sha256[:12]})"),
            ("Wording", f"{words.edition}, {words.file_name} ({words.sha256[:12]})"),
            ("As of", results.as_of.isoformat()),
            ("Toolkit", __version__),
        )
    )
