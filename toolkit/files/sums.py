"""Which indicators of one objective add up to another: parts typed as indicators count twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from toolkit.files.checks import ReadSheet
from toolkit.model.issues import Issue
from toolkit.model.sheets import VOID
from toolkit.model.text import listed
from toolkit.model.vocabulary import Severity

MOST = 12  # indicators of one objective among which sums are looked for
LEAST = 20  # a single sum below it may be chance
Values = Mapping[tuple[object, str], float]


def find_sums(results: ReadSheet | None, indicators: ReadSheet | None) -> Iterator[Issue]:
    """Yield a notice for each indicator that two or all others of its kind add up to."""
    if results is None or indicators is None:
        return
    values: dict[object, dict[tuple[object, str], float]] = defaultdict(dict)
    for row in results.rows.values():
        if row.get("part") is None and row.get("state") != VOID:
            for column in ("target", "actual"):
                if row.get(column):
                    values[row.get("indicator_id")][row.get("period"), column] = row[column]
    alike: dict[object, list[tuple[int, object]]] = defaultdict(list)
    for number, row in indicators.rows.items():
        key = tuple(row.get(n) for n in ("objective_id", "kind", "measure", "unit", "currency"))
        name = row.get("indicator_id")
        if name and name in values and row.get("measure") in (None, "count", "amount"):
            alike[key].append((number, name))
    for group in alike.values():
        if 3 <= len(group) <= MOST:
            yield from _sums(indicators, group, values)


def _sums(
    read: ReadSheet, group: Sequence[tuple[int, object]], values: Mapping[object, Values]
) -> Iterator[Issue]:
    for number, whole in group:
        others = [other for _, other in group if other != whole]
        sets = [*combinations(others, 2), *([tuple(others)] if len(others) > 2 else [])]
        parts = next((s for s in sets if _is_sum(values[whole], [values[o] for o in s])), None)
        if parts:
            message = (
                f"{listed([str(part) for part in parts])} add up to {whole}. If they are parts of "
                f"it, type them in rows of {whole} with their name in part: as indicators of their "
                "own they count twice."
            )
            yield read.issue(Severity.NOTICE, number, "indicator_id", message, touches=True)


def _is_sum(whole: Values, parts: Sequence[Values]) -> bool:
    """Whether some values are those of others added up, wherever all of them are known."""
    common = [key for key in whole if all(key in part for part in parts)]
    holds = all(abs(whole[key] - sum(part[key] for part in parts)) < 1e-9 for key in common)
    return holds and (len(common) > 1 or any(abs(whole[key]) >= LEAST for key in common))
