"""The command that brings an old register in: shown, confirmed once, every row accounted for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from toolkit.files.copies import exists
from toolkit.files.opening import DEFAULT_POLICY, find_input, policy_for
from toolkit.files.policy import read_policy
from toolkit.model.issues import InputError
from toolkit.model.policy import Policy

POLICY_HELP = f"Policy file. [default: policy.toml beside the workbook, else {DEFAULT_POLICY}]"
POLICY = click.option("--policy", default="", help=POLICY_HELP)
YES = click.option("--yes", is_flag=True, help="Take what was found, without a question.")
FEW = 5  # pairs told on the screen


def policy_of(workbook: str, policy: str) -> Policy:
    """Return the policy a command works under."""
    return read_policy(find_input(policy or policy_for(workbook)))


def shell_quoted(path: Path) -> str:
    """Return a path as it is typed in a terminal."""
    return f'"{path}"' if " " in str(path) else str(path)


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
    click.echo(f"Next:\n  partnerships check {shell_quoted(made)}")


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
