"""The tables of `docs/incentives.md`: `python tests/incentives_tables.py 1 100` rewrites them.

The two numbers are the first seed and how many, each for a sparse and a filled portfolio; it takes
a quarter of an hour. `make proofs` runs it with those.
"""

import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

from backtest_tables import TABLE, markdown
from behaviours import BEHAVIOURS, CLASSES, Course, first_year, play_all
from incentives import ACTS, NEWS, Case, Tally, harness_policy, measure
from random_portfolios import random_portfolio

from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.policy import Policy

DOCUMENT = ROOT / "docs" / "incentives.md"
MOST = 60  # lines of a table of causes; the rest is one line
Line = Sequence[object]


def measure_all(seeds: range, policy: Policy) -> Tally:
    """Return what is found in the sample and in a sparse and a filled portfolio of each seed."""
    tally = measure("sample", open_workbook(ROOT / "data" / "sample.xlsx", policy), policy)
    for seed in seeds:
        for kind in ("sparse", "filled"):
            drawn = random_portfolio(seed, policy, sparse=kind == "sparse")
            tally.add(measure(f"{seed} {kind}", drawn, policy))
    return tally


def make_tables(
    tally: Tally, courses: Sequence[Course], anew: Sequence[Course], kept: tuple[int, int]
) -> dict[str, str]:
    """Return every table of the document by its name, but that of how it was made.

    `anew` are the courses among people who agree new terms every year that asks for them.
    """
    deleted = [case for case in tally.cases if case.act != NEWS]
    better = [case for case in deleted if case.is_better]
    worse_news = [case for case in tally.cases if case.act == NEWS and not case.is_better]
    return {
        "acts": _acts(tally),
        "causes": _causes(c for c in better if not c.formal and not c.previous),
        "causes_previous": _causes(c for c in better if not c.formal and c.previous),
        "formal": _causes(c for c in better if c.formal and not c.previous),
        "news": _news(tally),
        "news_causes": _causes(c for c in worse_news if not c.previous),
        "standing": _standing(tally),
        "behaviours": _behaviours(courses, anew),
        "courses": _courses(courses),
        "first_year": _first_year(*kept),
    }


def _acts(tally: Tally) -> str:
    rows = []
    for act in ACTS[:-1]:
        for formal in (False, True):
            line: list[object] = [f"{act}{', formal fact' if formal else ''}"]
            for previous in (False, True):
                chosen = {"act": act, "formal": formal, "previous": previous}
                tried = tally.tried[act, formal, previous]
                line += [tried, len(tally.better(**chosen)), len(tally.worse(**chosen))]
            rows.append(line)
    columns = ("deleted", "tried", "better", "worse", "tried, with last year's", "better", "worse")
    return markdown(columns, rows)


def _causes(cases: Iterable[Case]) -> str:
    counts = Counter((case.act, case.cause, case.moved) for case in cases)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows: list[Line] = [(*key, count) for key, count in ordered[:MOST]]
    rest = sum(count for _, count in ordered[MOST:])
    if rest:
        rows.append((f"{len(ordered) - MOST} more", "", "", rest))
    return markdown(("what", "cause", "place moved", "cases"), rows or [("none", "", "", 0)])


def _news(tally: Tally) -> str:
    rows = []
    for kind, previous in sorted(tally.news):
        if previous:
            continue
        line: list[object] = [kind]
        for with_previous in (False, True):
            cases = [c for c in tally.cases if c.news == kind and c.previous == with_previous]
            better = sum(case.is_better for case in cases)
            line += [tally.news[kind, with_previous], better, len(cases) - better]
        rows.append(line)
    columns = ("good news", "told", "better", "worse", "told, with last year's", "better", "worse")
    return markdown(columns, rows)


def _standing(tally: Tally) -> str:
    return markdown(("proposed", "agreements"), tally.standing.most_common())


def _behaviours(courses: Sequence[Course], anew: Sequence[Course]) -> str:
    rows = []
    for name in BEHAVIOURS:
        for word in CLASSES:
            own, others = (
                [c for c in some if c.behaviour == name and c.setting.name == word]
                for some in (courses, anew)
            )
            ended = [course for course in own if course.ended]
            years = sorted({len(course.words) for course in ended})
            counts = (
                len(own),
                len(ended),
                f"{years[0]} to {years[-1]}" if years else "-",
                sum(not course.noticed for course in ended),
                sum(course.concluded for course in own),
                sum(course.is_stuck for course in own),
                sum(course.is_stuck for course in others),
            )
            rows.append((name, word, *counts))
    columns = ("behaviour", "class", "settings", "ended", "in year", "ended unwarned",
               "concluded as achieved", "stuck", "stuck, terms anew each year")  # fmt: skip
    return markdown(columns, rows)


def _courses(courses: Sequence[Course]) -> str:
    counts = Counter((c.behaviour, c.setting.name, " > ".join(c.words)) for c in courses)
    order = {name: place for place, name in enumerate(BEHAVIOURS)}
    ordered = sorted(counts.items(), key=lambda item: (order[item[0][0]], item[0][1], -item[1]))
    rows = [(*key, count) for key, count in ordered]
    return markdown(("behaviour", "class", "proposed year by year", "settings"), rows)


def _first_year(standing: int, left: int) -> str:
    share = f"{100 * left / standing:.0f} %" if standing else "n/a"
    columns = ("Keep or Keep, on new terms, that stand", "still stand with 30 % blank", "share")
    return markdown(columns, [(standing, left, share)])


def _made(seeds: range, policy: Policy, seconds: float) -> str:
    """Return by what the tables were made: the edition, the commit, the versions, the time."""
    command = ("git", "rev-parse", "--short", "HEAD")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    rows = (
        ("commit", done.stdout.strip() or "not under version control"),
        ("policy", f"{policy.file_name}, {policy.edition}"),
        ("portfolios", f"sample.xlsx; {len(seeds)} sparse and {len(seeds)} filled"),
        ("seeds", f"{seeds[0]} to {seeds[-1]}"),
        ("Python", platform.python_version()),
        *((name, version(name)) for name in ("numpy", "openpyxl", "pandas")),
        ("CPU", f"{seconds / 60:.0f} minutes"),
    )
    return markdown(("made with", ""), rows)


def tables_in(text: str) -> Mapping[str, str]:
    """Return the tables that stand in the document, by name."""
    return dict(TABLE.findall(text))


def rewrite(first: int, count: int) -> None:
    """Replace the tables of the document by what the toolkit gives now; the sentences stay."""
    policy = harness_policy(read_policy(ROOT / "data" / "policy.toml"))
    seeds, begun = range(first, first + count), time.process_time()
    tally = measure_all(seeds, policy)
    courses = play_all(policy), play_all(policy, anew=True)
    tables = make_tables(tally, *courses, first_year(seeds, policy))
    tables["made"] = _made(seeds, policy, time.process_time() - begun)
    text = DOCUMENT.read_text("utf-8")
    found = TABLE.sub(lambda m: f"<!-- table {m[1]} -->\n\n{tables[m[1]]}\n\n<!-- end -->", text)
    DOCUMENT.write_text(found, "utf-8")


if __name__ == "__main__":
    os.nice(5)
    rewrite(*map(int, sys.argv[1:3]))
