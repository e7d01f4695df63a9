"""The workbook, declared once: every sheet, every column, what it may hold, who may see it."""

from toolkit.model.dates import Period, When
from toolkit.model.rows import Row, col, declares, derived
from toolkit.model.schema import Kind as K
from toolkit.model.schema import WordList
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
VOID = "void"  # the state of a result that is kept on record and never counted
DUTY_MET = ("y", "n", "not due")
PARTNER_KINDS = ("academic", "economic development", "industry", "gateway", "intermediary", "community", "other")
PURPOSE_WORDS = "ECON trade, investment, tourism, talent; POLICY policy or service innovation; CULT arts, heritage, youth, people; CEREMONIAL"


@declares("Agreements", "one instrument", level=1, first=16, key=("agreement_id",), orders=(("signed", "ends"), ("signed", "renewed"), ("renewed", "ends"), ("signed", "concluded_on"), ("signed", "reclassified_on"), ("asked_on", "answered_on")))
class Agreement(Row):
    """One instrument."""

    agreement_id: str = col(K.ID, "Your own id for this instrument, such as A-014.", public=True, required=True)
    partner: str = col(K.TEXT, "City or organisation on the other side.", public=True, required=True)
    country: str = col(K.COUNTRY, "Country of the partner, by any name; of a pact several, with ;.", public=True, required=True)
    classification: str = col(K.WORD, "What the instrument is called.", public=True, required=True, words=WordList.CLASSIFICATIONS)
    status: Status = col(K.WORD, "Blank = active.", public=True, words=Status)
    signed: When | None = col(K.DATE, "Date, month or year of signing.", public=True)
    ends: When | EndWord | None = col(K.DATE, "Last day; open-ended or unknown are different answers.", public=True, also=tuple(EndWord), at_end=True)
    main_purpose: tuple[Purpose, ...] | None = col(K.WORD, f"Stated main purpose, several with ;. {PURPOSE_WORDS}.", public=True, many=True, words=Purpose)
    lead_unit: str | None = col(K.TEXT, "City unit that leads.", public=True)
    community_sponsor: str | None = col(K.TEXT, "Community group that carries a Friendship.", public=False)
    sponsor_confirmed: When | None = col(K.DATE, "When the sponsor last confirmed its role.", public=False, happened=True)
    endorsed_by: str | None = col(K.TEXT, "Councillor who endorses the agreement.", public=False)
    endorsed_on: When | None = col(K.DATE, "When it was last endorsed.", public=True, happened=True)
    last_contact: When | None = col(K.DATE, "Last contact with the partner.", public=False, happened=True)
    text_on_file: str | None = col(K.YES_NO, "Is the signed text on file?", public=True)
    source: str | None = col(K.TEXT, "Where this row's facts come from.", public=True)
    title: str | None = col(K.TEXT, "Title of the instrument.", public=True)
    city: str | None = col(K.TEXT, "City or metro, where the partner is an organisation.", public=True)
    partner_kind: str | None = col(K.TEXT, "City, organisation, region ...", public=True)
    relationship_id: str = col(K.TEXT, "Instruments with one partner share it; blank = partner, city and country.", public=True)
    renewed: When | None = col(K.DATE, "First day of the current term, where it was renewed; blank = signed.", public=True)
    asked_on: When | None = col(K.DATE, "When the partner or sponsor was last asked to confirm.", public=False, happened=True)
    answered_on: When | None = col(K.DATE, "When they answered.", public=False, happened=True)
    records_complete_to: When | None = col(K.DATE, "The activity records of this agreement are complete up to here.", public=False, at_end=True)
    yearly_cost: float | None = col(K.MONEY, "Planned cost a year.", public=False)
    legal_hold: str | None = col(K.YES_NO, "Suspended by law or sanction?", public=False)
    hold_reason: str | None = col(K.TEXT, "Why it is on hold.", public=False)
    owner: str | None = col(K.REFERENCE, "Blank = the City; else the partner_id that owns it.", public=True, refers=("Partners",))
    city_role: str | None = col(K.WORD, "What the City does in it.", public=True, words=("lead", "co-lead", "catalyst", "none"))
    renewal_clause: str | None = col(K.YES_NO, "Does the text say how it is renewed?", public=True)
    termination_clause: str | None = col(K.YES_NO, "Does the text say how it ends?", public=True)
    goals: tuple[str, ...] | None = col(K.WORD, "Goals of the policy framework it serves, several with ;.", public=True, many=True, words=WordList.GOALS)
    original_class: str | None = col(K.TEXT, "Its class before it was reclassified; kept for ever.", public=True)
    reclassified_on: When | None = col(K.DATE, "When it was reclassified.", public=True, happened=True)
    concluded_on: When | None = col(K.DATE, "When it was concluded.", public=True, at_end=True, happened=True)
    conclusion_reason: str | None = col(K.TEXT, "Why it was concluded.", public=True)
    external_cause: str | None = col(K.TEXT, "A cause outside both parties' control that held it back.", public=True)
    published_text: When | None = col(K.DATE, "When the signed text was published.", public=True, happened=True)
    published_goals: When | None = col(K.DATE, "When its goals were published.", public=True, happened=True)
    published_timeline: When | None = col(K.DATE, "When its timeline was published.", public=True, happened=True)
    published_outcomes: When | None = col(K.DATE, "When its outcomes were last published.", public=True, happened=True)
    document: str | None = col(K.LINK, "Address of the published text.", public=True)
    wikidata: str | None = col(K.WIKIDATA, "Item of the partner at Wikidata, such as Q172.", public=True)
    basis: Basis | None = col(K.WORD, "What this row rests on.", public=True, words=Basis)
    notes: str | None = col(K.TEXT, "Internal notes.", public=False)
    has_status: bool = derived(True)  # whether it was given; blank is read as active


