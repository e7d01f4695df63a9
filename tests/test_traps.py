"""Every trap of the domain is a named test, so that none is forgotten."""

import re

from toolkit.files.shipped import ROOT

TRAPS = range(1, 36)


def test_each_trap_has_a_test_that_bears_its_number():
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = {int(number) for number in re.findall(r"def test_trap_(\d+)_", text)}
    assert sorted(set(TRAPS) - named) == []
