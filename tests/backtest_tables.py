"""The tables of `docs/backtest.md`: `python tests/backtest_tables.py` rewrites them, on purpose."""

import csv
import os
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from toronto_variant import (
    DOUBTFUL,
    HOPEFUL,
    MIDDLE,
    SETS,
    assumed_portfolio,
    city_products,
    documented_rows,
)

from toolkit.assess.results import Results
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.policy import Policy
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import Family, ReviewWord

DOCUMENT = ROOT / "docs" / "backtest.md"
LIST_OF_2024 = "corpus/toronto/toronto_agreements_public_record.csv"
ELSEWHERE = "corpus/toronto/status_changes_elsewhere.csv"
AS_OF = date(2018, 12, 31)
TABLE = re.compile(r"<!-- table (\w+) -->\n\n(.*?)\n\n<!-- end -->", re.DOTALL)

ENDED = frozenset({ReviewWord.SUNSET, ReviewWord.LAPSED})
OPEN = frozenset(
    {
        ReviewWord.CLASS_FIRST,
        ReviewWord.TOO_EARLY,
        ReviewWord.CONFIRM_OR_END,
        ReviewWord.REVIVE_OR_END,
        ReviewWord.INSUFFICIENT,
        ReviewWord.ON_NOTICE,
    }
)
HANDED_ON = frozenset({ReviewWord.TRANSFER, ReviewWord.REGISTER, ReviewWord.FOLD_IN})
ECONOMY, CULTURE = "goes on, for the economy", "goes on, for culture and community"
GROUPS = (ECONOMY, CULTURE, "handed on or folded in", "ended", "open")
SAME, OTHER_CLASS, STILL_OPEN, DIFFERS = "same", "same, other class", "open", "differs"


@dataclass(frozen=True)
class Runs:
    """The review of 2018 at level 1, at level 2 by set of assumptions, and under 2024's classes."""

    policy: Policy
    documented: pd.DataFrame
    assumed: Mapping[str, pd.DataFrame]
    merged: Mapping[str, pd.DataFrame]
    scores: Mapping[str, pd.DataFrame]
    listed: Mapping[str, str]  # city -> its category on the list of 2024
    products: Mapping[str, tuple[float, float]]
    auckland: tuple[int, ...]  # by group, none open


def run_all(shared: Path) -> Runs:
    """Return every review the document tells of."""
    policy, merged = (read_policy(ROOT / "data" / f"{n}.toml") for n in ("policy", "policy-2024"))
    documented = open_workbook(ROOT / "data" / "toronto-2018.xlsx", policy)
    with tempfile.TemporaryDirectory() as folder:
        found = {
            (edition.file_name, a.name): Results(
                assumed_portfolio(Path(folder), shared, edition, a), edition, AS_OF
            )
            for edition in (policy, merged)
            for a in SETS
        }
    return Runs(
        policy,
        Results(documented, policy, AS_OF).review.frame,
        {a.name: found[policy.file_name, a.name].review.frame for a in SETS},
        {a.name: found[merged.file_name, a.name].review.frame for a in SETS},
        {a.name: found[policy.file_name, a.name].scores.frame for a in SETS},
        read_list(shared),
        city_products(shared),
        read_auckland(shared),
    )


def read_auckland(shared: Path) -> tuple[int, ...]:
    """Return how many Auckland prioritised, kept for culture, handed on and dropped; none open."""
    with (shared / ELSEWHERE).open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["city"] == "Auckland")
    return (*map(int, re.findall(r"[0-9]+", row["change"])), 0)


def read_list(shared: Path) -> Mapping[str, str]:
    """Return the category of each city on Toronto's list of 2024."""
    with (shared / LIST_OF_2024).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["city"]: row["type_in_source"] for row in rows if row["type_as_of"] == "2024"}


def in_force(runs: Runs) -> list[str]:
    """Return the agreements under review in 2018; those called historical come from the list."""
    found = runs.documented
    return list(found.index[found.decision != ReviewWord.NOT_REVIEWED])


def compare(row: tuple, listed: str | None) -> str:
    """Return how a proposal compares with what Toronto's list of 2024 says."""
    if row.decision in OPEN:
        return STILL_OPEN
    if (row.decision in ENDED) == (listed is not None):
        return DIFFERS
    return OTHER_CLASS if row.classification == "Friendship" else SAME


def comparisons(runs: Runs) -> Mapping[str, tuple[str, str]]:
    """Return by agreement how level 1 and level 2 (middle) compare with the list of 2024."""
    tables = (runs.documented, runs.assumed[MIDDLE.name])
    return {
        key: tuple(compare(row, _listed(row, runs)) for row in (t.loc[key] for t in tables))
        for key in in_force(runs)
    }


def _listed(row: tuple, runs: Runs) -> str | None:
    return runs.listed.get(_city(row.name))


def _city(key: str) -> str:
    return next(row["partner"] for row in documented_rows() if row["agreement_id"] == key)


def group(row: tuple, policy: Policy) -> str:
    """Return to which of Auckland's groups a proposal comes closest."""
    if row.decision in HANDED_ON:
        return GROUPS[2]
    if row.decision in ENDED:
        return GROUPS[3]
    if row.decision in OPEN:
        return GROUPS[4]
    cls = policy.class_named(row.proposed_class or row.classification)
    return ECONOMY if cls.family == Family.ECONOMIC else CULTURE


