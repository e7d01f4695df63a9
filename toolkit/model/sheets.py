"""The workbook, declared once: every sheet, every column, what it may hold, who may see it."""

from toolkit.model.schema import Column as C
from toolkit.model.schema import Kind as K
from toolkit.model.schema import Sheet, WordList
from toolkit.model.vocabulary import (
    Accumulation,
    Basis,
    DecisionPoint,
    Direction,
    EndWord,
    IndicatorKind,
    Origin,
    ProjectState,
    Purpose,
    Status,
)

# fmt: off
PROGRAMME = "PROGRAMME"
DUTY_MET = ("y", "n", "not due")
PURPOSE_WORDS = "ECON trade, investment, tourism, talent; POLICY policy or service innovation; CULT arts, heritage, youth, people; CEREMONIAL"

AGREEMENTS = Sheet(
    "Agreements",
    "one instrument",
    1,
    (
        C("agreement_id", K.ID, "Your own id for this instrument, such as A-014.", True, True),
        C("partner", K.TEXT, "City or organisation on the other side.", True, True),
        C("country", K.COUNTRY, "Country of the partner.", True, True),
        C("classification", K.WORD, "What the instrument is called.", True, True, words=WordList.CLASSIFICATIONS),
        C("title", K.TEXT, "Title of the instrument.", public=True),
        C("city", K.TEXT, "City or metro, where the partner is an organisation.", public=True),
        C("partner_kind", K.TEXT, "City, organisation, region ...", public=True),
        C("relationship_id", K.TEXT, "Instruments with one partner share it; blank = partner and country.", public=True),
        C("status", K.WORD, "Blank = active.", public=True, words=Status),
        C("signed", K.DATE, "Date, month or year of signing.", public=True),
        C("ends", K.DATE, "Last day; open-ended or unknown are different answers.", public=True, also=tuple(EndWord), at_end=True),
        C("main_purpose", K.WORD, f"Stated main purpose, several with ;. {PURPOSE_WORDS}.", public=True, many=True, words=Purpose),
        C("lead_unit", K.TEXT, "City unit that leads.", public=True),
        C("community_sponsor", K.TEXT, "Community group that carries a Friendship."),
        C("sponsor_confirmed", K.DATE, "When the sponsor last confirmed its role."),
        C("endorsed_by", K.TEXT, "Councillor who endorses the agreement."),
        C("endorsed_on", K.DATE, "When it was last endorsed.", public=True),
        C("last_contact", K.DATE, "Last contact with the partner.", public=True),
        C("asked_on", K.DATE, "When the partner or sponsor was last asked to confirm."),
        C("answered_on", K.DATE, "When they answered."),
        C("records_complete_to", K.DATE, "The activity records of this agreement are complete up to here.", at_end=True),
        C("text_on_file", K.YES_NO, "Is the signed text on file?", public=True),
        C("yearly_cost", K.MONEY, "Planned cost a year."),
        C("legal_hold", K.YES_NO, "Suspended by law or sanction?", public=True),
        C("hold_reason", K.TEXT, "Why it is on hold."),
        C("owner", K.REFERENCE, "Blank = the City; else the partner_id that owns it.", public=True, refers=("Partners",)),
        C("city_role", K.WORD, "What the City does in it.", public=True, words=("lead", "co-lead", "catalyst", "none")),
        C("renewal_clause", K.YES_NO, "Does the text say how it is renewed?", public=True),
        C("termination_clause", K.YES_NO, "Does the text say how it ends?", public=True),
        C("goals", K.WORD, "Goals of the policy framework it serves, several with ;.", public=True, many=True, words=WordList.GOALS),
        C("original_class", K.TEXT, "Its class before it was reclassified; kept for ever.", public=True),
        C("reclassified_on", K.DATE, "When it was reclassified.", public=True),
        C("concluded_on", K.DATE, "When it was concluded.", public=True, at_end=True),
        C("conclusion_reason", K.TEXT, "Why it was concluded.", public=True),
        C("external_cause", K.TEXT, "A cause outside both parties' control that held it back.", public=True),
        C("published_text", K.DATE, "When the signed text was published.", public=True),
        C("published_goals", K.DATE, "When its goals were published.", public=True),
        C("published_timeline", K.DATE, "When its timeline was published.", public=True),
        C("published_outcomes", K.DATE, "When its outcomes were last published.", public=True),
        C("document", K.LINK, "Address of the published text.", public=True),
        C("basis", K.WORD, "What this row rests on.", public=True, words=Basis),
        C("source", K.TEXT, "Where this row's facts come from.", public=True),
        C("notes", K.TEXT, "Internal notes."),
    ),
    key=("agreement_id",),
    orders=(
        ("signed", "ends"),
        ("signed", "concluded_on"),
        ("signed", "reclassified_on"),
        ("asked_on", "answered_on"),
    ),
)

