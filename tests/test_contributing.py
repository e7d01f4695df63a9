"""CONTRIBUTING.md shows code that stands in the project, and sends nobody where nothing is."""

import re

import pytest

from toolkit.files.shipped import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
BLOCK = re.compile(r"`([^`\n]+)`[^`\n]*\n\n?```\w*\n(.*?)```", re.DOTALL)  # its file, its text
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
IS_PATH = re.compile(r"[\w.*/-]*/[\w.*/-]*|[\w*-]+\.(md|py|toml|ipynb|csv)|Makefile")


def spans(text: str) -> list[str]:
    """Return what stands in backticks, code blocks apart."""
    return SPAN.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def paths_in(text: str) -> list[str]:
    return [span for span in spans(text) if IS_PATH.fullmatch(span)]


def targets_in(text: str) -> list[str]:
    return [span.removeprefix("make ") for span in spans(text) if span.startswith("make ")]


def names_in(text: str) -> list[str]:
    """Return what is to be looked for in a file: what is neither a path nor a command."""
    commands = ("make ", "partnerships ", "pre-commit ")
    found = (span for span in spans(text) if not span.startswith(commands))
    return [span for span in found if not IS_PATH.fullmatch(span)]


def missing_paths(text: str) -> set[str]:
    return {path for path in paths_in(text) if not any(ROOT.glob(path.rstrip("/")))}


def missing_targets(text: str) -> set[str]:
    return {name for name in targets_in(text) if f"\n{name}:" not in MAKEFILE}


def missing_code(text: str) -> set[str]:
    """Return the files that do not hold the block they are named before."""
    return {
        path for path, code in BLOCK.findall(text) if code not in (ROOT / path).read_text("utf-8")
    }


def missing_names(line: str) -> set[str]:
    """Return what a line of the map says to look for, and none of its files holds."""
    found = [path for name in paths_in(line) for path in ROOT.glob(name) if path.is_file()]
    held = "".join(path.read_text("utf-8") for path in found)
    return {name for name in names_in(line) if name not in held}


MAP = [line for line in TEXT.splitlines() if line.startswith("| ")]


def test_the_page_shows_code_and_names_paths_and_targets():
    assert TEXT.count("\n```") == 2 * len(BLOCK.findall(TEXT)) > 0
    assert paths_in(TEXT)
    assert targets_in(TEXT)
    assert any(map(names_in, MAP))


def test_every_path_exists():
    assert not missing_paths(TEXT)


def test_every_target_is_in_the_makefile():
    assert not missing_targets(TEXT)


def test_every_block_of_code_is_cut_from_the_file_it_names():
    assert not missing_code(TEXT)


@pytest.mark.parametrize("line", MAP)
def test_what_a_line_says_to_look_for_stands_in_a_file_it_names(line):
    assert not missing_names(line)


def test_what_is_not_there_is_noticed():
    assert missing_paths("see `toolkit/model/none.py` and `NONE.md`") == {
        "toolkit/model/none.py",
        "NONE.md",
    }
    assert missing_targets("`make tea`") == {"tea"}
    assert missing_code("`Makefile`:\n\n```make\ntea:\n```\n") == {"Makefile"}
    assert missing_names("| tea | `TEA` in `Makefile` |") == {"TEA"}
