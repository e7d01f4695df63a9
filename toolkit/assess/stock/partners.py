"""Which alternative partners are engaged where, which are only willing, which nowhere.

Source: domain, section 10, R5 and B2. A partner is engaged once it has signed its role.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from toolkit.assess.record.activity import known_by, projects_of_year
from toolkit.assess.record.results import grouped, joined, make_result
from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Engagement, Partner
from toolkit.model.vocabulary import Engaged, Status

OVER = (Status.CONCLUDED, Status.HISTORICAL)
KINDS = Partner.sheet.column("kind").words
ROLE_COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "partner_id", "name", "kind",
    "home_or_abroad", "role", "signed_on", "willing_on", "cells",
)  # fmt: skip
PARTNER_COLUMNS = (
    "partner_id", "decision", "reason", "name", "kind", "home_or_abroad", "metro", "engaged",
    "willing", "leads", "cells",
)  # fmt: skip
KIND_COLUMNS = ("kind", "decision", "reason", "home", "abroad", "engaged", "nowhere", "cells")


def find_engagements(portfolio: Portfolio, *, as_of: date) -> pd.DataFrame:
    """Return who is engaged in each agreement that is not over.

    Returns
    -------
    DataFrame by agreement_id (repeated): decision (an `Engaged`), reason, partner (the agreement),
    partner_id, name, kind, home_or_abroad, role, signed_on, willing_on, cells.
    """
    partners = {row.partner_id: row for row in portfolio.rows(Partner)}
    by_agreement = grouped(portfolio.rows(Engagement), "agreement_id")
    records = [
        _role(portfolio, row, partners.get(row.partner_id), as_of)
        for agreement in portfolio.rows(Agreement)
        if not _is_over(agreement, as_of)
        for row in by_agreement.get(agreement.agreement_id, ())
    ]
    return make_result(records, ROLE_COLUMNS, "agreement_id")


def _is_over(agreement: Agreement, as_of: date) -> bool:
    ended = agreement.concluded_on
    return agreement.status in OVER and not (ended and ended.last > as_of)


def _role(
    portfolio: Portfolio, row: tuple, partner: tuple | None, as_of: date
) -> dict[str, object]:
    state = engaged_by(row, as_of)
    willing = known_by(row.willing_on, as_of)
    name = partner.name if partner else row.partner_id
    return {
        "agreement_id": row.agreement_id,
        "decision": state,
        "reason": _role_sentence(name, row, state, willing),
        "partner": portfolio.labels[row.agreement_id],
        "partner_id": row.partner_id,
        "name": name,
        "kind": partner.kind if partner else None,
        "home_or_abroad": partner.home_or_abroad if partner else None,
        "role": row.role,
        "signed_on": known_by(row.signed_on, as_of),
        "willing_on": willing,
        "cells": row.cells("role", "signed_on"),
    }


def engaged_by(engagement: Engagement, as_of: date) -> Engaged:
    """Return how far one partner is engaged in one agreement on a day."""
    if known_by(engagement.signed_on, as_of):
        return Engaged.SIGNED
    offers = engagement.role == "could lead" or known_by(engagement.willing_on, as_of)
    return Engaged.WILLING if offers else Engaged.NAMED


def _role_sentence(name: str, row: tuple, state: Engaged, willing: When | None) -> str:
    match state:
        case Engaged.SIGNED:
            return f"{name} signed its role, {row.role}, on {row.signed_on}."
        case Engaged.WILLING:
            when = f", as it said on {willing}" if willing else ""
            return f"{name} could lead{when}; no signed role is on record."
    return f"{name} is named, role {row.role}; no signed role is on record."


def find_partners(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the register of alternative partners with how far each is engaged.

    Returns
    -------
    DataFrame by partner_id: decision (an `Engaged`), reason, name, kind, home_or_abroad, metro,
    engaged and willing (the agreements), leads (projects of the year it led), cells.
    """
    roles = grouped(find_engagements(portfolio, as_of=as_of).itertuples(), "partner_id")
    led = grouped(projects_of_year(portfolio, policy, as_of=as_of), "led_by_partner")
    records = [
        _partner(portfolio, row, roles.get(row.partner_id, ()), led.get(row.partner_id, ()))
        for row in portfolio.rows(Partner)
    ]
    return make_result(records, PARTNER_COLUMNS, "partner_id")


def _partner(
    portfolio: Portfolio, row: tuple, roles: Sequence[tuple], led: Sequence[tuple]
) -> dict[str, object]:
    where = {
        state: tuple(role.partner for role in roles if role.decision == state) for state in Engaged
    }
    state = next((state for state in Engaged if where[state]), Engaged.NOWHERE)
    leads = tuple(project.name for project in led)
    return {
        "partner_id": row.partner_id,
        "decision": state,
        "reason": _partner_sentence(state, where[state], leads),
        "name": row.name,
        "kind": row.kind,
        "home_or_abroad": row.home_or_abroad,
        "metro": row.metro,
        "engaged": where[Engaged.SIGNED],
        "willing": where[Engaged.WILLING],
        "leads": leads,
        "cells": joined([row.cell("name"), *(r.cells for r in roles)]),
    }


def _partner_sentence(state: Engaged, agreements: Sequence[str], leads: Sequence[str]) -> str:
    where = f" in {', '.join(agreements)}" if agreements else ""
    told = {
        Engaged.SIGNED: f"Has a signed role{where}.",
        Engaged.WILLING: f"Could lead{where}, and has signed nothing.",
        Engaged.NAMED: f"Is named{where}, and has signed nothing.",
        Engaged.NOWHERE: "No role in an agreement is on record.",
    }[state]
    if leads and state != Engaged.SIGNED:
        return f"{told} It led {', '.join(leads)} all the same."
    return told


def count_partner_kinds(partners: pd.DataFrame) -> pd.DataFrame:
    """Return how many partners of each kind there are, at home and abroad, and how many engaged.

    Parameters
    ----------
    partners
        The result of `find_partners`.

    Returns
    -------
    DataFrame by kind: decision ("n of N engaged"), reason, home, abroad, engaged, nowhere
    (counts), cells.
    """
    groups = grouped(partners.itertuples(), "kind")
    kinds = [kind for kind in (*KINDS, None) if kind in groups or kind is not None]
    records = [_kind(kind, groups.get(kind, ())) for kind in kinds]
    return make_result(records if len(partners) else [], KIND_COLUMNS, "kind")


def _kind(kind: str | None, rows: Sequence[tuple]) -> dict[str, object]:
    engaged = [row.name for row in rows if row.decision == Engaged.SIGNED]
    return {
        "kind": kind or "kind not on record",
        "decision": f"{len(engaged)} of {len(rows)} engaged" if rows else "none on the register",
        "reason": f"Engaged: {', '.join(engaged)}." if engaged else "None of them signed a role.",
        "home": sum(row.home_or_abroad == "home" for row in rows),
        "abroad": sum(row.home_or_abroad == "abroad" for row in rows),
        "engaged": len(engaged),
        "nowhere": sum(row.decision == Engaged.NOWHERE for row in rows),
        "cells": joined(row.cells for row in rows),
    }
