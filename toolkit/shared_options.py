"""What the commands have in common: options that mean the same everywhere."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from toolkit.files.opening import DEFAULT_POLICY, find_input, policy_for
from toolkit.files.policy import read_policy
from toolkit.files.unchanged import told_unchanged
from toolkit.model.issues import InputError
from toolkit.model.policy import Policy

YEARS = click.IntRange(1950, 2200)
POLICY_HELP = f"Policy file. [default: policy.toml beside the workbook, else {DEFAULT_POLICY}]"
POLICY = click.option("--policy", default="", help=POLICY_HELP)
YEAR = click.option("--year", type=YEARS, required=True, help="Year reviewed.")
AS_OF = click.option("--as-of", default="", help="Date of the review, as 2018-12-31.")
OUTPUT = click.option("-o", "--output", default="outputs", help="Folder for the results.")
PREVIOUS_HELP = "Last year's folder of results or, which says less, its workbook."
PREVIOUS = click.option("--previous", default="", help=PREVIOUS_HELP)


def _existing(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """Return the path of a workbook that is here or comes with the toolkit."""
    try:
        return str(find_input(name))
    except InputError as error:
        raise click.BadParameter(str(error)) from None


WORKBOOK = click.argument("workbook", callback=_existing)


def policy_of(workbook: str, policy: str) -> Policy:
    """Return the policy a command works under."""
    return read_policy(find_input(policy or policy_for(workbook)))


def shell_quoted(path: Path) -> str:
    """Return a path as it is typed in a terminal."""
    return f'"{path}"' if " " in str(path) else str(path)


def or_unchanged(command: Callable[..., int]) -> Callable[..., int]:
    """Let a command that makes reports say that all of them are there, before anything is read."""

    @wraps(command)
    def run(**asked: Any) -> int:
        told = told_unchanged(asked)
        if told and not asked["quiet"]:
            click.echo(told)
        return 0 if told else command(**asked)

    words = "Make again also what is there, from the same inputs."
    return click.option("--again", is_flag=True, help=words)(run)
