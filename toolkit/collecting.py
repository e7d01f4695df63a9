"""The commands that bring data in and send it out: one verb, one short function."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from toolkit.files.copies import exists
from toolkit.files.opening import find_input, policy_for
from toolkit.files.policy import read_policy
from toolkit.importing import import_register
from toolkit.model.dates import long_date
from toolkit.model.issues import InputError
from toolkit.model.text import how_many
from toolkit.report.links import slug
from toolkit.shared_options import POLICY, YEARS, policy_of, shell_quoted

YEAR_FOR = click.option("--year", type=YEARS, default=None, help="Year the workbook is for.")


@click.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@POLICY
@YEAR_FOR
def new(workbook: str, policy: str, year: int | None) -> None:
    """Make a blank workbook to fill; where there is no policy.toml beside it, that too."""
    from toolkit.files.start import find_or_lay_policy
    from toolkit.files.template import write_blank

    path = Path(workbook)
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"{workbook}: the name of a workbook ends with .xlsx.")
    if exists(path):
        raise InputError(f"{workbook}: the file is there already. Choose another name.")
    rules = find_input(policy) if policy else find_or_lay_policy(path.parent)
    write_blank(path, read_policy(rules), year=year)
    click.echo(f"Made {workbook}, under {rules}. Next: fill the sheet Agreements, then")
    click.echo(f"  partnerships check {workbook}")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False))
@YEAR_FOR
def start(folder: str, year: int | None) -> None:
    """Lay out a city's own folder: a blank workbook, its policy, the notebooks, a read-me."""
    from toolkit.files.start import lay_out, next_steps

    lay_out(Path(folder), year=year)
    click.echo(next_steps(folder, year))


