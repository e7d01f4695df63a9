"""How far the City works through others: agreements it helped partners to own, projects they lead.

Source: domain, section 10, R1; the report asks the City to be a catalyst, not the sole owner.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.assess.record.activity import known_by, projects_of_year
from toolkit.assess.record.results import joined, make_result
from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import PROGRAMME, Agreement, Decision, Partner, Project
from toolkit.model.vocabulary import PartnerOwned, Recommendation, Status

HELPED = ("lead", "co-lead", "catalyst")  # the words of city_role that are a help
ALIVE = (Status.ACTIVE, Status.SUSPENDED, Status.TRANSFERRED)
HANDED_ON = (Recommendation.TRANSFER.casefold(), Recommendation.REGISTER.casefold())
OWNED_COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "owner", "owner_kind", "city_role", "since",
    "cells",
)  # fmt: skip
LEAD_COLUMNS = ("project_id", "decision", "reason", "name", "partner", "led_by", "cells")


def find_partner_owned(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the agreements that a partner owns, and whether the City helped them into being.

    An agreement is new in the year in which it was signed, handed on, or decided to be.

    Returns
    -------
    DataFrame by agreement_id: decision (a `PartnerOwned`), reason, partner, owner (its name),
    owner_kind, city_role, since (a `When`: signed, handed on or decided; or None), cells.
    """
    owners = {row.partner_id: row for row in portfolio.rows(Partner)}
    decided = _handed_on(portfolio, policy)
    records = []
    for row in portfolio.rows(Agreement):
        dates = [row.signed, row.concluded_on, *decided.get(row.agreement_id, ())]
        if not row.owner or row.status not in ALIVE or _is_handed_on_later(row, as_of):
            continue
        since = max((day for day in dates if known_by(day, as_of)), default=None)
        is_new = since is not None and policy.year_of(since.first) == policy.year_of(as_of)
        owner = owners.get(row.owner)
        records.append(
            {
                "agreement_id": row.agreement_id,
                "decision": _how(row, is_new=is_new),
                "reason": _owned_sentence(row, owner, since),
                "partner": portfolio.labels[row.agreement_id],
                "owner": owner.name if owner else row.owner,
                "owner_kind": owner.kind if owner else None,
                "city_role": row.city_role,
                "since": since,
                "cells": row.cells("owner", "city_role", "signed"),
            }
        )
    return make_result(records, OWNED_COLUMNS, "agreement_id")


def _handed_on(portfolio: Portfolio, policy: Policy) -> Mapping[str, list[When]]:
    """Return when people decided to hand an agreement on; undated, at the end of that year."""
    found: dict[str, list[When]] = {}
    for row in portfolio.rows(Decision):
        if row.decision.casefold() in HANDED_ON:
            day = row.decided_on or When.day_of(policy.year_end(row.year))
            found.setdefault(row.subject_id, []).append(day)
    return found


def _is_handed_on_later(agreement: Agreement, as_of: date) -> bool:
    """Whether it was still the City's own on the day of the review."""
    handed_on = agreement.concluded_on
    return bool(handed_on) and handed_on.last > as_of


def _how(agreement: Agreement, *, is_new: bool) -> PartnerOwned:
    if agreement.city_role not in HELPED:
        return PartnerOwned.ALONE
    return PartnerOwned.NEW if is_new else PartnerOwned.EARLIER


def _owned_sentence(agreement: Agreement, owner: tuple | None, since: When | None) -> str:
    name = owner.name if owner else agreement.owner
    when = f"since {since}" if since else "since when is not on record"
    role = agreement.city_role or "not on record"
    return f"Owned by {name} {when}; the City's role: {role}."


def find_project_leads(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return who led each project that was active or done in the year.

    Returns
    -------
    DataFrame by project_id: decision (led by a partner, led by the City, lead not on record),
    reason, name, partner (the agreement, or the programme), led_by, cells.
    """
    names = {row.partner_id: row.name for row in portfolio.rows(Partner)}
    records = [
        {
            "project_id": row.project_id,
            "decision": _led(row),
            "reason": _lead_sentence(row, names),
            "name": row.name,
            "partner": _of_agreement(row, portfolio),
            "led_by": names.get(row.led_by_partner, row.led_by_partner) or row.led_by_unit,
            "cells": joined(
                row.cell(column)
                for column in ("led_by_unit", "led_by_partner")
                if getattr(row, column)
            ),
        }
        for row in projects_of_year(portfolio, policy, as_of=as_of)
    ]
    return make_result(records, LEAD_COLUMNS, "project_id")


BY_PARTNER = "led by a partner"


def _led(project: Project) -> str:
    if project.led_by_partner:
        return BY_PARTNER
    return "led by the City" if project.led_by_unit else "lead not on record"


def _lead_sentence(project: Project, names: Mapping[str, str]) -> str:
    if not (project.led_by_partner or project.led_by_unit):
        return "Neither a City unit nor a partner is on record as its lead."
    lead = names.get(project.led_by_partner, project.led_by_partner) or project.led_by_unit
    return f"{lead} leads it."


def _of_agreement(project: Project, portfolio: Portfolio) -> str:
    if project.agreement_id == PROGRAMME:
        return "the programme itself"
    return portfolio.labels.get(project.agreement_id, project.agreement_id)
