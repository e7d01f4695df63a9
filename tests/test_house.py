"""Habits of the whole package that no linter knows."""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from toolkit.files.shipped import ROOT

TOOLKIT = ROOT / "toolkit"
MODULES = sorted(TOOLKIT.rglob("*.py"))
DECIDING = [path for path in MODULES if path.relative_to(TOOLKIT).parts[0] in {"assess", "report"}]
TOLD = {"reason", "rule", "evidence"}  # columns that tell a reader something, and no program
NAMES_OF_RULES = {"rule", "ref", "line", "first", "match"}  # a RuleRef, a RuleLine, a Rule
READS_TEXT = {
    "startswith", "endswith", "partition", "rpartition", "split", "rsplit", "removeprefix",
    "removesuffix", "replace", "find", "index", "strip", "rstrip", "lstrip", "casefold", "lower",
}  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(TOOLKIT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(tree_of(path)))


def is_told(node: ast.AST) -> bool:
    """Whether an expression is the text of a reason, a rule or an evidence."""
    match node:
        case ast.Attribute(attr="str", value=column):
            return is_told(column)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in TOLD
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name in TOLD
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=name), *_]):
            return name in TOLD
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=name), *_]):
            return name in TOLD
        case ast.Call(func=ast.Name(id="str"), args=[whole]) | ast.Subscript(value=whole):
            return is_told(whole)
    return False


def reads_text(node: ast.AST) -> bool:
    """Whether an expression takes a told text apart, or compares it with a text."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=args):
            return any(map(is_told, args))
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
    return getattr(owner, "attr", getattr(owner, "id", "")) in NAMES_OF_RULES


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
        "row.get('reason', '').split('.')",
        "re.search('rule 2', str(row.rule))",
        "str(row.rule).startswith('rule 2,')",
        "reason.partition(': then ')",
        "[row for row in review if row['reason'].endswith('.')]",
    ],
)
def test_a_text_that_is_read_is_noticed(text):
    assert any(map(reads_text, ast.walk(ast.parse(text))))


@pytest.mark.parametrize(
    "text",
    [
        "9 if rule.number == 9 else 0",
        "[m for m in found if m.rule.number < 9]",
        "row.rule.number in ('9', '10')",
        "match.ref.number == '9' and is_open",
        "row.line.number == '9'",
    ],
)
def test_a_number_that_is_asked_is_noticed(text):
    assert any(map(asks_a_number, ast.walk(ast.parse(text))))


@pytest.mark.parametrize(
    "text", ["row.evidence == Evidence.STANDS", "classification.reason[row.Index]", "f'{row.rule}'"]
)
def test_what_is_only_printed_or_compared_with_a_word_of_the_vocabulary_is_left_alone(text):
    assert not any(map(reads_text, ast.walk(ast.parse(text))))


# Types and names

LONG, LONGEST = 300, 500  # lines of a module; a long one says why
SAYS_WHY = "It is long because"
TYPED = [path for path in MODULES if path.relative_to(TOOLKIT).parts[0] in {"assess", "model"}]
IGNORES = 20
IGNORE = re.compile(r"#\s*type:\s*ignore")
REASONED = re.compile(r"# type: ignore\[[a-z, -]+\]  # \w")
SHOWN = "report"  # a room whose functions are named by what they set, as the notebooks call them
SHARED = {  # stems of several modules; the folder says whose: what it is, how it is read, shown
    "catalyst", "costs", "dates", "decisions", "defects", "facts", "goals", "lexicon", "outcomes",
    "policy", "publication", "results", "review", "rules", "scorecard", "scores", "seats", "smart",
    "terms", "values",
}  # fmt: skip


def arguments_of(function: ast.FunctionDef) -> list[ast.arg]:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return [*named, *filter(None, (given.vararg, given.kwarg))]


def annotations_of(node: ast.AST) -> list[ast.expr]:
    """Return what a node says of the types of its variable, its parameters and its result."""
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    if isinstance(node, ast.FunctionDef):
        stated = [argument.annotation for argument in arguments_of(node)]
        return [found for found in (*stated, node.returns) if found]
    return []


def is_bare(annotation: ast.expr) -> bool:
    """Whether an annotation, or one side of it, is a tuple of nobody knows what."""
    match annotation:
        case ast.Name(id="tuple"):
            return True
        case ast.BinOp(left=left, right=right):
            return is_bare(left) or is_bare(right)
    return False


def has_bare_tuple(node: ast.AST) -> bool:
    return any(map(is_bare, annotations_of(node)))


def counts_cells(node: ast.AST) -> bool:
    """Whether a node holds the place of a cell in a row under the name ROW."""
    return isinstance(node, ast.Name) and node.id == "ROW"


def says_any(node: ast.AST) -> bool:
    named = isinstance(node, ast.Name | ast.Attribute | ast.alias)
    return named and "Any" in {getattr(node, part, "") for part in ("id", "attr", "name")}


def comments_of(text: str) -> list[str]:
    """Return the comments of a module, each with its line from the first `#` on."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def ignores_of(text: str) -> list[str]:
    return [comment for comment in comments_of(text) if IGNORE.match(comment)]


