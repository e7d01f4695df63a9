"""What the source report says, row by row; every result declares which of these rows it serves.

F: a fact of the programme, R: a recommendation, M: on markets, B: a best practice, P: a step of the
process, D: a decision point. Source: "Partnerships that Produce", World Trade Centre Toronto, 2018.
"""

ROWS = {
    "F1": "four goals and fifteen objectives",
    "F2": "Partnership, Friendship, and MOUs outside the framework",
    "F3": "a cap of ten agreements",
    "F4": "a smaller budget while agreements were added",
    "R1": "the City as a catalyst",
    "R2": "better criteria, used consistently",
    "R3": "MOUs reclassified by their objectives",
    "R4": "all agreements reviewed, two to three prioritised",
    "R5": "alternative partners at home and abroad",
    "R6": "specific and measurable objectives",
    "R7": "three to five years, with renewal and termination",
    "R8": "agreements based on projects",
    "R9": "agreements published, yearly goals and achievements",
    "R10": "resources by outcome: raise, reduce, or both",
    "M1": "priority markets inform the missions",
    "M2": "two or more metro areas, mutual benefit",
    "B1": "clear criteria",
    "B2": "alternative partners",
    "B3": "time-bound agreements",
    "B4": "detailed objectives, by six factors",
    "B5": "a policy framework",
    "P1": "proposals from outside and inside",
    "P2": "five decision factors",
    "D1": "first decision point",
    "P3": "formulate projects and negotiate",
    "D2": "second decision point",
    "P4": "sign and publish",
    "P5": "projects aligned to resources, two a year, progress measured",
    "P6": "agreement and projects evaluated at the end",
    "D3": "third decision point",
    "SMART": "sample activities and measures",
}