OBJECTIVES = Sheet(
    "Objectives",
    "one stated objective",
    3,
    (
        C("objective_id", K.ID, "Your own id for this objective, such as O-014-1.", True, True),
        C("agreement_id", K.REFERENCE, "The agreement that states it.", True, True, refers=("Agreements",)),
        C("statement", K.TEXT, "The objective, quoted from the text.", True, True),
        C("page", K.TEXT, "Page or article of the text.", public=True),
        C("purpose", K.WORD, f"{PURPOSE_WORDS}.", public=True, words=Purpose),
        C("main", K.YES_NO, "Is it a main objective?", public=True),
        C("type", K.WORD, "What kind of objective.", public=True, words=WordList.OBJECTIVE_TYPES),
        C("activity", K.WORD, "By which activity.", public=True, words=WordList.ACTIVITIES),
        C("sector", K.TEXT, "Sector it aims at.", public=True),
        C("audience", K.TEXT, "Audience it aims at.", public=True),
        C("city_unit", K.TEXT, "Accountable unit or partner here."),
        C("city_duty", K.TEXT, "What it must do."),
        C("partner_unit", K.TEXT, "Accountable unit at the partner."),
        C("partner_duty", K.TEXT, "What the partner must do."),
        C("partner_duty_met", K.WORD, "Has the partner done it?", words=DUTY_MET),
        C("estimated_cost", K.MONEY, "Estimated cost of all parties."),
        C("approved_budget", K.MONEY, "Money committed by all parties."),
        C("funding_source", K.TEXT, "Where the money comes from."),
        C("staff_days", K.NUMBER, "Staff days committed."),
        C("starts", K.DATE, "First day.", public=True),
        C("ends", K.DATE, "Last day.", public=True, at_end=True),
        C("review_on", K.DATE, "When it is reviewed.", public=True, at_end=True),
        C("report_owner", K.TEXT, "Who reports on it."),
        C("report_frequency", K.TEXT, "How often.", public=True),
    ),
    key=("objective_id",),
    orders=(("starts", "ends"), ("starts", "review_on")),
)

INDICATORS = Sheet(
    "Indicators",
    "one measure of an objective",
    3,
    (
        C("indicator_id", K.ID, "Your own id for this indicator.", True, True),
        C("objective_id", K.REFERENCE, "The objective it measures.", True, True, refers=("Objectives",)),
        C("name", K.TEXT, "What is measured.", True, True),
        C("kind", K.WORD, "flow adds up, level is a state.", True, True, words=IndicatorKind),
        C("measure", K.WORD, "What the number is.", public=True, words=("count", "amount", "percent", "ratio", "index")),
        C("unit", K.TEXT, "Unit, such as missions or jobs.", public=True),
        C("currency", K.CURRENCY, "For amounts.", public=True),
        C("direction", K.WORD, "Which way is better.", public=True, words=Direction),
        C("accumulation", K.WORD, "What one reported value stands for.", public=True, words=Accumulation),
        C("baseline", K.NUMBER, "Value before the work began.", public=True, signed=True),
        C("baseline_state", K.WORD, "Whether there is a baseline.", public=True, words=("value", "not applicable", "unknown")),
        C("baseline_date", K.DATE, "When the baseline was taken.", public=True),
        C("lower", K.NUMBER, "For maintain: lowest good value.", public=True, signed=True),
        C("upper", K.NUMBER, "For maintain: highest good value.", public=True, signed=True),
        C("data_source", K.TEXT, "Where the numbers come from.", public=True),
    ),
    key=("indicator_id",),
)

RESULTS = Sheet(
    "Results",
    "one indicator in one period",
    3,
    (
        C("indicator_id", K.REFERENCE, "The indicator.", True, True, refers=("Indicators",)),
        C("period", K.PERIOD, "2018, or 2018-04-01/2019-03-31.", True, True),
        C("target", K.NUMBER, "Target of this period.", public=True, signed=True),
        C("actual", K.NUMBER, "Value reported.", public=True, signed=True),
        C("numerator", K.NUMBER, "For percentages.", public=True, signed=True),
        C("denominator", K.NUMBER, "For percentages.", public=True, signed=True),
        C("state", K.WORD, "Drafts are shown, never counted.", public=True, words=("draft", "approved")),
        C("contribution", K.WORD, "How far the agreement caused it.", public=True, words=("attributed", "contributed", "associated")),
        C("outcome_ref", K.TEXT, "Outcomes it consists of, several with ;.", public=True, many=True),
        C("evidence", K.TEXT, "Where the proof is.", public=True),
        C("comment", K.TEXT, "Internal comment."),
    ),
    key=("indicator_id", "period"),
)

