"""What the commands have in common: options that mean the same everywhere."""

from pathlib import Path

import click

from toolkit.files.opening import DEFAULT_POLICY, find_input, policy_for
from toolkit.files.policy import read_policy
from toolkit.model.policy import Policy

YEARS = click.IntRange(1950, 2200)
POLICY_HELP = f"Policy file. [default: policy.toml beside the workbook, else {DEFAULT_POLICY}]"
POLICY = click.option("--policy", default="", help=POLICY_HELP)


def policy_of(workbook: str, policy: str) -> Policy:
    """Return the policy a command works under."""
    return read_policy(find_input(policy or policy_for(workbook)))


def shell_quoted(path: Path) -> str:
    """Return a path as it is typed in a terminal."""
    return f'"{path}"' if " " in str(path) else str(path)
