"""The workbook as typed rows, each value still knowing the cell it came from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from typing import TypeVar

from toolkit.model.countries import countries_in, country_name, several
from toolkit.model.dates import When
from toolkit.model.issues import Issue
from toolkit.model.policy import Policy
from toolkit.model.rows import Row
from toolkit.model.sheets import BY_NAME, KINDS, PROGRAMME, Agreement, Partner
from toolkit.model.spelling import plain_name
from toolkit.model.text import AgreementName
from toolkit.model.vocabulary import REVIEWED, Basis, Status

Kind = TypeVar("Kind", bound=Row)
Index = Mapping[str, Sequence[Row]]
KIND_OF = {kind.sheet.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Portfolio:
    """One programme's agreements and all that is recorded of them.

    Attributes
    ----------
    file_name, title, sha256
        The workbook it was read from.
    sheets
        The rows of each sheet, by their class; a sheet that is not supplied has none.
    supplied
        Names of the sheets that hold at least one row; settled when the workbook is read.
    typed
        The portfolio as it was typed, where this is how it was known on a day.
    notices
        What was noticed while it was read and touches a number or a decision.
    answers
        Who answered the data call, with the file, the day and counts of cells, as text.
    """

    file_name: str
    title: str
    sha256: str
    sheets: Mapping[type[Row], Sequence[Row]]
    supplied: frozenset[str]
    typed: "Portfolio | None" = None
    notices: tuple[Issue, ...] = ()
    answers: tuple[Mapping[str, str], ...] = ()
    _indexes: dict[tuple[type[Row], str], Index] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rows(self, kind: type[Kind]) -> Sequence[Kind]:
        """Return the rows of a sheet, in the order of the workbook."""
        return self.sheets.get(kind, ())  # type: ignore[return-value]  # kept by their class

    def get(self, kind: type[Kind], key: str | None) -> Kind | None:
        """Return the row of this id; nothing where there is none."""
        found = self._index(kind, kind.sheet.key[0]).get(key or "", ())
        return found[-1] if found else None

    def of(self, row: Row, kind: type[Kind]) -> Sequence[Kind]:
        """Return the rows of a sheet that refer to a row, by the references the sheet declares."""
        return self._index(kind, _reference(kind.sheet.name, row.sheet.name)).get(row.id, ())

    def of_programme(self, kind: type[Kind]) -> Sequence[Kind]:
        """Return the rows of a sheet that are the programme's own."""
        return self._index(kind, _reference(kind.sheet.name, Agreement.sheet.name)).get(
            PROGRAMME, ()
        )

    def agreement_of(self, row: Row) -> str | None:
        """Return the id of the agreement a row belongs to, by what it refers to, if to any."""
        if isinstance(row, Agreement):
            return row.agreement_id
        named = ((name, column.name) for column in row.sheet.columns for name in column.refers)
        found = (self.get(KIND_OF[name], getattr(row, column)) for name, column in named)
        owners = (self.agreement_of(other) for other in found if other is not None)
        return next((owner for owner in owners if owner is not None), None)

    def notices_of(self, agreement_id: str) -> tuple[Issue, ...]:
        """Return the notices in rows that belong to an agreement."""
        return tuple(n for n in self.notices if self._noticed_at[n] == agreement_id)

    @cached_property
    def _noticed_at(self) -> Mapping[Issue, str | None]:
        """The agreement of each notice, where its row belongs to one."""
        rows = {
            (kind.sheet.name, row.place.number): row for kind in KINDS for row in self.rows(kind)
        }
        at = {notice: rows.get((notice.sheet, notice.row or 0)) for notice in self.notices}
        return {notice: self.agreement_of(row) if row else None for notice, row in at.items()}

    def _index(self, kind: type[Kind], column: str) -> Mapping[str, Sequence[Kind]]:
        if (kind, column) not in self._indexes:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows(kind):
                found[getattr(row, column)].append(row)
            self._indexes[kind, column] = dict(found)
        return self._indexes[kind, column]  # type: ignore[return-value]  # kept by their class

    def with_rows(self, kind: type[Kind], rows: Iterable[Kind]) -> "Portfolio":
        """Return the portfolio with these rows in one sheet; what is supplied stays as it was."""
        return replace(self, sheets={**self.sheets, kind: tuple(rows)})

    def on(self, day: date) -> "Portfolio":
        """Return the portfolio as it was known on a day; plans stay as they are.

        What happened later is not known yet, and what ended later is still in force.
        """
        sheets = {
            kind: tuple(_known(row, day) for row in rows if _is_seen(row, day))
            for kind, rows in self.sheets.items()
        }
        agreements = (_in_its_state(row, day) for row in self.rows(Agreement))
        typed = self.typed or self
        return replace(self, sheets={**sheets, Agreement: tuple(agreements)}, typed=typed)

    def has(self, *kinds: type[Row]) -> bool:
        """Whether every one of these sheets was supplied."""
        return all(kind.sheet.name in self.supplied for kind in kinds)

    def uses(self, kind: type[Row], *columns: str) -> bool:
        """Whether some row of a sheet, as typed, has some of these columns."""
        rows = (self.typed or self).rows(kind)
        return any(getattr(row, column) is not None for row in rows for column in columns)

    @cached_property
    def labels(self) -> Mapping[str, AgreementName]:
        """How each agreement is called: its partner, and the instrument where it has several."""
        rows = self.rows(Agreement)
        partners = Counter(row.partner for row in rows)
        pairs = Counter((row.partner, row.classification) for row in rows)
        told = {
            row.agreement_id: row.partner
            if partners[row.partner] == 1
            else f"{row.partner} ({row.classification})"
            if pairs[row.partner, row.classification] == 1
            else f"{row.partner} ({row.agreement_id})"
            for row in rows
        }
        return {
            row.agreement_id: AgreementName(told[row.agreement_id], row.agreement_id, row.partner)
            for row in rows
        }

    def partner_name(self, partner_id: str | None) -> str | None:
        """Return the name of an alternative partner; its id where it is not on the register."""
        found = self.get(Partner, partner_id)
        return found.name if found else partner_id

    @property
    def bases(self) -> set[Basis | None]:
        """What the rows of the agreements rest on."""
        return {row.basis for row in self.rows(Agreement)}

    @property
    def is_illustrative(self) -> bool:
        """Whether any agreement is invented; every page then says so."""
        return Basis.ILLUSTRATIVE in self.bases


