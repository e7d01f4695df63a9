"""How a notice is told: that it ran out, what it asks, by when, and who offers to lead.

Source: domain, section 4, A notice.
"""

from datetime import date

from toolkit.assess.review.facts import Facts
from toolkit.model.dates import When, add_months, long_date


def notice_ran_out(facts: Facts) -> str:
    """Return that its notice ran out, and when."""
    if facts.notice is None:
        return ""
    until = long_date(facts.notice.until)
    return f"It was put on notice for {facts.notice.row.year}; the notice ran out on {until}."


def must_show(facts: Facts, what: str) -> str:
    """Return what a notice asks: what must be shown, by whom, by when, and who could lead."""
    who = facts.agreement.lead_unit or facts.agreement.community_sponsor or "the unit that leads it"
    offered = f" {offer(facts)}" if facts.offers else ""
    return f"To be shown by {long_date(notice_until(facts))}, by {who}: {what}.{offered}"


def notice_until(facts: Facts) -> date:
    """Return the day by which one that is put on notice must have shown what is asked.

    While a notice runs it is the last day of that: repeating one does not extend it.
    """
    if facts.notice is not None and facts.notice.until > facts.as_of:
        return facts.notice.until
    until = add_months(facts.as_of, facts.policy.periods.on_notice_months)
    ends = facts.agreement.ends
    if isinstance(ends, When) and facts.as_of < ends.last < until:
        return ends.last
    return until


def offer(facts: Facts) -> str:
    """Return which engaged partners offer to lead."""
    verb = "is" if len(facts.offers) == 1 else "are"
    return f"{' and '.join(facts.offers)} could lead it and {verb} willing."
