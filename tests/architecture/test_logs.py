"""The rules of tests/conftest.py, tried on tests that break them."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytest_plugins = ["pytester"]

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
