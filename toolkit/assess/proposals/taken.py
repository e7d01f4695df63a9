"""What people decided at a decision point, as far as it was known on the day.

Source: domain, sections 1 and 4: the toolkit proposes, people decide, and both are shown.
"""

from collections.abc import Iterable, Mapping

from toolkit.assess.record.decided import when_decided
from toolkit.model.vocabulary import Finding

TAKEN_COLUMNS = ("decided", "decided_reason", "decided_by", "decided_on", "agrees")


def latest(decisions: Mapping[str, list[tuple]], subjects: Iterable[str]) -> tuple | None:
    """Return the latest decision on any of the subjects, or nothing."""
    rows = [row for subject in subjects for row in decisions.get(subject, ())]
    return max(rows, key=when_decided, default=None)


def beside(taken: tuple | None, proposed: str) -> dict[str, object]:
    """Return what people decided, and whether it is what the rules propose: yes or no."""
    if taken is None:
        return {}
    same = taken.decision.casefold() == proposed.casefold()
    return {
        "decided": taken.decision,
        "decided_reason": taken.reason_code,
        "decided_by": taken.decided_by,
        "decided_on": taken.decided_on,
        "agrees": Finding.MET if same else Finding.NOT_MET,
    }
