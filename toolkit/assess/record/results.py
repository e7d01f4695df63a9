"""The result contract: a table by its subject; what is missing is None; cells named once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

Fields = dict[str, object]  # one row of a result, by column


def make_result(
    records: Iterable[Mapping[str, object]], columns: Sequence[str], key: str
) -> pd.DataFrame:
    """Return records as a table of these columns, indexed by `key`; absent values are None."""
    rows = [[record.get(name) for name in columns] for record in records]
    return pd.DataFrame(rows, columns=list(columns), dtype=object).set_index(key)


def grouped(rows: Iterable[tuple], column: str) -> Mapping[str, list[tuple]]:
    """Return rows by the value of one column, in their order."""
    groups: dict[str, list[tuple]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def joined(cells: Iterable[str]) -> str:
    """Return cell addresses as one text, each once."""
    return "; ".join(dict.fromkeys(filter(None, cells)))
