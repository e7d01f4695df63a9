"""Which alternative partners an agreement or a project could bring in, and for which reasons.

Source: domain, section 9, and the report on alternative partners: they sit in the metro, they
reach the audience, they run a programme that fits. Words match where they are equal without
regard to case; nothing is guessed from names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from toolkit.assess.proposals.needs import Subject, find_needs
from toolkit.assess.record.results import joined, make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Partner

COLUMNS = (
    "subject_id", "decision", "reason", "agreement_id", "subject", "partner_id", "name", "kind",
    "reasons", "in_metro", "audiences", "programmes", "cells",
)  # fmt: skip
HOME = "home"


def suggest_partners(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the alternative partners that could join an agreement or a project without a leader.

    Looked at are agreements that are active or proposed, not on legal hold, and the City's own;
    and their projects planned or active that no partner leads. A partner that is engaged already
    is left out. It needs a reason besides where it sits; one abroad must sit in the metro.

    Returns
    -------
    DataFrame by subject_id (repeated; agreement or project, most reasons first): decision (how
    many of the three reasons), reason, agreement_id, subject (its name), partner_id, name, kind,
    reasons (count), in_metro (the metro, or None), audiences and programmes (words that
    match), cells.
    """
    partners = portfolio.rows(Partner)
    records = [
        record
        for subject in find_needs(portfolio, policy, as_of=as_of)
        for record in sorted(_suggestions(subject, partners, portfolio), key=_rank)
    ]
    return make_result(records, COLUMNS, "subject_id")


def _rank(record: Mapping[str, object]) -> tuple[int, int, str, str]:
    words = len(record["audiences"]) + len(record["programmes"])
    return -record["reasons"], -words, record["name"], record["partner_id"]


def _suggestions(
    subject: Subject, partners: Iterable[tuple], portfolio: Portfolio
) -> Iterator[dict[str, object]]:
    """Return the partners that are not engaged yet, reach or offer what is sought, and sit well."""
    for partner in partners:
        metro = _metro(partner, subject.agreement)
        audiences = _shared(partner.audiences, subject.audiences)
        fields = _shared((*(partner.sectors or ()), *(partner.programmes or ())), subject.fields)
        misplaced = metro is None and partner.home_or_abroad == "abroad"
        if partner.partner_id in subject.engaged or misplaced or not (audiences or fields):
            continue
        count = sum(map(bool, (metro, audiences, fields)))
        yield {
            "subject_id": subject.id,
            "decision": f"{count} of 3 reasons",
            "reason": _sentence(metro, audiences, fields),
            "agreement_id": subject.agreement.agreement_id,
            "subject": subject.name,
            "partner_id": partner.partner_id,
            "name": partner.name,
            "kind": partner.kind,
            "reasons": count,
            "in_metro": metro,
            "audiences": audiences,
            "programmes": fields,
            "cells": _cells(subject, partner, metro, audiences, fields, portfolio),
        }


def _metro(partner: Partner, agreement: Agreement) -> str | None:
    """Return the metro a partner sits in, where it is that of the agreement or at home."""
    places = {place.casefold() for place in (agreement.city, agreement.partner) if place}
    if partner.metro and partner.metro.casefold() in places:
        return partner.metro
    return (partner.metro or HOME) if partner.home_or_abroad == HOME else None


def _shared(words: Iterable[str] | None, sought: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({word.casefold() for word in words or ()} & set(sought)))


def _sentence(metro: str | None, audiences: Sequence[str], fields: Sequence[str]) -> str:
    parts = [f"sits at {HOME}" if metro == HOME else f"sits in {metro}"] if metro else []
    parts += [f"reaches {', '.join(audiences)}"] if audiences else []
    parts += [f"works in {', '.join(fields)}"] if fields else []
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _cells(
    subject: Subject,
    partner: Partner,
    metro: str | None,
    audiences: Sequence[str],
    fields: Sequence[str],
    portfolio: Portfolio,
) -> str:
    columns = ["metro", "home_or_abroad"] if metro else []
    columns += ["audiences"] if audiences else []
    theirs = {word.casefold() for word in partner.sectors or ()}
    columns += ["sectors"] if theirs & set(fields) else []
    columns += ["programmes"] if set(fields) - theirs else []
    parts = [partner.cells(*columns)]
    parts += [subject.audiences[word] for word in audiences]
    parts += [subject.fields[word] for word in fields]
    return joined(parts)