def _known(row: Kind, day: date) -> Kind:
    """Return a row without the days on which something happened only later."""
    later = [name for name in row.sheet.happened if _is_after(getattr(row, name), day)]
    return replace(row, **dict.fromkeys(later)) if later else row  # type: ignore[arg-type]  # days


def _is_after(when: When | None, day: date) -> bool:
    return when is not None and when.first > day


def _is_seen(row: Row, day: date) -> bool:
    """Whether the day from which a row is known has come, or none is given."""
    known_from = row.sheet.known_from
    return not known_from or not _is_after(getattr(row, known_from), day)


def _in_its_state(agreement: Agreement, day: date) -> Agreement:
    """Return an agreement as it stood on a day: not signed, not concluded, not reclassified yet.

    One that was handed on later had no owner but the City yet.
    """
    known, reclassified = _known(agreement, day), agreement.reclassified_on
    if _is_after(reclassified, day) and agreement.original_class:
        known = replace(known, classification=agreement.original_class, original_class=None)
    if agreement.concluded_on is not None and agreement.concluded_on.last > day:
        owner = None if agreement.status == Status.TRANSFERRED else agreement.owner
        known = replace(
            known, status=Status.ACTIVE, concluded_on=None, conclusion_reason=None, owner=owner
        )
    if is_reviewed(known) and _is_after(agreement.signed, day):
        reason = f"signed {agreement.signed}, after the date of the review"
        known = replace(known, status=Status.PROPOSED, conclusion_reason=reason)
    return known


@cache
def _reference(sheet: str, other: str) -> str:
    """Return the column of a sheet that refers to another."""
    return next(c.name for c in BY_NAME[sheet].columns if other in c.refers)


def fill_defaults(agreement: Agreement, policy: Policy) -> Agreement:
    """Return an agreement with what a blank stands for, and an old word read as its class.

    Blank status is active, and `has_status` keeps that it was blank; blank relationship is partner,
    city and country; a word that the policy lists as `formerly` becomes its class and is kept as
    original_class.
    """
    cls = policy.class_named(agreement.classification)
    renamed = cls is not None and agreement.classification != cls.name
    return replace(
        agreement,
        partner=agreement.partner and AgreementName(agreement.partner, agreement.agreement_id),
        has_status=agreement.status is not None,
        status=agreement.status or Status.ACTIVE,
        relationship_id=agreement.relationship_id
        or name_relationship(agreement.partner or "", agreement.city, agreement.country or ""),
        classification=cls.name if cls else agreement.classification,
        original_class=agreement.original_class or (agreement.classification if renamed else None),
    )


def name_relationship(partner: str, city: str | None, country: str) -> str:
    """Return what instruments with one partner share where nobody named it.

    A country stands by the name of its code, and the city only where the partner's name does not
    hold it, so that spellings of one partner give one relationship and chambers of two cities two.

    >>> name_relationship("Chamber of Commerce", "Lyon", "FRA")
    'Chamber of Commerce, Lyon, France'
    >>> name_relationship("City of Milan", "Milan", "Italia")
    'City of Milan, Italy'
    """
    found = countries_in(country)
    known = [country_name(c.codes[0]) if len(c.codes) == 1 else c.typed for c in found]
    is_named = not city or f" {plain_name(city)} " in f" {plain_name(partner)} "
    parts = (several(partner), [] if is_named else [str(city)], known)
    return ", ".join("; ".join(sorted(part, key=plain_name)) for part in parts if part)


def is_reviewed(agreement: Agreement) -> bool:
    """Whether the review looks at it: active or suspended."""
    return agreement.status in REVIEWED
