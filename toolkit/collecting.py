"""The commands that bring data in and send it out: one verb, one short function."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from toolkit.files.copies import exists
from toolkit.files.opening import DEFAULT_POLICY, find_input, policy_for
from toolkit.files.policy import read_policy
from toolkit.model.dates import long_date
from toolkit.model.issues import InputError
from toolkit.model.policy import Policy
from toolkit.model.text import how_many
from toolkit.report.links import slug

POLICY_HELP = f"Policy file. [default: policy.toml beside the workbook, else {DEFAULT_POLICY}]"
POLICY = click.option("--policy", default="", help=POLICY_HELP)
YEARS = click.IntRange(1950, 2200)
YEAR_FOR = click.option("--year", type=YEARS, default=None, help="Year the workbook is for.")
YES = click.option("--yes", is_flag=True, help="Take what was found, without a question.")


def policy_of(workbook: str, policy: str) -> Policy:
    """Return the policy a command works under."""
    return read_policy(find_input(policy or policy_for(workbook)))


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


@click.command("import")
@click.argument("register", type=click.Path(dir_okay=False))
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.option("--sheet", default="Agreements", type=click.Choice(["Agreements", "Results"]))
@click.option("--from-sheet", default="", help="Sheet of the register, where it has several.")
@click.option("--map", "map_file", default="", help="File that keeps what was confirmed.")
@click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="Only these rows.")
@POLICY
@YES
def import_register(
    register: str,
    workbook: str,
    sheet: str,
    from_sheet: str,
    map_file: str,
    where: tuple[str, ...],
    policy: str,
    yes: bool,
) -> None:
    """Bring the rows of an old register into a workbook; every row is accounted for."""
    from toolkit.collect import bring_in, foreign_headers, source
    from toolkit.collect.column_map import ColumnMap, read_map, write_map

    target = Path(workbook)
    if target.suffix.lower() != ".xlsx":
        raise InputError(f"{workbook}: the name of a workbook ends with .xlsx.")
    rules = policy_of(workbook, policy)
    kept = Path(map_file) if map_file else target.with_name(f"{target.stem} - map.toml")
    settled = read_map(kept, sheet) if exists(kept) else ColumnMap()
    found = source.read_source(Path(register), from_sheet)
    header = foreign_headers.find_header(found, sheet, settled.columns)
    settled = _settle(found, header, settled, rules, ask=not (yes or exists(kept)))
    header = foreign_headers.find_header(found, sheet, settled.columns)
    pairs = [_pair(text) for text in where]
    brought = bring_in.bring_in(found, header, sheet, settled, pairs)
    made = _write_import(target, sheet, brought.rows, rules, found.name)
    account = made.with_name(f"{made.stem} - import.csv")
    _write_account(account, brought.account)
    if not exists(kept):
        write_map(kept, settled)
    for line in (*found.notes, *brought.readings):
        click.echo(line)
    click.echo(f"{found.name}: {bring_in.tell_account(brought.account)}.")
    for line in brought.alike[:FEW]:
        click.echo(f"  may be one agreement, not merged: {line}")
    if len(brought.alike) > FEW:
        click.echo(f"  and {len(brought.alike) - FEW} more such pairs, by the check")
    click.echo(f"Made {made}; what became of each row: {account}; what was confirmed: {kept}.")
    click.echo(f"Next:\n  partnerships check {_quoted(made)}")


FEW = 5  # pairs told on the screen


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{text}: write it as column=value.", param_hint="--where")
    return name.strip(), value.strip()


def _settle(found, header, settled, rules: Policy, *, ask: bool):
    """Return what is settled of columns and classes; it is shown, and confirmed once."""
    from toolkit.collect.foreign_words import class_words

    by_number = {number: name for name, number in header.columns.items()}
    columns = {text: by_number.get(number, "") for number, text in header.headings.items()}
    where = header.columns.get("classification")
    texts = [line[where] for n, line in found.rows.items() if n > header.last and where in line]
    counts = Counter(texts)
    classes = class_words(texts, rules) | dict(settled.classes)
    click.echo(f"{found.name}: header in row {header.first}.")
    for text, name in columns.items():
        click.echo(f"  {text} -> {name or '(not brought in)'}")
    for text, word in classes.items():
        click.echo(f"  {counts[text]} rows are {text!r} -> {word}")
    if ask:
        if not click.confirm("Is this right? (n: correct it in the map file)", default=True):
            return _leave_a_map(columns, classes)
        classes = {text: _ask(text, counts[text], word, rules) for text, word in classes.items()}
    return replace(settled, columns={**columns, **settled.columns}, classes=classes)


def _leave_a_map(columns: Mapping[str, str], classes: Mapping[str, str]) -> None:
    raise InputError(
        "Nothing was brought in. Run it again with --yes, correct the lines of the map file that "
        "is made, delete the workbook, and run it once more."
    )


def _ask(text: str, count: int, word: str, rules: Policy) -> str:
    """Return the class of a word of the register, as the analyst confirms it."""
    names = [cls.name for cls in rules.classes]
    if word in names:
        return word
    choices = [*names, *dict.fromkeys((word, "unknown"))]
    told = ", ".join(f"{number} {name}" for number, name in enumerate(choices, 1))
    asked = f'{count} rows are "{text}". Your class for it: {told}'
    chosen = click.prompt(
        asked, type=click.IntRange(1, len(choices)), default=choices.index(word) + 1
    )
    return choices[chosen - 1]


def _write_import(
    target: Path, sheet: str, rows: Sequence[Mapping[str, str]], rules: Policy, name: str
) -> Path:
    """Write a new workbook with these rows or, where there is one, a copy that has them too."""
    from toolkit.collect.copying import Copy, not_there
    from toolkit.files.template import write_workbook

    if not exists(target):
        title, note = target.stem, f"Rows brought in from {name}."
        write_workbook(target, rules, title=title, rows={sheet: rows}, note=note)
        return target
    made = not_there(target.with_name(f"{target.stem} - with {Path(name).stem}.xlsx"))
    copy = Copy(target)
    for row in rows:
        copy.append(sheet, row)
    copy.save(made, rules.dated)
    return made


def _write_account(path: Path, account: Sequence) -> None:
    from toolkit.collect.copying import write_lines

    lines = [(told.row, told.became, told.key, told.why) for told in account]
    write_lines(path, [("row in the source", "what became of it", "id", "why"), *lines])


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
    from toolkit.files.outputs import workbook_bytes, write_bytes
    from toolkit.review import open_results

    rules_file = policy or policy_for(workbook)
    results = open_results(workbook, rules_file, year, as_of)
    rules = results.policy
    held = read_keyed(find_input(workbook), rules)
    days = timedelta(days=rules.periods.data_call_days)
    last_day = due.date() if due else results.as_of + days
    calls = make_calls(held, results.open_requests, rules, by=by, due=last_day)
    folder = Path(output) / Path(workbook).stem
    for call in calls:
        path = not_there(folder / f"{slug(call.to)}.xlsx")
        write_bytes(path, workbook_bytes(call.workbook, rules.dated))
        click.echo(f"{path}: {how_many(len(call.agreements), 'agreement')}, {call.questions} asked")
    left = len(held.rows.get("Agreements", {})) - sum(len(call.agreements) for call in calls)
    if left:
        click.echo(f"{how_many(left, 'agreement')} without {by}: nobody is asked.")
    click.echo(f"Please answer by {long_date(last_day)}. Then:")
    click.echo(f"  partnerships merge {_quoted(Path(workbook))} ANSWERS/*.xlsx -o merged.xlsx")


@click.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.argument("answers", nargs=-1, required=True, type=click.Path(dir_okay=False))
@click.option("-o", "--output", default="merged.xlsx", help="The copy with the answers.")
@click.option(
    "--received", type=click.DateTime(["%Y-%m-%d"]), help="Day on which a partner answered."
)
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
    copy = Copy(path)
    write_merged(copy, held, merged)
    write_log(copy, read, merged)
    if received:
        _note_answers(copy, held, read, received.date().isoformat())
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


COMMANDS = (new, start, import_register, request, merge)
