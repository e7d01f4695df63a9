"""Who has a fact that is missing: by name, where it is on record."""

from toolkit.model.sheets import Agreement

UNIT, SPONSOR = "the unit that leads it", "the community sponsor"


def holder_of(role: str, agreement: Agreement) -> str:
    """Return who holds a fact; a blank role is the unit that leads the agreement.

    An agreement that no sponsor carries is asked of the unit.
    """
    unit = agreement.lead_unit or UNIT
    named = {"": unit, UNIT: unit, SPONSOR: agreement.community_sponsor or agreement.lead_unit}
    return named.get(role) or role
