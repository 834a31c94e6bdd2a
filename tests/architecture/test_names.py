"""Names say what a thing is; every module says what it decides; figures are never binary fractions."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.sources import ROOT, inspect, python_files

EMPTY: Final = re.compile(r"(?i)^(?:manager|helpers?|utils?|utilit(?:y|ies)|data|info|misc|common)$")
EXACT: Final = ("app/form/", "app/scoring/", "app/review/")


def empty_names(path: Path) -> list[str]:
    """Words in the name of a file or its folders that say nothing."""
    words = [word for part in path.with_suffix("").parts for word in part.split("_")]
    return [f"{path.as_posix()}: {word}" for word in words if EMPTY.match(word)]


def empty_class_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(map(EMPTY.match, re.findall("[A-Z][a-z]*", node.name))):
            yield node.name


def missing_docstring(tree: ast.Module) -> list[str]:
    return [] if ast.get_docstring(tree) else ["has no docstring"]


def binary_fractions(tree: ast.Module) -> Iterator[str]:
    """Float literals and conversions to float."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"line {node.lineno} has {node.value!r}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield f"line {node.lineno} calls float"


def test_modules_are_named_after_what_they_hold() -> None:
    assert [finding for path in python_files("app/", "scripts/", "tests/") for finding in empty_names(path)] == []


def test_classes_are_named_after_what_they_are() -> None:
    assert inspect(python_files("app/"), empty_class_names) == []


def test_every_module_says_what_it_decides() -> None:
    paths = [path for path in python_files("app/", "benchmarks/", "scripts/", "tests/") if (ROOT / path).stat().st_size]
    assert inspect(paths, missing_docstring) == []


def test_figures_are_decimal() -> None:
    assert inspect(python_files(*EXACT), binary_fractions) == []


def test_an_empty_name_is_reported() -> None:
    paths = map(Path, ("app/ui/row_helper.py", "app/utils/rows.py", "app/form/database.py", "app/form/rows.py"))
    assert [empty_names(path) for path in paths] == [
        ["app/ui/row_helper.py: helper"],
        ["app/utils/rows.py: utils"],
        [],
        [],
    ]
    assert list(empty_class_names(ast.parse("class FormManager: ...\nclass Database: ..."))) == ["FormManager"]


def test_a_missing_docstring_is_reported() -> None:
    assert missing_docstring(ast.parse("X = 1")) == ["has no docstring"]
    assert missing_docstring(ast.parse('"""Decides."""')) == []


def test_a_binary_fraction_is_reported() -> None:
    tree = ast.parse("a = 1\nb = 0.1\nc = float('1')\nd = Decimal('0.1')")
    assert list(binary_fractions(tree)) == ["line 2 has 0.1", "line 3 calls float"]
