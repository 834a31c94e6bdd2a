"""The rules of tests/conftest.py, tried on tests that break them; and log calls say fixed sentences."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import ROOT, inspect, python_files

pytest_plugins = ["pytester"]

LEVELS: Final = frozenset({"debug", "info", "warning", "error", "critical", "exception", "log"})

UNRULY = """
import logging
import pytest

def test_loud(): logging.getLogger("x").warning("lost")
def test_quiet(): logging.getLogger("x").info("fine")
@pytest.mark.expected_logs
def test_meant(): logging.getLogger("x").error("meant")
def test_deprecated(): import warnings; warnings.warn("old")
def test_qt():
    from PySide6.QtCore import qWarning
    qWarning("broken")
"""


def test_logs_warnings_and_qt_messages_fail(pytester: pytest.Pytester) -> None:
    for name in ("pyproject.toml", "tests/conftest.py"):
        (pytester.path / Path(name).name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    pytester.makepyfile(UNRULY)

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", ".")

    result.assert_outcomes(passed=3, failed=2, errors=1)
    result.stdout.fnmatch_lines_random(["ERROR *test_loud*", "FAILED *test_deprecated*", "FAILED *test_qt*"])


def loose_log_calls(tree: ast.Module) -> Iterator[str]:
    """Log calls whose message is put together before, prints with %r, or fills in a whole exception."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="_log" | "_LOG"), attr=attribute)) if (
                attribute in LEVELS
            ):
                message, *values = node.args[1:] if attribute == "log" else node.args
            case _:
                continue
        is_fixed = isinstance(message, ast.Constant) and "%r" not in str(message.value)
        if not is_fixed or any(isinstance(value, ast.Name) and value.id in ("error", "failure") for value in values):
            yield f"line {node.lineno} logs {ast.unparse(node)}"


def test_log_calls_say_fixed_sentences() -> None:
    assert inspect(python_files("app/"), loose_log_calls) == []


def test_a_loose_log_call_is_reported() -> None:
    lines = (
        '_log.error("a %s", type(error).__name__)',
        '_log.error(f"a {x}")',
        '_log.warning("a %r", x)',
        '_LOG.exception("a %s", error)',
        '_log.log(level, "a" + x)',
        '_log.log(level, "a %s", code)',
    )
    found = list(loose_log_calls(ast.parse("\n".join(lines))))
    assert [each.split()[1] for each in found] == ["2", "3", "4", "5"]
