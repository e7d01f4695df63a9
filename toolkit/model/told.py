"""A sentence that knows which of its figures are facts of seats or money, and which fact each is.

It is plain text wherever text is asked for; only a page marks its figures. What joins it by `tell`
or `told_together` keeps them; an f-string gives plain text, and the test of the pages finds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from string import Formatter

from toolkit.model.text import money_text

FACTS = {  # every fact by its name; one of many is told apart by what it is of
    "seats.cap": "Seats there are: all of them, or those of one class.",
    "seats.today": "Seats held on the day.",
    "seats.proposed": "Seats held once what is proposed without condition is adopted.",
    "seats.adopted": "Seats held once every motion is adopted and every condition met.",
    "seats.provisional": "Of those held as proposed, what rests on a fact that is missing.",
    "seats.asking": "Agreements and instruments that ask for a seat.",
    "seats.folded": "Instruments that share the seat of their relationship.",
    "seats.free": "Seats free as proposed: of all, or for one class.",
    "seats.short": "Seats missing if all that ask were given one.",
    "seats.classed": "Instruments to be classed, each of which asks for a seat.",
    "seats.unsettled": "Instruments whose class is to be settled, each of which asks for a seat.",
    "seats.proceeding": "Seats that the proposals that may proceed ask for together.",
    "seats.to_next": "Seats missing to fund the first that is not funded, of a class.",
    "seats.to_firm": "Seats missing to fund every firm agreement of a class.",
    "money.budget": "Budget of the programme in a year.",
    "money.actual": "What the programme spent in a year.",
    "money.available": "Budget less overhead of the year planned: all of it, or that of a class.",
    "money.full_cost": "Full cost of an agreement, or of several, in a year.",
    "money.planned": "Planning cost of an agreement, or of several, in the year planned.",
    "money.left": "Available money less the planning cost of several agreements.",
    "money.missing": "Planning cost of several agreements less the available money.",
    "money.to_next": "Money missing to fund the first that is not funded, of a class.",
    "money.to_firm": "Money missing to fund every firm agreement: of a class, or of all.",
    "money.spent": "Planning cost of what a selection funds, of a class.",
    "money.uplift": "Money that a step of the budget adds.",
    "money.projects": "Planned money of the projects of a year, without staff.",
    "money.estimated": "Estimated cost: of a proposal, an objective, or of several.",
    "money.approved": "Approved money of an objective, or of several.",
    "money.per_unit": "Full cost of an agreement for one unit of what it delivered.",
    "money.named": "Amount of an achievement that is named.",
    "money.share": "A budget divided evenly: arithmetic, not cost.",
}


@dataclass(frozen=True)
class Mark:
    """Where in a text a fact stands, which one it is, and its value."""

    start: int
    end: int
    name: str
    value: str

    def moved(self, by: int) -> "Mark":
        """Return the mark in a text that has so many more letters before it."""
        return replace(self, start=self.start + by, end=self.end + by)


class Told(str):
    """A text with the marks of the facts in it."""

    marks: tuple[Mark, ...]

    def __new__(cls, text: str, marks: Iterable[Mark] = ()) -> "Told":
        """Return the text with its marks."""
        told = super().__new__(cls, text)
        told.marks = tuple(marks)
        return told

    def __add__(self, other: str) -> "Told":
        return told_together((self, other))

    def __radd__(self, other: str) -> "Told":
        return told_together((other, self))


def fact(name: str, value: float, shown: str = "", *, of: object = "") -> Told:
    """Return a figure of seats or money as a text that says which fact it is.

    Parameters
    ----------
    name
        One of `FACTS`.
    shown
        How it stands in the sentence, where not as the number it is.
    of
        Whose it is, where there are several: an id, a class, a year.

    Raises
    ------
    ValueError
        There is no fact of this name.

    >>> fact("seats.today", 9).marks
    (Mark(start=0, end=1, name='seats.today', value='9'),)
    """
    if name not in FACTS:
        raise ValueError(f'"{name}" is no fact. Name it in FACTS.')
    text = shown or f"{value:,.10g}"
    called = f"{name} of {of}" if of else name
    return Told(text, [Mark(0, len(text), called, f"{round(value, 2):.10g}")])


def money_fact(name: str, value: float, *, of: object = "", currency: str = "") -> Told:
    """Return an amount as a sentence holds it, without cents, marked as the fact it is."""
    shown = fact(name, value, money_text(value), of=of)
    return told_together([currency, shown], " ") if currency else shown


def tell(template: str, **values: object) -> Told:
    """Return a template with its values in place; those that are told keep their marks.

    >>> told = tell("{today} of {cap} seats", today=fact("seats.today", 9), cap=10)
    >>> str(told), len(told.marks)
    ('9 of 10 seats', 1)
    """
    parts: list[str] = []
    for literal, name, spec, _ in Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            value = values[name]
            parts.append(value if isinstance(value, Told) else format(value, spec or ""))
    return told_together(parts)


def told_together(parts: Iterable[str], separator: str = "") -> Told:
    """Return texts as one, with the marks of those that have some."""
    found, marks, place = list(parts), [], 0
    for part in found:
        marks += [mark.moved(place) for mark in getattr(part, "marks", ())]
        place += len(part) + len(separator)
    return Told(separator.join(found), marks)


def told_list(names: Iterable[str]) -> Told:
    """Return texts as a list in a sentence, as `listed` does, with their marks."""
    words = list(names)
    first, last = told_together(words[:-1], ", "), words[-1:]
    return told_together([first, *last] if first else last, " and ")


def lowered(told: str) -> Told:
    """Return a sentence that goes on after a colon, its first letter small."""
    return Told(told[:1].lower() + told[1:], getattr(told, "marks", ()))
