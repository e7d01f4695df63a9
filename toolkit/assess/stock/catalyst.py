"""How far the City works through others: agreements it helped partners to own, projects they lead.

Source: domain, section 10, R1; the report asks the City to be a catalyst, not the sole owner.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.assess.record.activity import projects_of_year
from toolkit.assess.record.decided import word_of
from toolkit.model.dates import When, spoken
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import PROGRAMME, Agreement, Decision, Partner, Project
from toolkit.model.vocabulary import LedBy, PartnerOwned, Status

HELPED = ("lead", "co-lead", "catalyst")  # the words of city_role that are a help
ALIVE = (Status.ACTIVE, Status.SUSPENDED, Status.TRANSFERRED)


@result(key="agreement_id", serves=("R1",))
class OwnedAgreement(Result):
    """One agreement that a partner owns, and whether the City helped it into being."""

    agreement_id: str = out("Id")
    decision: PartnerOwned = out("Finding", "Whether the City helped, and whether it is new.")
    partner: str = out("Agreement")
    owner: str | None = out("Owner", "Its name; its id where it is not on the register.")
    owner_kind: str | None = out("Kind of owner")
    city_role: str | None = out("The City's role")
    since: When | None = out("Since", "Signed, handed on or decided.", fmt=Format.DATE)


def find_partner_owned(
    portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Table[OwnedAgreement]:
    """Return the agreements that a partner owns, and whether the City helped them into being.

    An agreement is new in the year in which it was signed, handed on, or decided to be.
    """
    rows = (row for row in portfolio.rows(Agreement) if _is_owned(row))
    return Table(OwnedAgreement, (_owned(row, portfolio, policy, as_of) for row in rows))


def _is_owned(agreement: Agreement) -> bool:
    """Whether a partner owns it, and it is not over."""
    return bool(agreement.owner) and agreement.status in ALIVE


def _owned(
    agreement: Agreement, portfolio: Portfolio, policy: Policy, as_of: date
) -> OwnedAgreement:
    owner = portfolio.get(Partner, agreement.owner)
    name = portfolio.partner_name(agreement.owner)
    since = _since(agreement, portfolio, policy, as_of)
    is_new = since is not None and policy.year_of(since.first) == policy.year_of(as_of)
    return OwnedAgreement(
        agreement_id=agreement.agreement_id,
        decision=_how(agreement, is_new=is_new),
        reason=_owned_sentence(agreement, name, since),
        partner=portfolio.labels[agreement.agreement_id],
        owner=name,
        owner_kind=owner.kind if owner else None,
        city_role=agreement.city_role,
        since=since,
        cells=agreement.cells("owner", "city_role", "signed"),
    )


def _since(agreement: Agreement, portfolio: Portfolio, policy: Policy, as_of: date) -> When | None:
    """Return the last day known on which it was signed, handed on, or decided to be."""
    handed_on = _handed_on(portfolio.of(agreement, Decision), policy)
    dates = (agreement.signed, agreement.concluded_on, *handed_on)
    known = (day for day in dates if day and day.first <= as_of)
    return max(known, default=None)


def _handed_on(decisions: Sequence[Decision], policy: Policy) -> Iterator[When]:
    """Return when people decided to hand an agreement on; undated, at the end of that year."""
    for row in decisions:
        if word_of(row, policy).word.hands_on:
            yield row.decided_on or When.day_of(policy.year_end(row.year))


def _how(agreement: Agreement, *, is_new: bool) -> PartnerOwned:
    if agreement.city_role not in HELPED:
        return PartnerOwned.ALONE
    return PartnerOwned.NEW if is_new else PartnerOwned.EARLIER


def _owned_sentence(agreement: Agreement, owner: str | None, since: When | None) -> str:
    when = f"since {spoken(since)}" if since else "since when is not on record"
    role = agreement.city_role or "not on record"
    return f"Owned by {owner} {when}; the City's role: {role}."


@result(key="project_id", serves=("R1",))
class ProjectLead(Result):
    """Who led one project that was active or done in the year."""

    project_id: str = out("Id")
    decision: LedBy = out("Finding")
    name: str = out("Project")
    partner: str = out("Agreement", "Its agreement, or the programme itself.")
    led_by: str | None = out("Lead", "The partner, else the City unit.")


def find_project_leads(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[ProjectLead]:
    """Return who led each project that was active or done in the year."""
    rows = projects_of_year(portfolio, policy, as_of=as_of)
    return Table(ProjectLead, (_lead(row, portfolio) for row in rows))


def _lead(project: Project, portfolio: Portfolio) -> ProjectLead:
    led_by = portfolio.partner_name(project.led_by_partner) or project.led_by_unit
    is_known = project.led_by_partner or project.led_by_unit
    unknown = "Neither a City unit nor a partner is on record as its lead."
    return ProjectLead(
        project_id=project.project_id,
        decision=_led(project),
        reason=f"{led_by} leads it." if is_known else unknown,
        name=project.name,
        partner=_of_agreement(project, portfolio),
        led_by=led_by,
        cells=project.filled_cells("led_by_unit", "led_by_partner"),
    )


def _led(project: Project) -> LedBy:
    if project.led_by_partner:
        return LedBy.PARTNER
    return LedBy.CITY if project.led_by_unit else LedBy.UNKNOWN


def _of_agreement(project: Project, portfolio: Portfolio) -> str:
    if project.agreement_id == PROGRAMME:
        return "the programme itself"
    return portfolio.labels.get(project.agreement_id, project.agreement_id)