def public_functions(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef]:
    """Yield the public functions of a module and the methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.startswith("_"):
            continue
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from public_functions(node)


def one_letter_parameters(tree: ast.Module) -> list[str]:
    return [
        f"{function.name}({argument.arg})"
        for function in public_functions(tree)
        for argument in arguments_of(function)
        if len(argument.arg) == 1
    ]


def twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def classes_of(tree: ast.Module) -> list[str]:
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def functions_of(tree: ast.Module) -> list[str]:
    """Return the names under which other modules may call the functions of a module."""
    found = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [name for name in found if not name.startswith("_")]


def says_why_it_is_long(text: str) -> bool:
    length = len(text.splitlines())
    told = " ".join((ast.get_docstring(ast.parse(text)) or "").split())
    return length <= LONG or (length <= LONGEST and SAYS_WHY in told)


def own_names(node: ast.stmt) -> list[str]:
    """Return the private names that a statement at the top of a module makes."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            made = [name]
        case ast.Assign() | ast.AnnAssign():
            made = [part.id for part in ast.walk(node) if is_made(part)]
        case _:
            made = []
    return [name for name in made if name.startswith("_") and not name.startswith("__")]


def is_made(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def uses_of(node: ast.AST) -> set[str]:
    """Return the names that a statement uses, those in annotations put in quotes too."""
    parts = list(ast.walk(node))
    names = {part.id for part in parts if isinstance(part, ast.Name) and not is_made(part)}
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return names.union(*(re.findall(r"\w+", text) for text in texts if isinstance(text, str)))


def unused(tree: ast.Module) -> list[str]:
    """Return the private functions, classes and constants that nothing else in a module uses."""
    uses: Mapping[int, set[str]] = {at: uses_of(node) for at, node in enumerate(tree.body)}
    return [
        name
        for at, node in enumerate(tree.body)
        for name in own_names(node)
        if not any(name in used for place, used in uses.items() if place != at)
    ]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_tuple_says_what_it_holds(path):
    assert not [ast.unparse(node) for node in nodes_of(path) if has_bare_tuple(node)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_cell_is_found_by_its_place_in_a_row(path):
    assert not [ast.unparse(node) for node in nodes_of(path) if counts_cells(node)]


@pytest.mark.parametrize("path", TYPED, ids=name_of)
def test_no_type_is_any(path):
    assert not [ast.unparse(node) for node in nodes_of(path) if says_any(node)]


def test_few_types_are_ignored_and_each_for_a_reason():
    ignores = [found for path in TYPED for found in ignores_of(path.read_text("utf-8"))]
    assert len(ignores) <= IGNORES
    assert not [found for found in ignores if not REASONED.match(found)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_parameter_that_others_fill_has_a_name(path):
    assert not one_letter_parameters(tree_of(path))


def test_a_class_has_its_name_alone():
    assert not twice(name for path in MODULES for name in classes_of(tree_of(path)))


def test_a_public_function_has_its_name_alone():
    apart = [path for path in MODULES if path.relative_to(TOOLKIT).parts[0] != SHOWN]
    assert not twice(name for path in apart for name in functions_of(tree_of(path)))


def test_modules_share_a_name_only_where_the_folder_says_whose_it_is():
    stems = [path.stem for path in MODULES if path.stem != "__init__"]
    assert not set(twice(stems)) - SHARED


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_long_module_says_why(path):
    assert says_why_it_is_long(path.read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_is_private_is_used(path):
    assert not unused(tree_of(path))


@pytest.mark.parametrize(
    "text",
    ["def f(cells: tuple): ...", "def f() -> tuple | None: ...", "cells: tuple = ()"],
)
def test_a_bare_tuple_is_noticed(text):
    assert any(map(has_bare_tuple, ast.walk(ast.parse(text))))


@pytest.mark.parametrize("text", ["getattr(row, ROW)", "ROW = 3", "cells[ROW]"])
def test_a_place_in_a_row_is_noticed(text):
    assert any(map(counts_cells, ast.walk(ast.parse(text))))


@pytest.mark.parametrize(
    "text", ["from typing import Any", "def f(row: Any): ...", "rows: list[typing.Any]"]
)
def test_any_is_noticed(text):
    assert any(map(says_any, ast.walk(ast.parse(text))))


@pytest.mark.parametrize("text", ["x = y  # type: ignore", "x = y  # type: ignore[arg-type]"])
def test_a_type_ignored_without_a_reason_is_noticed(text):
    assert ignores_of(text)
    assert not any(map(REASONED.match, ignores_of(text)))


@pytest.mark.parametrize("text", ["def rate(f): ...", "class Row:\n def cell(self, *, c): ..."])
def test_a_parameter_of_one_letter_is_noticed(text):
    assert one_letter_parameters(ast.parse(text))


def test_a_name_given_twice_is_noticed():
    assert twice(classes_of(ast.parse("class Match: ...\nclass Match: ..."))) == ["Match"]
    assert twice(functions_of(ast.parse("def wording(): ...\ndef wording(): ..."))) == ["wording"]


def test_a_long_module_that_does_not_say_why_is_noticed():
    assert not says_why_it_is_long("x = 1\n" * (LONG + 1))
    assert not says_why_it_is_long(f'"""{SAYS_WHY} of all."""\n' + "x = 1\n" * LONGEST)


@pytest.mark.parametrize("text", ["_LIMIT = 3", "def _add(): return _add()", "class _Case: ..."])
def test_what_nothing_uses_is_noticed(text):
    assert unused(ast.parse(text))