OUTCOMES = Sheet(
    "Outcomes",
    "one named achievement",
    3,
    (
        C("outcome_ref", K.TEXT, "Your own name for it, such as INV-2018-3.", True, True),
        C("agreement_id", K.REFERENCE, "The agreement it belongs to.", True, True, refers=("Agreements",)),
        C("what", K.TEXT, "What was achieved.", True, True),
        C("who", K.TEXT, "Who achieved it.", public=True),
        C("amount", K.MONEY, "Amount, where there is one.", public=True),
        C("currency", K.CURRENCY, "Currency of the amount.", public=True),
        C("on", K.DATE, "When.", public=True),
        C("benefit", K.WORD, "Who benefits.", public=True, words=("here", "there", "both")),
        C("evidence", K.TEXT, "Where the proof is.", public=True),
        C("public", K.YES_NO, "May it be published?", public=True),
    ),
)

PROJECTS = Sheet(
    "Projects",
    "one project or activity",
    2,
    (
        C("project_id", K.ID, "Your own id for this project.", True, True),
        C("agreement_id", K.REFERENCE, f"The agreement, or {PROGRAMME}.", True, True, refers=("Agreements",), also=(PROGRAMME,)),
        C("name", K.TEXT, "What it is called.", True, True),
        C("kind", K.WORD, "What kind of project.", public=True, words=("inbound mission", "outbound mission", "event", "exchange", "information exchange", "business agreement", "other")),
        C("objective_id", K.REFERENCE, "The objective it serves.", public=True, refers=("Objectives",)),
        C("starts", K.DATE, "First day.", public=True),
        C("ends", K.DATE, "Last day.", public=True, at_end=True),
        C("state", K.WORD, "Where it stands.", public=True, words=ProjectState),
        C("led_by_unit", K.TEXT, "City unit that leads it."),
        C("led_by_partner", K.REFERENCE, "Alternative partner that leads it.", refers=("Partners",)),
        C("country", K.COUNTRY, "Where it takes place."),
        C("city", K.TEXT, "Where it takes place."),
        C("other_divisions", K.TEXT, "Other divisions taking part."),
        C("planned_cost", K.MONEY, "Planned cost."),
        C("actual_cost", K.MONEY, "Actual cost."),
        C("in_kind", K.MONEY, "Value given in kind; kept apart."),
        C("staff_days", K.NUMBER, "Staff days spent."),
    ),
    key=("project_id",),
    orders=(("starts", "ends"),),
)

MILESTONES = Sheet(
    "Milestones",
    "one milestone",
    3,
    (
        C("project_id", K.REFERENCE, "The project.", True, True, refers=("Projects",)),
        C("name", K.TEXT, "What is to be done.", True, True),
        C("due", K.DATE, "By when.", True, True, at_end=True),
        C("done_on", K.DATE, "When it was done.", public=True),
    ),
)

PARTNERS = Sheet(
    "Partners",
    "one alternative partner",
    4,
    (
        C("partner_id", K.ID, "Your own id for this partner.", True),
        C("name", K.TEXT, "Its name.", True),
        C("kind", K.WORD, "What kind of organisation.", words=("academic", "economic development", "industry", "gateway", "intermediary", "community", "other")),
        C("home_or_abroad", K.WORD, "Where it sits.", words=("home", "abroad")),
        C("metro", K.TEXT, "Metropolitan area."),
        C("sectors", K.TEXT, "Sectors, several with ;.", many=True),
        C("audiences", K.TEXT, "Audiences it reaches, several with ;.", many=True),
        C("programmes", K.TEXT, "What it runs, several with ;.", many=True),
    ),
    key=("partner_id",),
)