@declares("Objectives", "one stated objective", level=3, key=("objective_id",), orders=(("starts", "ends"), ("starts", "review_on")))
class Objective(Row):
    """One stated objective."""

    objective_id: str = col(K.ID, "Your own id for this objective, such as O-014-1.", public=True, required=True)
    agreement_id: str = col(K.REFERENCE, "The agreement that states it.", public=True, required=True, refers=("Agreements",))
    statement: str = col(K.TEXT, "The objective, quoted from the text.", public=True, required=True)
    page: str | None = col(K.TEXT, "Page or article of the text.", public=True)
    purpose: Purpose | None = col(K.WORD, f"{PURPOSE_WORDS}.", public=True, words=Purpose)
    main: str | None = col(K.YES_NO, "Is it a main objective?", public=True)
    type: str | None = col(K.WORD, "What kind of objective.", public=True, words=WordList.OBJECTIVE_TYPES)
    activity: str | None = col(K.WORD, "By which activity.", public=True, words=WordList.ACTIVITIES)
    sector: str | None = col(K.SECTOR, "Sector it aims at.", public=True, words=WordList.SECTORS)
    audience: str | None = col(K.TEXT, "Audience it aims at.", public=True)
    city_unit: str | None = col(K.TEXT, "Accountable unit or partner here.", public=False)
    city_duty: str | None = col(K.TEXT, "What it must do.", public=True)
    partner_unit: str | None = col(K.TEXT, "Accountable unit at the partner.", public=False)
    partner_duty: str | None = col(K.TEXT, "What the partner must do.", public=True)
    partner_duty_met: str | None = col(K.WORD, "Has the partner done it?", public=False, words=DUTY_MET)
    estimated_cost: float | None = col(K.MONEY, "Estimated cost of all parties.", public=False)
    approved_budget: float | None = col(K.MONEY, "Money committed by all parties.", public=False)
    funding_source: str | None = col(K.TEXT, "Where the money comes from.", public=False)
    staff_days: float | None = col(K.NUMBER, "Staff days committed.", public=False)
    starts: When | None = col(K.DATE, "First day.", public=True)
    ends: When | None = col(K.DATE, "Last day.", public=True, at_end=True)
    review_on: When | None = col(K.DATE, "When it is reviewed.", public=True, at_end=True)
    report_owner: str | None = col(K.TEXT, "Who reports on it.", public=False)
    report_frequency: str | None = col(K.TEXT, "How often.", public=True)
    dropped_on: When | None = col(K.DATE, "When it was given up.", public=True, happened=True)
    dropped_reason: str | None = col(K.TEXT, "Why it was given up.", public=True)


