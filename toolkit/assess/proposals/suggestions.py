"""Which alternative partners an agreement or a project could bring in, and for which reasons.

Source: domain, section 9, and the report on alternative partners: they sit in the metro, they
reach the audience, they run a programme that fits. Words match where they are equal without
regard to case; nothing is guessed from names. Partners are looked up by the words sought.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest
from itertools import islice

from toolkit.assess.record.evidence import latest_profile
from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import Row, joined
from toolkit.model.sheets import Agreement, Engagement, Objective, Partner, Profile, Project
from toolkit.model.text import sentence
from toolkit.model.vocabulary import ProjectState, Status

OPEN = (Status.ACTIVE, Status.PROPOSED)
AHEAD = (ProjectState.PLANNED, ProjectState.ACTIVE)
SOUGHT = ("sector", "activity")
HOME = "home"
MOST = 10  # partners named for one agreement or project


@result(key="subject_id", repeats=True, serves=("P3",))
class PartnerSuggestion(Result):
    """One partner that an agreement or a project could bring in."""

    subject_id: str = out("Id", "The agreement, or the project, that could bring it in.")
    decision: str = out("Reasons met", "How many of the three reasons.")
    reason: str = out("Why")
    grounds: str = out("Grounds", "The reason as words of a sentence.", handed_out=False)
    agreement_id: str = out("Agreement")
    subject: str = out("Agreement or project", "What could bring it in, by its name.")
    partner_id: str = out("Partner's id")
    name: str = out("Partner")
    kind: str | None = out("Kind")
    reasons: int = out("Reasons", fmt=Format.COUNT)
    in_metro: str | None = out("Metro", "Where it sits, if that is a reason.")
    audiences: tuple[str, ...] = out("Audiences", "Those sought that it reaches.", fmt=Format.LIST)
    programmes: tuple[str, ...] = out(
        "Programmes", "Sectors and activities sought that it works in.", fmt=Format.LIST
    )


@dataclass(frozen=True)
class Subject:
    """One agreement or project that could bring a partner in, and what it is looking for.

    `audiences` and `fields` give, for each word sought, the cells it stands in; `places` are
    the metro of the agreement.
    """

    id: str
    name: str
    agreement_id: str
    places: frozenset[str]
    audiences: Mapping[str, str]
    fields: Mapping[str, str]
    engaged: frozenset[str]


@dataclass(frozen=True, eq=False)
class Alike:
    """Partners that differ in nothing that is looked at, by their names."""

    partners: tuple[Partner, ...]
    audiences: frozenset[str]
    fields: frozenset[str]


Traits = tuple[str | None, str | None, frozenset[str], frozenset[str]]
ByWord = Mapping[str, Sequence[Alike]]


@dataclass(frozen=True)
class Offer:
    """What one partner has of all that a subject is looking for."""

    subject: Subject
    partner: Partner
    metro: str | None
    audiences: tuple[str, ...]
    fields: tuple[str, ...]


def suggest_partners(
    portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Table[PartnerSuggestion]:
    """Return the alternative partners that could join an agreement or a project without a leader.

    Looked at are agreements that are active or proposed, not on legal hold, and the City's own;
    and their projects planned or active that no partner leads. A partner that is engaged already
    is left out. It needs a reason besides where it sits; one abroad must sit in the metro. For each
    subject those with most reasons come first, ten at most.
    """
    alike = _alike(portfolio.rows(Partner))
    reaching = _by_word(alike, lambda found: found.audiences)
    working = _by_word(alike, lambda found: found.fields)
    rows = (
        row
        for subject in _find_needs(portfolio, policy, as_of=as_of)
        for row in map(_suggestion, nsmallest(MOST, _offers(subject, reaching, working), key=_rank))
    )
    return Table(PartnerSuggestion, rows)


def _alike(partners: Iterable[Partner]) -> list[Alike]:
    """Return the partners in groups of those that sit, reach and offer the same."""
    found: dict[Traits, list[Partner]] = defaultdict(list)
    for partner in partners:
        audiences = _folded(partner.audiences)
        fields = _folded(partner.sectors) | _folded(partner.programmes)
        found[partner.metro, partner.home_or_abroad, audiences, fields].append(partner)
    return [
        Alike(tuple(sorted(some, key=_by_name)), audiences, fields)
        for (_, _, audiences, fields), some in found.items()
    ]


def _by_name(partner: Partner) -> tuple[str, str]:
    return partner.name, partner.partner_id


def _folded(words: Iterable[str] | None) -> frozenset[str]:
    return frozenset(word.casefold() for word in words or ())


def _by_word(alike: Iterable[Alike], words: Callable[[Alike], Iterable[str]]) -> ByWord:
    """Return the groups of partners by their words."""
    found: dict[str, list[Alike]] = defaultdict(list)
    for group in alike:
        for word in words(group):
            found[word].append(group)
    return found


def _rank(offer: Offer) -> tuple[int, int, str, str]:
    words = len(offer.audiences) + len(offer.fields)
    return -_reasons(offer), -words, *_by_name(offer.partner)


def _reasons(offer: Offer) -> int:
    return sum(map(bool, (offer.metro, offer.audiences, offer.fields)))


def _offers(subject: Subject, reaching: ByWord, working: ByWord) -> Iterator[Offer]:
    """Return the partners that are not engaged yet, reach or offer what is sought, and sit well.

    Of those alike the first by name are enough.
    """
    audiences, fields = _shared(subject.audiences, reaching), _shared(subject.fields, working)
    for group in audiences | fields:
        first = group.partners[0]
        metro = _metro(first, subject.places)
        if metro is None and first.home_or_abroad == "abroad":
            continue
        words = [tuple(found.get(group, ())) for found in (audiences, fields)]
        free = (p for p in group.partners if p.partner_id not in subject.engaged)
        for partner in islice(free, MOST):
            yield Offer(subject, partner, metro, *words)


def _shared(sought: Iterable[str], by_word: ByWord) -> dict[Alike, list[str]]:
    """Return the words sought that each group of partners has, in alphabetical order."""
    found: dict[Alike, list[str]] = defaultdict(list)
    for word in sorted(sought):
        for group in by_word.get(word, ()):
            found[group].append(word)
    return found


def _metro(partner: Partner, places: frozenset[str]) -> str | None:
    """Return the metro a partner sits in, where it is that of the agreement or at home."""
    if partner.metro and partner.metro.casefold() in places:
        return partner.metro
    return (partner.metro or HOME) if partner.home_or_abroad == HOME else None


def _suggestion(offer: Offer) -> PartnerSuggestion:
    subject, partner = offer.subject, offer.partner
    count = _reasons(offer)
    grounds = _grounds(offer)
    return PartnerSuggestion(
        subject_id=subject.id,
        decision=f"{count} of 3 reasons",
        reason=sentence(grounds),
        grounds=grounds,
        agreement_id=subject.agreement_id,
        subject=subject.name,
        partner_id=partner.partner_id,
        name=partner.name,
        kind=partner.kind,
        reasons=count,
        in_metro=offer.metro,
        audiences=offer.audiences,
        programmes=offer.fields,
        cells=_cells(offer),
    )


def _grounds(offer: Offer) -> str:
    metro = offer.metro
    parts = [f"sits at {HOME}" if metro == HOME else f"sits in {metro}"] if metro else []
    parts += [f"reaches {', '.join(offer.audiences)}"] if offer.audiences else []
    parts += [f"works in {', '.join(offer.fields)}"] if offer.fields else []
    return "; ".join(parts)


def _cells(offer: Offer) -> str:
    fields, theirs = set(offer.fields), {word.casefold() for word in offer.partner.sectors or ()}
    columns = ["metro", "home_or_abroad"] if offer.metro else []
    columns += ["audiences"] if offer.audiences else []
    columns += ["sectors"] if theirs & fields else []
    columns += ["programmes"] if fields - theirs else []
    parts = [offer.partner.cells(*columns)]
    parts += [offer.subject.audiences[word] for word in offer.audiences]
    parts += [offer.subject.fields[word] for word in offer.fields]
    return joined(parts)


def _find_needs(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Iterator[Subject]:
    """Return each agreement that could bring a partner in, and its projects without a leader.

    Left out are agreements that are not active or proposed, on legal hold, or another's own.
    """
    for agreement in portfolio.rows(Agreement):
        if agreement.status not in OPEN or agreement.legal_hold == "y" or agreement.owner:
            continue
        stated = [o for o in portfolio.of(agreement, Objective) if not _is_over(o, as_of)]
        whole = _of_agreement(agreement, latest_profile(agreement, portfolio), stated, portfolio)
        yield whole
        for project in portfolio.of(agreement, Project):
            if project.state in AHEAD and not project.led_by_partner:
                yield _of_project(project, whole, stated)


def _of_agreement(
    agreement: Agreement,
    profile: Profile | None,
    stated: Sequence[Objective],
    portfolio: Portfolio,
) -> Subject:
    leading = (row.led_by_partner for row in portfolio.of(agreement, Project))
    return Subject(
        agreement.agreement_id,
        portfolio.labels[agreement.agreement_id],
        agreement.agreement_id,
        frozenset(name.casefold() for name in (agreement.city, agreement.partner) if name),
        _words(stated, ("audience",)),
        _words([profile] if profile else [], ("sectors_shared",)) | _words(stated, SOUGHT),
        frozenset(row.partner_id for row in portfolio.of(agreement, Engagement))
        | frozenset(filter(None, leading)),
    )


def _of_project(project: Project, whole: Subject, stated: Sequence[Objective]) -> Subject:
    """Return what one project is looking for: what the objective it serves does."""
    served = [o for o in stated if o.objective_id == project.objective_id]
    return replace(
        whole,
        id=project.project_id,
        name=f"{project.name} ({whole.name})",
        audiences=_words(served, ("audience",)),
        fields=_words(served, SOUGHT),
    )


def _is_over(objective: Objective, as_of: date) -> bool:
    return isinstance(objective.ends, When) and objective.ends.last < as_of


def _words(rows: Iterable[Row], columns: Sequence[str]) -> dict[str, str]:
    """Return the words of these columns, without regard to case, with the cells they stand in."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for column in columns:
            for word in _split(getattr(row, column)):
                found[word].append(row.cell(column))
    return {word: joined(cells) for word, cells in found.items()}


def _split(value: str | tuple[str, ...] | None) -> Iterator[str]:
    """Return the words of a cell, several of them separated by a semicolon."""
    for part in value.split(";") if isinstance(value, str) else value or ():
        if part.strip():
            yield part.strip().casefold()
