"""Where the files that come with the toolkit stand: beside the package in a wheel, else in a clone.

Notebooks, policies, lexicon and workbooks have their home at the top of the clone, in `notebooks/`
and `data/`; a wheel holds them in the package, in `toolkit/shipped/`.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
IN_WHEEL = PACKAGE / "shipped"
ROOT = IN_WHEEL if IN_WHEEL.is_dir() else PACKAGE.parent


def find_shipped(name: str) -> Path:
    """Return where a file that comes with the toolkit stands, such as `data/policy.toml`."""
    return ROOT / name
