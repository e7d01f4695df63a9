"""What the blank workbook says beside its cells: who usually has a fact, which measures there are.

Source of the measures: the report, Recommended SMART objectives, Measurable; kind and accumulation
follow domain, section 6.
"""

from collections.abc import Mapping

EXAMPLE_ID = "EXAMPLE"  # a row with this id is never read
EXAMPLE_NOTE = "An example, never read: start in the row below."
LIBRARY = "Indicator library"
CLERK, COUNCILLOR = "the City Clerk", "the Councillor's office"
RESEARCH, FINANCE = "the division's research staff", "finance"
LEAD, PARTNER = "the unit that leads the agreement", "the unit, from the partner"
HOLDERS: Mapping[str, str] = {  # by column, or by sheet; who usually has it
    **dict.fromkeys(
        ("signed", "ends", "renewed", "text_on_file", "title", "renewal_clause", "document",
         "termination_clause", "published_text", "statement", "page", "concluded_on"), CLERK,
    ),
    **dict.fromkeys(("endorsed_by", "endorsed_on"), COUNCILLOR),
    **dict.fromkeys(("sectors_shared", "yearly_trade", "wikidata", "metro"), RESEARCH),
    **dict.fromkeys(
        ("budget", "actual_cost", "approved_budget", "funding_source", "yearly_cost"), FINANCE
    ),
    **dict.fromkeys(("answered_on", "partner_duty", "partner_duty_met", "partner_unit"), PARTNER),
    **dict.fromkeys(("Budget",), FINANCE),
    **dict.fromkeys(("Decisions", "Proposals"), "the division's management"),
}  # fmt: skip
EXAMPLE: Mapping[str, str] = {  # of a row of Agreements, as the read-me shows it
    "agreement_id": "A-001", "partner": "Nordhafen", "country": "Germany", "signed": "2016-04",
    "ends": "open-ended", "main_purpose": "ECON; CULT", "lead_unit": "Economic Development",
}  # fmt: skip
EXAMPLE_ROW: Mapping[str, str] = {  # what stands in the sheet: nothing that could stay by mistake
    "agreement_id": EXAMPLE_ID, "partner": "Nordhafen", "country": "Germany",
    "source": EXAMPLE_NOTE,
}  # fmt: skip
MEASURES = (  # name, definition, kind, measure, unit, direction, accumulation
    ("Missions held", "Inbound and outbound missions that took place.",
     "flow", "count", "missions", "increase", "incremental"),
    ("Events held", "Events or exchanges that took place.",
     "flow", "count", "events", "increase", "incremental"),
    ("Businesses reached", "Firms that took part or were advised, each counted once a year.",
     "flow", "count", "firms", "increase", "incremental"),
    ("New investments", "Investments announced here by firms from there, or the reverse.",
     "flow", "count", "investments", "increase", "incremental"),
    ("Value of new investments", "Their amount as announced.",
     "flow", "amount", "", "increase", "incremental"),
    ("New businesses attracted", "Firms that opened a place of business here.",
     "flow", "count", "firms", "increase", "incremental"),
    ("Jobs created", "Jobs created, as the firms state them.",
     "flow", "count", "jobs", "increase", "incremental"),
    ("Business agreements", "New or expanded agreements between firms or institutions.",
     "flow", "count", "agreements", "increase", "incremental"),
    ("New tourists", "Visitors from there beyond those of the baseline year.",
     "flow", "count", "visitors", "increase", "incremental"),
    ("Times data was accessed or shared", "Uses of data or practice that the agreement opened.",
     "flow", "count", "times", "increase", "incremental"),
    ("Contracts, running total", "All contracts since the start, as a total to date.",
     "flow", "count", "contracts", "increase", "running total"),
    ("Share of participants who found it useful", "Of those who answered.",
     "level", "percent", "%", "increase", "snapshot"),
    ("Days to answer a permit question", "Median of the year.",
     "level", "count", "days", "decrease", "snapshot"),
)  # fmt: skip
LIBRARY_HEADINGS = (
    "name", "What it counts", "kind", "measure", "unit", "direction", "accumulation"
)  # fmt: skip


def holder_of_column(sheet: str, column: str) -> str:
    """Return who usually has what a column asks for."""
    return HOLDERS.get(column) or HOLDERS.get(sheet) or LEAD