@click.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.option("--by", default="lead_unit", type=click.Choice(["lead_unit", "sponsor", "partner"]))
@click.option("--year", type=YEARS, required=True, help="Year reviewed.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="Day to answer by.")
@click.option("-o", "--output", default="requests", help="Folder for the workbooks.")
@click.option("--as-of", default="", help="Date of the review, as 2018-12-31.")
@POLICY
def request(
    workbook: str, by: str, year: int, due: Any, output: str, as_of: str, policy: str
) -> None:
    """Write one workbook for each unit, sponsor or partner, with what is asked of it marked."""
    from toolkit.collect.copying import not_there
    from toolkit.collect.data_call import make_calls
    from toolkit.collect.keyed import read_keyed
    from toolkit.files.opening import open_case
    from toolkit.files.outputs import workbook_bytes, write_bytes
    from toolkit.review import last_year_of, results_of

    case = open_case(workbook, policy or policy_for(workbook), year, as_of)
    results = results_of(case, last_year_of(workbook, year))
    rules = results.policy
    held = read_keyed(find_input(workbook), rules)
    days = timedelta(days=rules.periods.data_call_days)
    last_day = due.date() if due else results.as_of + days
    calls = make_calls(held, results.open_requests, rules, by=by, due=last_day)
    paths = _paths(Path(output) / Path(workbook).stem, [call.to for call in calls])
    for path, call in zip([not_there(path) for path in paths], calls, strict=True):
        write_bytes(path, workbook_bytes(call.workbook, rules.dated))
        click.echo(f"{path}: {how_many(len(call.agreements), 'agreement')}, {call.questions} asked")
    left = len(held.rows.get("Agreements", {})) - sum(len(call.agreements) for call in calls)
    if left:
        click.echo(f"{how_many(left, 'agreement')} without {by}: nobody is asked.")
    click.echo(f"Please answer by {long_date(last_day)}. Then:")
    click.echo(f"  partnerships merge {shell_quoted(Path(workbook))} ANSWERS/*.xlsx -o merged.xlsx")


def _paths(folder: Path, names: Sequence[str]) -> list[Path]:
    """Return a file for each name; a short hash tells apart those that would have one file."""
    slugs = [slug(name) for name in names]
    hashes = [hashlib.sha256(name.encode()).hexdigest()[:6] for name in names]
    alone = [bool(text) and slugs.count(text) == 1 for text in slugs]
    found = (
        s if a else f"{s}-{h}".strip("-") for s, h, a in zip(slugs, hashes, alone, strict=True)
    )
    return [folder / f"{name}.xlsx" for name in found]


@click.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.argument("answers", nargs=-1, required=True, type=click.Path(dir_okay=False))
@click.option("-o", "--output", default="merged.xlsx", help="The copy with the answers.")
@click.option("--received", type=click.DateTime(["%Y-%m-%d"]), help="Day on which they answered.")
@POLICY
def merge(workbook: str, answers: tuple[str, ...], output: str, received: Any, policy: str) -> int:
    """Bring answers into a copy of the workbook; what conflicts is listed, nothing overwritten."""
    from toolkit.collect.copying import Copy, not_there, write_lines
    from toolkit.collect.keyed import read_keyed
    from toolkit.collect.merging import (
        merge_answers,
        needs_look,
        read_answer,
        write_log,
        write_merged,
    )

    rules = policy_of(workbook, policy)
    path, target = find_input(workbook), not_there(Path(output))
    held = read_keyed(path, rules)
    read = [read_answer(Path(name), rules) for name in sorted(answers)]
    merged = merge_answers(held, read)
    copy = Copy(path, held.raw)
    write_merged(copy, held, merged)
    day = received.date().isoformat() if received else ""
    write_log(copy, read, merged, day)
    if day:
        _note_answers(copy, held, read, day)
    copy.save(target, rules.dated)
    lines = [(m.became, m.sheet, m.key, m.column, m.was, "; ".join(m.values),
              "; ".join(m.files), m.why.strip()) for m in merged]  # fmt: skip
    told = target.with_name(f"{target.stem} - merge.csv")
    header = ("what became of it", "sheet", "row", "column", "was", "answers", "files", "why")
    write_lines(told, [header, *lines])
    for kind, count in Counter(str(m.became) for m in merged).items():
        click.echo(f"{count} {kind}")
    for cell in needs_look(merged):
        click.echo(f"  {cell.became}: {cell}")
    click.echo(f"Made {target}; each cell: {told}. {workbook} is as it was.")
    return 1 if needs_look(merged) else 0


def _note_answers(copy: Any, held: Any, answers: Sequence, day: str) -> None:
    """Write when partners or sponsors answered, at each agreement that was sent to them."""
    for answer in answers:
        for key in answer.held.rows.get("Agreements", {}):
            own = held.rows["Agreements"].get(key, {})
            if answer.to and answer.to in (own.get("partner"), own.get("community_sponsor")):
                copy.put("Agreements", held.numbers["Agreements"][key], "answered_on", day)


@click.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.argument("made", type=click.Path(dir_okay=False))
@click.option("--to", "year", type=YEARS, required=True, help="The year that begins.")
@click.option("--results", default="", help="Last year's folder of results, to be remembered.")
@POLICY
def rollover(workbook: str, made: str, year: int, results: str, policy: str) -> None:
    """Turn the year in a copy: decisions carried out, rows laid ready, and what falls due."""
    from toolkit.collect.copying import Copy, not_there, write_lines
    from toolkit.collect.rolling import turn_year
    from toolkit.files.last_year import own_folder, read_manifest
    from toolkit.files.opening import open_case
    from toolkit.review import results_of

    opened = results_of(open_case(workbook, policy or policy_for(workbook), year - 1))
    held, rules, target = opened.portfolio, opened.policy, not_there(Path(made))
    turn = turn_year(held, rules, year, opened.decision_calendar)
    copy = Copy(find_input(workbook))
    lines: list[tuple[object, ...]] = []
    for change in turn.changes:
        sheet, number = change.row.sheet.name, change.row.place.number
        cell = copy.put(sheet, number, change.column, change.becomes)
        lines.append((f"{sheet}!{cell}", change.column, change.was, change.becomes, change.why))
    for sheet, row, why in turn.rows:
        number = copy.append(sheet, row)
        lines.append((f"{sheet}!A{number}", "", "", "; ".join(row.values()), f"new row: {why}"))
    folder = Path(results) if results else own_folder(Path("outputs"), held) / str(year - 1)
    if read_manifest(folder):
        copy.remember(folder)
    copy.save(target, rules.dated)
    lines += [("", "", "", whose, f"due: {what}") for whose, what in turn.due]
    told = target.with_name(f"{target.stem} - rollover.csv")
    write_lines(told, [("cell", "column", "was", "is now", "why"), *lines])
    click.echo(
        f"{how_many(len(turn.changes), 'cell')} written by decision, "
        f"{how_many(len(turn.rows), 'row')} laid ready, {how_many(len(turn.due), 'thing')} due:"
    )
    for whose, what in turn.due:
        click.echo(f"  {whose}: {what}")
    click.echo(f"Made {target}; each cell: {told}. {workbook} is as it was.")


COMMANDS = (new, start, import_register, request, merge, rollover)