@declares("Indicators", "one measure of an objective", level=3, key=("indicator_id",))
class Indicator(Row):
    """One measure of an objective."""

    indicator_id: str = col(K.ID, "Your own id for this indicator.", public=True, required=True)
    objective_id: str = col(K.REFERENCE, "The objective it measures.", public=True, required=True, refers=("Objectives",))
    name: str = col(K.TEXT, "What is measured.", public=True, required=True)
    kind: IndicatorKind = col(K.WORD, "flow adds up, level is a state.", public=True, required=True, words=IndicatorKind)
    measure: str | None = col(K.WORD, "What the number is.", public=True, words=("count", "amount", "percent", "ratio", "index"))
    unit: str | None = col(K.TEXT, "Unit, such as missions or jobs.", public=True)
    currency: str | None = col(K.CURRENCY, "For amounts.", public=True)
    direction: Direction | None = col(K.WORD, "Which way is better.", public=True, words=Direction)
    accumulation: Accumulation | None = col(K.WORD, "What one reported value stands for.", public=True, words=Accumulation)
    baseline: float | None = col(K.NUMBER, "Value before the work began.", public=True, signed=True)
    baseline_state: str | None = col(K.WORD, "Whether there is a baseline.", public=True, words=("value", "not applicable", "unknown"))
    baseline_date: When | None = col(K.DATE, "When the baseline was taken.", public=True)
    lower: float | None = col(K.NUMBER, "For maintain: lowest good value.", public=True, signed=True)
    upper: float | None = col(K.NUMBER, "For maintain: highest good value.", public=True, signed=True)
    data_source: str | None = col(K.TEXT, "Where the numbers come from.", public=True)


@declares("Results", "one indicator in one period", level=3, key=("indicator_id", "period", "part"))
class PeriodResult(Row):
    """One indicator in one period."""

    indicator_id: str = col(K.REFERENCE, "The indicator.", public=True, required=True, refers=("Indicators",))
    period: Period = col(K.PERIOD, "2018, 2018-Q1, 2018-04 or 2018-04-01/2019-03-31.", public=True, required=True)
    part: str | None = col(K.TEXT, "A part of the whole, such as women; blank = the whole.", public=True)
    target: float | None = col(K.NUMBER, "Target of this period.", public=True, signed=True)
    first_target: float | None = col(K.NUMBER, "Target as first agreed, where it was revised.", public=True, signed=True)
    actual: float | None = col(K.NUMBER, "Value reported.", public=True, signed=True)
    numerator: float | None = col(K.NUMBER, "For percentages.", public=True, signed=True)
    denominator: float | None = col(K.NUMBER, "For percentages.", public=True, signed=True)
    state: str | None = col(K.WORD, "Drafts are shown, never counted; void: a mistake, kept on record.", public=True, words=("draft", "approved", VOID))
    contribution: str | None = col(K.WORD, "How far the agreement caused it.", public=True, words=("attributed", "contributed", "associated"))
    outcome_ref: tuple[str, ...] | None = col(K.TEXT, "Outcomes it consists of, several with ;.", public=True, many=True)
    evidence: str | None = col(K.TEXT, "Where the proof is.", public=True)
    comment: str | None = col(K.TEXT, "Internal comment.", public=False)


@declares("Outcomes", "one named achievement", level=3, known_from="on")
class Outcome(Row):
    """One named achievement."""

    outcome_ref: str = col(K.TEXT, "Your own name for it, such as INV-2018-3.", public=True, required=True)
    agreement_id: str = col(K.REFERENCE, "The agreement it belongs to.", public=True, required=True, refers=("Agreements",))
    what: str = col(K.TEXT, "What was achieved.", public=True, required=True)
    who: str | None = col(K.TEXT, "Who achieved it.", public=True)
    amount: float | None = col(K.MONEY, "Amount, where there is one.", public=True)
    currency: str | None = col(K.CURRENCY, "Currency of the amount.", public=True)
    on: When | None = col(K.DATE, "When.", public=True, happened=True)
    benefit: str | None = col(K.WORD, "Who benefits.", public=True, words=("here", "there", "both"))
    evidence: str | None = col(K.TEXT, "Where the proof is.", public=True)
    public: str | None = col(K.YES_NO, "May it be published?", public=True)


