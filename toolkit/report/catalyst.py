"""How partners are set as tables: what they own, what they lead, where they are engaged."""

import pandas as pd

from toolkit.model.vocabulary import Engaged
from toolkit.report.markup import Table

NO_PARTNERS = (
    "No alternative partner is on record. The sheets Partners and Engagements would show who is "
    "engaged where."
)


def owned_table(partner_owned: pd.DataFrame) -> Table:
    """Return the agreements that partners own, and whether the City helped."""
    rows = tuple(
        (row.partner, row.owner, row.owner_kind, row.city_role, row.since, row.decision, row.cells)
        for row in partner_owned.itertuples()
    )
    headings = (
        "Agreement", "Owner", "Kind of owner", "The City's role", "Since", "Finding", "Cells",
    )  # fmt: skip
    empty = "No agreement on record is owned by a partner."
    return Table("Agreements that partners own", headings, rows, empty=empty)


def lead_table(leads: pd.DataFrame) -> Table:
    """Return who led the projects of the year, those led by partners first."""
    order = ("led by a partner", "led by the City", "lead not on record")
    ordered = sorted(leads.itertuples(), key=lambda row: order.index(row.decision))
    rows = tuple((row.name, row.partner, row.led_by, row.decision, row.cells) for row in ordered)
    count = sum(row.decision == order[0] for row in ordered)
    caption = f"Projects of the year: {count} of {len(rows)} led by partners"
    headings = ("Project", "Agreement", "Lead", "Finding", "Cells")
    empty = "No project of the year is on record (sheet Projects)."
    return Table(caption, headings, rows, empty=empty)


def engagement_table(engagements: pd.DataFrame) -> Table:
    """Return who is engaged in each agreement."""
    rows = tuple(
        (
            row.partner,
            row.name,
            row.kind,
            row.home_or_abroad,
            row.role,
            row.decision,
            row.signed_on,
            row.willing_on,
            row.cells,
        )
        for row in engagements.itertuples()
    )
    headings = (
        "Agreement", "Partner", "Kind", "At home or abroad", "Role", "Engaged", "Signed on",
        "Willing on", "Cells",
    )  # fmt: skip
    return Table("Who is engaged where", headings, rows, empty=NO_PARTNERS)


def partner_table(partners: pd.DataFrame) -> Table:
    """Return the register of partners, those engaged nowhere first: they are free to be asked."""
    order = list(reversed(Engaged))
    ordered = sorted(partners.itertuples(), key=lambda row: order.index(row.decision))
    rows = tuple(
        (row.name, row.kind, row.home_or_abroad, row.decision, row.reason, row.leads)
        for row in ordered
    )
    headings = (
        "Partner", "Kind", "At home or abroad", "Engaged", "Where", "Projects of the year it leads",
    )  # fmt: skip
    return Table("Register of alternative partners", headings, rows, empty=NO_PARTNERS)


def kind_table(kinds: pd.DataFrame) -> Table:
    """Return the partners by kind, at home and abroad."""
    rows = tuple(
        (row.Index, row.home, row.abroad, row.engaged, row.nowhere, row.reason)
        for row in kinds.itertuples()
    )
    headings = ("Kind", "At home", "Abroad", "Engaged", "Engaged nowhere", "Which")
    numeric = frozenset({1, 2, 3, 4})
    return Table("Partners by kind", headings, rows, numeric, empty=NO_PARTNERS)
