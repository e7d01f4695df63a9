"""The result contract: a table by its subject, what is missing is None."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd


def make_result(
    records: Iterable[Mapping[str, object]], columns: Sequence[str], key: str
) -> pd.DataFrame:
    """Return records as a table of these columns, indexed by `key`; absent values are None."""
    rows = [[record.get(name) for name in columns] for record in records]
    return pd.DataFrame(rows, columns=list(columns), dtype=object).set_index(key)