@declares("Projects", "one project or activity", level=2, key=("project_id",), orders=(("starts", "ends"),))
class Project(Row):
    """One project or activity."""

    project_id: str = col(K.ID, "Your own id for this project.", public=True, required=True)
    agreement_id: str = col(K.REFERENCE, f"The agreement, or {PROGRAMME}.", public=True, required=True, refers=("Agreements",), also=(PROGRAMME,))
    name: str = col(K.TEXT, "What it is called.", public=True, required=True)
    kind: str | None = col(K.WORD, "What kind of project.", public=True, words=("inbound mission", "outbound mission", "event", "exchange", "information exchange", "business agreement", "other"))
    objective_id: str | None = col(K.REFERENCE, "The objective it serves.", public=True, refers=("Objectives",))
    starts: When | None = col(K.DATE, "First day.", public=True)
    ends: When | None = col(K.DATE, "Last day.", public=True, at_end=True)
    state: ProjectState | None = col(K.WORD, "Where it stands.", public=True, words=ProjectState)
    led_by_unit: str | None = col(K.TEXT, "City unit that leads it.", public=False)
    led_by_partner: str | None = col(K.REFERENCE, "Alternative partner that leads it.", public=False, refers=("Partners",))
    country: str | None = col(K.COUNTRY, "Where it takes place.", public=False)
    city: str | None = col(K.TEXT, "Where it takes place.", public=False)
    other_divisions: str | None = col(K.TEXT, "Other divisions taking part.", public=False)
    planned_cost: float | None = col(K.MONEY, "Planned cost.", public=False)
    actual_cost: float | None = col(K.MONEY, "Actual cost.", public=False)
    in_kind: float | None = col(K.MONEY, "Value given in kind; kept apart.", public=False)
    staff_days: float | None = col(K.NUMBER, "Staff days spent.", public=False)


@declares("Milestones", "one milestone", level=3)
class Milestone(Row):
    """One milestone."""

    project_id: str = col(K.REFERENCE, "The project.", public=True, required=True, refers=("Projects",))
    name: str = col(K.TEXT, "What is to be done.", public=True, required=True)
    due: When = col(K.DATE, "By when.", public=True, required=True, at_end=True)
    done_on: When | None = col(K.DATE, "When it was done.", public=True, happened=True)


@declares("Partners", "one alternative partner", level=4, key=("partner_id",))
class Partner(Row):
    """One alternative partner."""

    partner_id: str = col(K.ID, "Your own id for this partner.", public=False, required=True)
    name: str = col(K.TEXT, "Its name.", public=False, required=True)
    kind: str | None = col(K.WORD, "What kind of organisation.", public=False, words=PARTNER_KINDS)
    home_or_abroad: str | None = col(K.WORD, "Where it sits.", public=False, words=("home", "abroad"))
    metro: str | None = col(K.TEXT, "Metropolitan area.", public=False)
    sectors: tuple[str, ...] | None = col(K.SECTOR, "Sectors, several with ;.", public=False, many=True, words=WordList.SECTORS)
    audiences: tuple[str, ...] | None = col(K.TEXT, "Audiences it reaches, several with ;.", public=False, many=True)
    programmes: tuple[str, ...] | None = col(K.TEXT, "What it runs, several with ;.", public=False, many=True)


@declares("Engagements", "one partner in one agreement", level=4, key=("agreement_id", "partner_id", "role"))
class Engagement(Row):
    """One partner in one agreement."""

    agreement_id: str = col(K.REFERENCE, "The agreement.", public=False, required=True, refers=("Agreements",))
    partner_id: str = col(K.REFERENCE, "The partner.", public=False, required=True, refers=("Partners",))
    role: str = col(K.WORD, "What it does.", public=False, required=True, words=("lead", "could lead", "deliver", "fund", "advise"))
    signed_on: When | None = col(K.DATE, "When it signed its role.", public=False, happened=True)
    willing_on: When | None = col(K.DATE, "When it said it would lead.", public=False, happened=True)
    duty: str | None = col(K.TEXT, "What it must do.", public=False)
    duty_met: str | None = col(K.WORD, "Has it done it?", public=False, words=DUTY_MET)


