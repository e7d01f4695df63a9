"""The command that brings an old register in: shown, confirmed once, every row accounted for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from toolkit.files.copies import exists
from toolkit.model.issues import InputError
from toolkit.model.policy import Policy
from toolkit.model.sheets import BY_NAME
from toolkit.model.text import how_many
from toolkit.shared_options import POLICY, policy_of, shell_quoted

YES = click.option("--yes", is_flag=True, help="Take what was found, without a question.")
FEW = 5  # pairs told on the screen


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
    known = read_map(kept, sheet) if exists(kept) else ColumnMap()
    found = source.read_source(Path(register), from_sheet)
    header = foreign_headers.find_header(found, sheet, known.columns)
    taken = bring_in.take_rows(found, header, [_pair(text) for text in where])
    click.echo(f"{found.name}: header in row {header.first}.")
    settled = _settle(header, taken, known, rules)
    if not yes and settled != known:
        settled = _confirm(settled, known, kept, rules)
    brought = bring_in.bring_in(taken, header, BY_NAME[sheet], settled)
    made = _write_import(target, sheet, brought.rows, rules, found.name)
    account = made.with_name(f"{made.stem} - import.csv")
    _write_account(account, brought.account)
    write_map(kept, settled)
    for line in (*found.notes, *brought.readings):
        click.echo(line)
    click.echo(f"{found.name}: {bring_in.tell_account(brought.account)}.")
    for line in brought.alike[:FEW]:
        click.echo(f"  may be one agreement, not merged: {line}")
    if len(brought.alike) > FEW:
        click.echo(f"  and {len(brought.alike) - FEW} more such pairs, by the check")
    click.echo(f"Made {made}; what became of each row: {account}; what was confirmed: {kept}.")
    click.echo(f"Next:\n  partnerships check {shell_quoted(made)}")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{text}: write it as column=value.", param_hint="--where")
    return name.strip(), value.strip()


def _settle(header: Any, taken: Any, known: Any, rules: Policy) -> Any:
    """Return what each heading and each word for a class is taken for, and show it."""
    from toolkit.collect.foreign_words import class_words

    by_number = {number: name for name, number in header.columns.items()}
    columns = {text: by_number.get(number, "") for number, text in header.headings.items()}
    for text, name in columns.items():
        click.echo(f"  {text} -> {name or '(not brought in)'}")
    where = header.columns.get("classification")
    counts = Counter(line[where] for line in taken.lines.values() if where in line)
    classes = {
        text: known.classes.get(text, word)
        for text, word in class_words([text for text, _ in counts.most_common()], rules).items()
    }
    for text, word in classes.items():
        click.echo(f"  {how_many(counts[text], 'row')}: {text!r} -> {word}")
    return replace(
        known, columns={**known.columns, **columns}, classes={**known.classes, **classes}
    )


def _confirm(settled: Any, known: Any, kept: Path, rules: Policy) -> Any:
    """Return what the analyst confirms: the columns at once, each new word for a class by itself.

    Raises
    ------
    InputError
        The columns are not right; they are left in the map file to be corrected.
    """
    from toolkit.collect.column_map import write_map

    if not click.confirm("Are the columns right?", default=True):
        write_map(kept, settled)
        raise InputError(f"Nothing was brought in. Correct the lines of {kept}, and run it again.")
    new = {text: word for text, word in settled.classes.items() if text not in known.classes}
    asked = {text: _ask(text, word, rules) for text, word in new.items()}
    return replace(settled, classes={**settled.classes, **asked})


def _ask(text: str, word: str, rules: Policy) -> str:
    """Return the class of a word of the register, as the analyst confirms it."""
    names = [cls.name for cls in rules.classes]
    if word in names:
        return word
    choices = [*names, *dict.fromkeys((word, "unknown"))]
    told = ", ".join(f"{number} {name}" for number, name in enumerate(choices, 1))
    asked = f'"{text}" is, in your policy: {told}'
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
