"""What is wrong with the decisions people typed: words of another point, subjects that do not fit.

Source: domain, section 4, Words of decision_point.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from toolkit.files.checks import ReadSheet
from toolkit.files.words import folded
from toolkit.model.decisions import decision_words
from toolkit.model.issues import Issue, quoted
from toolkit.model.policy import Policy
from toolkit.model.sheets import PROGRAMME
from toolkit.model.spelling import denies
from toolkit.model.vocabulary import DecisionPoint, Severity


def check_decisions(sheets: Mapping[str, ReadSheet], policy: Policy) -> list[Issue]:
    """Return every wrong word and subject; a word typed in other capitals gets its spelling."""
    if "Decisions" not in sheets:
        return []
    read = sheets["Decisions"]
    return [*_words(read, policy), *_subjects(read, sheets)]


def _words(read: ReadSheet, policy: Policy) -> Iterator[Issue]:
    for number, row in read.rows.items():
        point, text = row.get("decision_point"), row.get("decision")
        if point is None or text is None:
            continue
        exact = folded(decision_words(point, policy)).get(text.casefold())
        if exact is None:
            yield read.issue(Severity.ERROR, number, "decision", _refusal(text, point, policy))
        elif exact != text:
            row["decision"] = exact
            message = f'"{text}" was read as "{exact}".'
            yield read.issue(Severity.NOTICE, number, "decision", message)


def _refusal(text: str, point: str, policy: Policy) -> str:
    words = decision_words(point, policy)
    spelt = folded(words)
    meant = [word for word in spelt if not denies(text.casefold(), word)]
    near = get_close_matches(text.casefold(), meant, 1, 0.6)
    hint = f' Did you mean "{spelt[near[0]]}"?' if near else ""
    elsewhere = [p for p in DecisionPoint if _holds(decision_words(p, policy), text)]
    of = f", but of {' and '.join(elsewhere)}" if elsewhere else ""
    return f"{quoted(text)} is no decision of {point}{of}.{hint} Type one of: {'; '.join(words)}."


def _holds(words: tuple[str, ...], text: str) -> bool:
    return text.casefold() in folded(words)


def _subjects(read: ReadSheet, sheets: Mapping[str, ReadSheet]) -> Iterator[Issue]:
    proposals = _became(sheets.get("Proposals"))
    agreements = _ids(sheets.get("Agreements"))
    for number, row in read.rows.items():
        subject, point = row.get("subject_id"), row.get("decision_point")
        if subject is None or point is None:
            continue
        if (subject == PROGRAMME) != (point == DecisionPoint.RESOURCES):
            yield read.issue(Severity.ERROR, number, "subject_id", _programme(subject, point))
        elif message := _unfitting(subject, point, proposals, agreements):
            yield read.issue(Severity.NOTICE, number, "subject_id", message, touches=True)


def _programme(subject: str, point: str) -> str:
    if subject == PROGRAMME:
        return f"{PROGRAMME} is decided on at resources only. Type the id that {point} was about."
    return f"Resources are decided for the whole programme. Type {PROGRAMME}."


def _unfitting(
    subject: str, point: str, proposals: Mapping[str, str | None], agreements: set[object]
) -> str:
    """Return why no rule will read a decision on this subject; blank where one will."""
    if point == DecisionPoint.D1 and proposals and subject in agreements:
        named = subject in proposals.values()
        return "" if named else f"D1 is about a proposal; no proposal names {subject}."
    if point != DecisionPoint.D1 and subject in proposals:
        became = proposals[subject]
        hint = f' It became "{became}": type that.' if became else ""
        return f"{subject} is a proposal; {point} is about an agreement.{hint}"
    return ""


def _ids(read: ReadSheet | None) -> set[object]:
    return {row.get("agreement_id") for row in read.rows.values()} if read else set()


def _became(read: ReadSheet | None) -> Mapping[str, str | None]:
    """Return each proposal with the agreement it would renew or became."""
    rows = read.rows.values() if read else ()
    return {
        row["proposal_id"]: row.get("agreement_id")
        for row in rows
        if row.get("proposal_id") is not None
    }
