"""Where inputs are found, and how one year's review is opened: workbook, policy, date."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from toolkit.files.copies import OF_RESULTS, copy_of, exists
from toolkit.files.last_year import workbook_of
from toolkit.files.lexicon import LEXICON_FILE
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.issues import InputError
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement

DEFAULT_POLICY = "data/policy.toml"


@dataclass(frozen=True)
class Case:
    """What every assessment stands on: the portfolio, the policy, the year and its date."""

    portfolio: Portfolio
    policy: Policy
    year: int
    as_of: date


def find_input(name: str) -> Path:
    """Return the path of an input file: where one stands or among those of the toolkit.

    What a run began with is there until its end; read it by `copy_of`.

    Raises
    ------
    InputError
        There is no such file in either place.
    """
    if not _is_text(name):
        raise InputError(f"{name!a}: the name holds signs that are no text. Rename the file.")
    for path in (Path(name), ROOT / name):
        if (exists(path) and path.is_file()) or copy_of(path) != path:
            return path
    if exists(Path(name)):
        raise InputError(f"{name}: this is a folder or a device, not a file.")
    raise InputError(f"{name}: there is no such file here or among those of the toolkit.")


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def policy_for(workbook: str) -> str:
    """Return the policy where none is named: the policy.toml beside the workbook, else the default.

    A city's own folder has its policy beside its workbook.
    """
    beside = Path(workbook).with_name(Path(DEFAULT_POLICY).name)
    return str(beside) if beside.is_file() else DEFAULT_POLICY


def open_case(workbook: str, policy: str, year: int, as_of: str = "") -> Case:
    """Return one year's case; a blank `as_of` is the last day of the reporting year.

    Raises
    ------
    WorkbookError
        The workbook has problems to fix.
    InputError
        A file cannot be read, or `as_of` is not a date of the reporting year.
    """
    rules = read_policy(copy_of(find_input(policy)))
    day = parse_day(as_of) if as_of else rules.year_end(year)
    if rules.year_of(day) != year:
        first, last = rules.year_end(year - 1) + timedelta(days=1), rules.year_end(year)
        raise InputError(
            f"{day.isoformat()} is not in the reporting year {year}. Name a day from "
            f"{first.isoformat()} to {last.isoformat()}, or another year."
        )
    return Case(open_workbook(copy_of(find_input(workbook)), rules), rules, year, day)


def inputs_hash(workbook: str, policy: str, previous: str) -> str:
    """Return the SHA-256 of all that a review is made from; blank where a file cannot be read."""
    before = copy_of(Path(previous)) if previous else None
    files = [before / name for name in OF_RESULTS] if before and before.is_dir() else [before]
    whole = hashlib.sha256()
    try:
        named = (copy_of(find_input(name)) for name in (workbook, policy))
        for path in (*named, LEXICON_FILE, *files):
            content = path.read_bytes() if path and path.is_file() else b""
            whole.update(hashlib.sha256(content).digest())
    except (InputError, OSError):
        return ""
    return whole.hexdigest()


def open_previous(previous: str, policy: Policy, now: Portfolio) -> Portfolio | None:
    """Return last year's portfolio, of a folder of results or a workbook; nothing where unnamed.

    Raises
    ------
    InputError
        It shares no agreement_id with the portfolio of now, so it is another programme's.
    """
    if not previous:
        return None
    workbook = workbook_of(Path(previous))
    before = open_workbook(copy_of(find_input(str(workbook))), policy)
    ids = {row.agreement_id for row in now.rows(Agreement)}
    if ids.isdisjoint(row.agreement_id for row in before.rows(Agreement)):
        raise InputError(
            f"{workbook}: no agreement_id of it is in {now.file_name}. Name last year's workbook "
            "of the same programme."
        )
    return before


def parse_day(text: str) -> date:
    """Return a day written as 2018-12-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f'"{text}" is not a day. Write it as 2018-12-31.') from None
