"""Which alternative partners are engaged where, which are only willing, which nowhere.

Source: domain, section 10, R5 and B2. A partner is engaged once it has signed its role.
"""

from collections import defaultdict
from collections.abc import Sequence

from toolkit.assess.stock.catalyst import ProjectLead
from toolkit.model.dates import When, spoken
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import PARTNER_KINDS, Agreement, Engagement, Partner, Project
from toolkit.model.vocabulary import Engaged, Status

OVER = (Status.CONCLUDED, Status.HISTORICAL)


@result(key="agreement_id", repeats=True, serves=("R5",))
class EngagementOf(Result):
    """One partner in one agreement that is not over."""

    agreement_id: str = out("Id")
    decision: Engaged = out("Engaged")
    partner: str = out("Agreement")
    partner_id: str = out("Id of the partner")
    name: str = out("Partner", "Its name; its id where it is not on the register.")
    kind: str | None = out("Kind")
    home_or_abroad: str | None = out("At home or abroad")
    role: str = out("Role")
    signed_on: When | None = out(
        "Signed on", "None where the review cannot know yet.", fmt=Format.DATE
    )
    willing_on: When | None = out(
        "Willing on", "None where the review cannot know yet.", fmt=Format.DATE
    )


def find_engagements(portfolio: Portfolio) -> Table[EngagementOf]:
    """Return who is engaged in each agreement that is not over."""
    return Table(
        EngagementOf,
        (
            _role(row, portfolio)
            for agreement in portfolio.rows(Agreement)
            if agreement.status not in OVER
            for row in portfolio.of(agreement, Engagement)
        ),
    )


def _role(engagement: Engagement, portfolio: Portfolio) -> EngagementOf:
    partner = portfolio.get(Partner, engagement.partner_id)
    name = partner.name if partner else engagement.partner_id
    state, willing = engaged_by(engagement), engagement.willing_on
    return EngagementOf(
        agreement_id=engagement.agreement_id,
        decision=state,
        reason=_role_sentence(name, engagement, state, willing),
        partner=portfolio.labels[engagement.agreement_id],
        partner_id=engagement.partner_id,
        name=name,
        kind=partner.kind if partner else None,
        home_or_abroad=partner.home_or_abroad if partner else None,
        role=engagement.role,
        signed_on=engagement.signed_on,
        willing_on=willing,
        cells=engagement.cells("role", "signed_on"),
    )


def engaged_by(engagement: Engagement) -> Engaged:
    """Return how far one partner is engaged in one agreement."""
    if engagement.signed_on:
        return Engaged.SIGNED
    offers = engagement.role == "could lead" or engagement.willing_on
    return Engaged.WILLING if offers else Engaged.NAMED


def _role_sentence(name: str, engagement: Engagement, state: Engaged, willing: When | None) -> str:
    match state:
        case Engaged.SIGNED:
            return f"{name} signed its role, {engagement.role}, on {spoken(engagement.signed_on)}."
        case Engaged.WILLING:
            when = f", as it said on {spoken(willing)}" if willing else ""
            return f"{name} could lead{when}; no signed role is on record."
    return f"{name} is named, role {engagement.role}; no signed role is on record."


@result(key="partner_id", serves=("R5",))
class PartnerOf(Result):
    """One alternative partner on the register, and how far it is engaged."""

    partner_id: str = out("Id")
    decision: Engaged = out("Engaged", "How far, where it is engaged most.")
    name: str = out("Partner")
    kind: str | None = out("Kind")
    home_or_abroad: str | None = out("At home or abroad")
    metro: str | None = out("Metropolitan area")
    engaged: tuple[str, ...] = out("Engaged in", "The agreements.", fmt=Format.LIST)
    willing: tuple[str, ...] = out("Willing in", "The agreements.", fmt=Format.LIST)
    leads: tuple[str, ...] = out("Projects of the year it leads", fmt=Format.LIST)


def find_partners(
    portfolio: Portfolio, engagements: Table[EngagementOf], leads: Table[ProjectLead]
) -> Table[PartnerOf]:
    """Return the register of alternative partners with how far each is engaged."""
    roles: dict[str, list[EngagementOf]] = defaultdict(list)
    for row in engagements:
        roles[row.partner_id].append(row)
    return Table(
        PartnerOf,
        (
            _partner(partner, roles[partner.partner_id], _led_by(partner, portfolio, leads))
            for partner in portfolio.rows(Partner)
        ),
    )


def _led_by(partner: Partner, portfolio: Portfolio, leads: Table[ProjectLead]) -> tuple[str, ...]:
    """Return the projects of the year that a partner led."""
    projects = portfolio.of(partner, Project)
    return tuple(project.name for project in projects if project.project_id in leads)


def _partner(partner: Partner, roles: Sequence[EngagementOf], leads: tuple[str, ...]) -> PartnerOf:
    where = {
        state: tuple(role.partner for role in roles if role.decision == state) for state in Engaged
    }
    state = next((state for state in Engaged if where[state]), Engaged.NOWHERE)
    return PartnerOf(
        partner_id=partner.partner_id,
        decision=state,
        reason=_partner_sentence(state, where[state], leads),
        name=partner.name,
        kind=partner.kind,
        home_or_abroad=partner.home_or_abroad,
        metro=partner.metro,
        engaged=where[Engaged.SIGNED],
        willing=where[Engaged.WILLING],
        leads=leads,
        cells=joined([partner.cell("name"), *(role.cells for role in roles)]),
    )


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


@result(key="kind", serves=("R5", "B2"))
class PartnerKind(Result):
    """The partners of one kind, at home and abroad, and how many of them are engaged."""

    kind: str = out("Kind")
    decision: str = out("Engaged", 'How many: "n of N engaged".')
    home: int = out("At home", fmt=Format.COUNT)
    abroad: int = out("Abroad", fmt=Format.COUNT)
    engaged: int = out("Engaged", fmt=Format.COUNT)
    nowhere: int = out("Engaged nowhere", fmt=Format.COUNT)


def count_partner_kinds(partners: Table[PartnerOf]) -> Table[PartnerKind]:
    """Return how many partners of each kind there are, at home and abroad, and how many engaged."""
    if not partners:
        return Table(PartnerKind)
    kinds = [*PARTNER_KINDS, *({None} & {row.kind for row in partners})]
    return Table(PartnerKind, (_kind(kind, partners) for kind in kinds))


def _kind(kind: str | None, partners: Table[PartnerOf]) -> PartnerKind:
    rows = partners.where(lambda row: row.kind == kind)
    engaged = [row.name for row in rows if row.decision == Engaged.SIGNED]
    return PartnerKind(
        kind=kind or "kind not on record",
        decision=f"{len(engaged)} of {len(rows)} engaged" if rows else "none on the register",
        reason=f"Engaged: {', '.join(engaged)}." if engaged else "None of them signed a role.",
        home=sum(row.home_or_abroad == "home" for row in rows),
        abroad=sum(row.home_or_abroad == "abroad" for row in rows),
        engaged=len(engaged),
        nowhere=sum(row.decision == Engaged.NOWHERE for row in rows),
        cells=joined(row.cells for row in rows),
    )
