"""Habits of the whole package that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.files.opening import ROOT

TOOLKIT = ROOT / "toolkit"
MODULES = sorted(TOOLKIT.rglob("*.py"))
DECIDING = [path for path in MODULES if path.relative_to(TOOLKIT).parts[0] in {"assess", "report"}]
TOLD = {"reason", "rule", "evidence"}  # columns that tell a reader something, and no program
READS_TEXT = {
    "startswith", "endswith", "partition", "rpartition", "split", "rsplit", "removeprefix",
    "removesuffix", "replace", "find", "index", "strip", "rstrip", "lstrip", "casefold", "lower",
}  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(TOOLKIT).as_posix()


def nodes_of(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def is_told(node: ast.AST) -> bool:
    """Whether an expression is the text of a reason, a rule or an evidence."""
    match node:
        case ast.Attribute(attr="str", value=column):
            return is_told(column)
        case ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name in TOLD
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=name), *_]):
            return name in TOLD
        case ast.Call(func=ast.Name(id="str"), args=[whole]) | ast.Subscript(value=whole):
            return is_told(whole)
    return False


def reads_text(node: ast.AST) -> bool:
    """Whether an expression takes a told text apart, or compares it with a text."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name, value=text)):
            return name in READS_TEXT and is_told(text)
        case ast.Subscript(value=text, slice=ast.Slice() | ast.Constant(value=int())):
            return is_told(text)
        case ast.Compare(left=left, comparators=others):
            sides = [left, *others]
            texts = [s for s in sides if isinstance(s, ast.Constant) and isinstance(s.value, str)]
            return bool(texts) and any(map(is_told, sides))
    return False


def conditions(node: ast.AST) -> list[ast.AST]:
    """Return what a node lets the flow depend on."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return [test]
        case ast.comprehension(ifs=tests):
            return tests
        case ast.Compare() | ast.BoolOp():
            return [node]
        case ast.Match(subject=subject):
            return [subject]
    return []


def is_rule_number(node: ast.AST) -> bool:
    """Whether an expression is the number of a rule."""
    if not isinstance(node, ast.Attribute) or node.attr != "number":
        return False
    owner = node.value
    return getattr(owner, "attr", getattr(owner, "id", "")) in {"rule", "ref", "first", "match"}


def asks_a_number(node: ast.AST) -> bool:
    return any(is_rule_number(part) for test in conditions(node) for part in ast.walk(test))


@pytest.mark.parametrize("path", DECIDING, ids=name_of)
def test_no_program_reads_what_is_told_to_people(path):
    assert not [ast.unparse(node) for node in nodes_of(path) if reads_text(node)]


@pytest.mark.parametrize("path", DECIDING, ids=name_of)
def test_nothing_hangs_on_the_number_of_a_rule(path):
    assert not [ast.unparse(node) for node in nodes_of(path) if asks_a_number(node)]


@pytest.mark.parametrize(
    "text",
    [
        "row.rule.startswith('rule 2,')",
        "str(getattr(row, 'rule', '')).startswith('rule 2,')",
        "row.reason.partition(': then ')[0]",
        "row['reason'][:1]",
        "row.reason[0].upper()",
        "review.reason.str.endswith('.')",
        "'On condition' in row.reason",
        "row.rule == 'rule 2, Sunset'",
    ],
)
def test_a_text_that_is_read_is_noticed(text):
    assert any(map(reads_text, ast.walk(ast.parse(text))))


@pytest.mark.parametrize(
    "text", ["9 if rule.number == 9 else 0", "[m for m in found if m.rule.number < 9]"]
)
def test_a_number_that_is_asked_is_noticed(text):
    assert any(map(asks_a_number, ast.walk(ast.parse(text))))


@pytest.mark.parametrize(
    "text", ["row.evidence == Evidence.STANDS", "classification.reason[row.Index]", "f'{row.rule}'"]
)
def test_what_is_only_printed_or_compared_with_a_word_of_the_vocabulary_is_left_alone(text):
    assert not any(map(reads_text, ast.walk(ast.parse(text))))