@declares("Profiles", "the standing of one agreement or proposal", level=2, key=("subject_id", "dated"), known_from="dated")
class Profile(Row):
    """The standing of one agreement or proposal."""

    subject_id: str = col(K.REFERENCE, "An agreement or a proposal.", public=False, required=True, refers=("Agreements", "Proposals"))
    sectors_shared: tuple[str, ...] | None = col(K.SECTOR, "Sectors both sides are strong in, several with ;, or none.", public=False, many=True, words=WordList.SECTORS)
    yearly_trade: float | None = col(K.MONEY, "Two-way trade a year, policy currency, one geographic level for all.", public=False)
    historic_link: str | None = col(K.YES_NO, "Is there a historic link?", public=False)
    host_community: str | None = col(K.YES_NO, "Is there a community from there here?", public=False)
    non_city_share: float | None = col(K.PERCENT, "Share of the cost that others bear.", public=False)
    commitments: int | None = col(K.COUNT, "Letters of commitment (proposals).", public=False)
    source: str | None = col(K.TEXT, "Where this comes from.", public=False)
    dated: When | None = col(K.DATE, "As of when.", public=False, happened=True)
    confidence: str | None = col(K.WORD, "How sure.", public=False, words=("high", "medium", "low"))


@declares("Budget", "one amount in one year", level=4, key=("year", "line", "agreement_id"))
class BudgetLine(Row):
    """One amount in one year."""

    year: int = col(K.YEAR, "Reporting year.", public=False, required=True)
    line: str = col(K.WORD, "What the amount is for.", public=False, required=True, words=("programme", "overhead", "agreement"))
    agreement_id: str | None = col(K.REFERENCE, "For an agreement's own line.", public=False, refers=("Agreements",))
    budget: float | None = col(K.MONEY, "Budget.", public=False)
    actual: float | None = col(K.MONEY, "Actual.", public=False)


@declares("Proposals", "a proposal to form or renew", level=4, key=("proposal_id",), known_from="received")
class Proposal(Row):
    """A proposal to form or renew."""

    proposal_id: str = col(K.ID, "Your own id for this proposal.", public=False, required=True)
    partner: str = col(K.TEXT, "City or organisation proposed.", public=False, required=True)
    country: str = col(K.COUNTRY, "Its country.", public=False, required=True)
    proposed_class: str = col(K.WORD, "The class it would have.", public=False, required=True, words=WordList.CLASSIFICATIONS)
    origin: Origin = col(K.WORD, "Who proposes it.", public=False, required=True, words=Origin)
    received: When | None = col(K.DATE, "When it came in.", public=False, happened=True)
    agreement_id: str | None = col(K.REFERENCE, "The agreement to renew, or the row it became.", public=False, refers=("Agreements",))
    priority_sectors: tuple[str, ...] | None = col(K.WORD, "Priority sectors it serves, several with ;.", public=False, many=True, words=WordList.SECTORS)
    estimated_cost: float | None = col(K.MONEY, "Estimated cost a year.", public=False)
    alternative_partners: tuple[str, ...] | None = col(K.TEXT, "Partners that would take part, several with ;.", public=False, many=True)
    notes: str | None = col(K.TEXT, "Internal notes.", public=False)


@declares("Decisions", "a decision people took", level=4, key=("subject_id", "year", "decision_point"), orders=(("decided_on", "expires"),), known_from="decided_on")
class Decision(Row):
    """A decision people took."""

    subject_id: str = col(K.REFERENCE, f"An agreement, a proposal, or {PROGRAMME}.", public=True, required=True, refers=("Agreements", "Proposals"), also=(PROGRAMME,))
    year: int = col(K.YEAR, "Reporting year it was taken for.", public=True, required=True)
    decision_point: DecisionPoint = col(K.WORD, "Where in the process.", public=True, required=True, words=DecisionPoint)
    decision: str = col(K.TEXT, "What was decided: a class, a word of the review or Keep by direction; D1 Proceed, Hold, Decline; D2 Sign, Go back; D3 Renew, Sunset ...; resources Raise, Reduce, Both.", public=True, required=True)
    reason_code: str | None = col(K.TEXT, "Why, in one word.", public=False)
    rationale: str | None = col(K.TEXT, "Why, in a sentence.", public=True)
    consulted: str | None = col(K.TEXT, "Who was heard.", public=False)
    decided_by: str | None = col(K.TEXT, "Who decided.", public=False)
    decided_on: When | None = col(K.DATE, "When.", public=False, happened=True)
    expires: When | None = col(K.DATE, "Until when; blank = end of the next reporting year.", public=False, at_end=True)


KINDS: tuple[type[Row], ...] = (
    Agreement, Project, Profile, Objective, Indicator, PeriodResult, Milestone, Outcome,
    BudgetLine, Partner, Engagement, Proposal, Decision,
)
SHEETS = tuple(kind.sheet for kind in KINDS)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