ENGAGEMENTS = Sheet(
    "Engagements",
    "one partner in one agreement",
    4,
    (
        C("agreement_id", K.REFERENCE, "The agreement.", True, refers=("Agreements",)),
        C("partner_id", K.REFERENCE, "The partner.", True, refers=("Partners",)),
        C("role", K.WORD, "What it does.", True, words=("lead", "could lead", "deliver", "fund", "advise")),
        C("signed_on", K.DATE, "When it signed its role."),
        C("willing_on", K.DATE, "When it said it would lead."),
        C("duty", K.TEXT, "What it must do."),
        C("duty_met", K.WORD, "Has it done it?", words=DUTY_MET),
    ),
    key=("agreement_id", "partner_id", "role"),
)

PROFILES = Sheet(
    "Profiles",
    "the standing of one agreement or proposal",
    2,
    (
        C("subject_id", K.REFERENCE, "An agreement or a proposal.", True, refers=("Agreements", "Proposals")),
        C("sectors_shared", K.TEXT, "Sectors both sides are strong in, several with ;.", many=True),
        C("yearly_trade", K.MONEY, "Two-way trade a year, policy currency, one geographic level for all."),
        C("historic_link", K.YES_NO, "Is there a historic link?"),
        C("host_community", K.YES_NO, "Is there a community from there here?"),
        C("non_city_share", K.PERCENT, "Share of the cost that others bear."),
        C("commitments", K.COUNT, "Letters of commitment (proposals)."),
        C("source", K.TEXT, "Where this comes from."),
        C("dated", K.DATE, "As of when."),
        C("confidence", K.WORD, "How sure.", words=("high", "medium", "low")),
    ),
    key=("subject_id", "dated"),
)

BUDGET = Sheet(
    "Budget",
    "one amount in one year",
    4,
    (
        C("year", K.YEAR, "Reporting year.", True),
        C("line", K.WORD, "What the amount is for.", True, words=("programme", "overhead", "agreement")),
        C("agreement_id", K.REFERENCE, "For an agreement's own line.", refers=("Agreements",)),
        C("budget", K.MONEY, "Budget."),
        C("actual", K.MONEY, "Actual."),
    ),
    key=("year", "line", "agreement_id"),
)

PROPOSALS = Sheet(
    "Proposals",
    "a proposal to form or renew",
    4,
    (
        C("proposal_id", K.ID, "Your own id for this proposal.", True),
        C("partner", K.TEXT, "City or organisation proposed.", True),
        C("country", K.COUNTRY, "Its country.", True),
        C("proposed_class", K.WORD, "The class it would have.", True, words=WordList.CLASSIFICATIONS),
        C("origin", K.WORD, "Who proposes it.", True, words=Origin),
        C("received", K.DATE, "When it came in."),
        C("agreement_id", K.REFERENCE, "The agreement to renew, or the row it became.", refers=("Agreements",)),
        C("priority_sectors", K.WORD, "Priority sectors it serves, several with ;.", many=True, words=WordList.SECTORS),
        C("estimated_cost", K.MONEY, "Estimated cost a year."),
        C("alternative_partners", K.TEXT, "Partners that would take part, several with ;.", many=True),
        C("notes", K.TEXT, "Internal notes."),
    ),
    key=("proposal_id",),
)

DECISIONS = Sheet(
    "Decisions",
    "a decision people took",
    4,
    (
        C("subject_id", K.REFERENCE, f"An agreement, a proposal, or {PROGRAMME}.", True, True, refers=("Agreements", "Proposals"), also=(PROGRAMME,)),
        C("year", K.YEAR, "Reporting year it was taken for.", True, True),
        C("decision_point", K.WORD, "Where in the process.", True, True, words=DecisionPoint),
        C("decision", K.TEXT, "What was decided: a class, a word of the review or Keep by direction; D1 Proceed, Hold, Decline; D2 Sign, Go back; D3 Renew, Sunset ...; resources Raise, Reduce, Both.", True, True),
        C("reason_code", K.TEXT, "Why, in one word."),
        C("rationale", K.TEXT, "Why, in a sentence.", public=True),
        C("consulted", K.TEXT, "Who was heard."),
        C("decided_by", K.TEXT, "Who decided."),
        C("decided_on", K.DATE, "When."),
        C("expires", K.DATE, "Until when; blank = end of the next reporting year.", at_end=True),
    ),
    key=("subject_id", "year", "decision_point"),
    orders=(("decided_on", "expires"),),
)

SHEETS = (
    AGREEMENTS, PROJECTS, PROFILES, OBJECTIVES, INDICATORS, RESULTS, MILESTONES, OUTCOMES,
    BUDGET, PARTNERS, ENGAGEMENTS, PROPOSALS, DECISIONS,
)  # fmt: skip
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