def make_tables(runs: Runs) -> Mapping[str, str]:
    """Return every table of the document by its name."""
    return {
        "counts": _counts(runs),
        "proposals": _proposals(runs),
        "values": _values(runs),
        "sets": _sets(runs),
        "merged": _merged(runs),
        "shares": _shares(runs),
    }


def _counts(runs: Runs) -> str:
    found = comparisons(runs).values()
    words = (SAME, OTHER_CLASS, STILL_OPEN, DIFFERS)
    names = ("level 1, documented", "level 2, ASSUMED (middle)")
    counts = [Counter(pair[number] for pair in found) for number in range(len(names))]
    rows = [(name, *(c[w] for w in words)) for name, c in zip(names, counts, strict=True)]
    return markdown(("proposals against the list of 2024", *words), rows)


def _proposals(runs: Runs) -> str:
    middle = runs.assumed[MIDDLE.name]
    rows = [
        (
            f"{key} {runs.documented.partner[key]}",
            runs.documented.classification[key],
            runs.documented.decision[key],
            middle.decision[key],
            _listed(runs.documented.loc[key], runs) or "not on it",
            *comparisons(runs)[key],
        )
        for key in in_force(runs)
    ]
    later = [
        (city, "signed 2019", "-", "-", category, "-", "-")
        for city, category in runs.listed.items()
        if category.startswith("International Project")
    ]
    columns = (
        "agreement", "class in 2018", "level 1, documented", "level 2, ASSUMED (middle)",
        "list of 2024", "level 1 and list", "level 2 and list",
    )  # fmt: skip
    return markdown(columns, [*rows, *later])


def _values(runs: Runs) -> str:
    rows = []
    for key in in_force(runs):
        city = _city(key)
        product, distance = runs.products.get(city, (None, None))
        trade = [
            f"{a.trade_share * product / distance / 1000:,.1f}" if product else "blank"
            for a in (DOUBTFUL, MIDDLE, HOPEFUL)
        ]
        size = (f"{product / 1e9:,.1f}", f"{distance:,.0f}") if product else ("-", "-")
        rows.append((f"{key} {runs.documented.partner[key]}", *size, *trade))
    columns = (
        "agreement", "city's product, USD billion (2023)", "km", "ASSUMED trade, million: doubtful",
        "middle", "hopeful",
    )  # fmt: skip
    return markdown(columns, rows)


def _sets(runs: Runs) -> str:
    columns = ("agreement", "doubtful", "middle", "hopeful", "changes?")
    order = (DOUBTFUL.name, MIDDLE.name, HOPEFUL.name)
    rows = []
    for key in in_force(runs):
        decisions = [runs.assumed[name].decision[key] for name in order]
        told = [_told(runs, name, key) for name in order]
        changes = "no" if len(set(decisions)) == 1 else "yes"
        rows.append((f"{key} {runs.documented.partner[key]}", *told, changes))
    return markdown(columns, rows)


def _told(runs: Runs, name: str, key: str) -> str:
    """Return a proposal with its score and how often the draws give it again."""
    row, scores = runs.assumed[name].loc[key], runs.scores[name]
    if row.share is None:
        return str(row.decision)
    score = f"{one_decimal(scores['mean'][key])}, {row.evidence}"
    return f"{row.decision} ({score}, {100 * row.share:.0f} of 100 draws)"


def _merged(runs: Runs) -> str:
    friends = runs.documented.classification == "Friendship"
    columns = ("agreement", "as Friendship, middle", "as Partnership City: doubtful", "middle")
    rows = [
        (
            f"{key} {runs.documented.partner[key]}",
            runs.assumed[MIDDLE.name].decision[key],
            *(runs.merged[a.name].decision[key] for a in (DOUBTFUL, MIDDLE, HOPEFUL)),
        )
        for key in runs.documented.index[friends]
    ]
    return markdown((*columns, "hopeful"), rows)


def _shares(runs: Runs) -> str:
    keys = in_force(runs)
    counted = [
        Counter(group(table.loc[key], runs.policy) for key in keys)
        for table in (runs.documented, *(runs.assumed[a.name] for a in (DOUBTFUL, MIDDLE, HOPEFUL)))
    ]
    columns = (
        "group", "level 1", "level 2 doubtful", "level 2 middle", "level 2 hopeful", "Auckland",
    )  # fmt: skip
    rows = [
        (
            name,
            *(_share(c[name], len(keys)) for c in counted),
            _share(runs.auckland[number], sum(runs.auckland)),
        )
        for number, name in enumerate(GROUPS)
    ]
    return markdown(columns, [*rows, ("all", *[str(len(keys))] * 4, str(sum(runs.auckland)))])


def _share(count: int, total: int) -> str:
    return f"{count} ({int(100 * count / total + 0.5)} %)"


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def tables_in(text: str) -> Mapping[str, str]:
    """Return the tables that stand in the document, by name."""
    return dict(TABLE.findall(text))


def rewrite(shared: Path) -> None:
    """Replace the tables of the document by what the toolkit gives now; the sentences stay."""
    tables = make_tables(run_all(shared))
    text = DOCUMENT.read_text("utf-8")
    found = TABLE.sub(lambda m: f"<!-- table {m[1]} -->\n\n{tables[m[1]]}\n\n<!-- end -->", text)
    DOCUMENT.write_text(found, "utf-8")


if __name__ == "__main__":
    rewrite(Path(os.environ.get("PARTNERSHIPS_SHARED", ROOT.parent / "shared")))
