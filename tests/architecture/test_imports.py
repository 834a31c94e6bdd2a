"""The contracts between rooms hold, and break when somebody walks through a wall."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, inspect, python_files

LAYERS = "A room imports only from rooms below it"
CYCLES = "No cycles between siblings at any depth"


def check_contracts(folder: Path) -> "subprocess.CompletedProcess[str]":
    script = "import sys; from importlinter.cli import lint_imports; sys.path.insert(0, ''); "
    script += "sys.exit(lint_imports(no_cache=True, no_logo=True))"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def foreign_imports(tree: ast.Module) -> Iterator[str]:
    """Imports that are neither of the standard library nor of the form itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names = [alias.name for alias in aliases]
            case ast.ImportFrom(module=module, level=level):
                names = ["." * level + (module or "")]
            case _:
                continue
        for name in names:
            if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("app.form."):
                yield f"line {node.lineno} imports {name}"


def test_the_contracts_hold() -> None:
    finished = check_contracts(ROOT)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_the_form_needs_only_the_standard_library() -> None:
    assert inspect(python_files("app/form/"), foreign_imports) == []


def test_a_foreign_import_is_reported() -> None:
    tree = ast.parse(
        "import json\nimport attrs\nfrom app.form.rows import Cover\nfrom app.formal import x\nfrom . import y"
    )
    assert list(foreign_imports(tree)) == ["line 2 imports attrs", "line 4 imports app.formal", "line 5 imports ."]


@pytest.mark.parametrize(
    ("module", "statement", "broken"),
    [
        ("form/trespasser", "import app.scoring", LAYERS),
        ("scoring/trespasser", "import app.review", LAYERS),
        ("sheet/trespasser", "import app.models", LAYERS),
        ("models/trespasser", "import app.sheet", LAYERS),
        ("newcomer", "import app.form", LAYERS),
        ("form/trespasser", "import app.form.accomplice", CYCLES),
        ("editing/trespasser", "from PySide6.QtCore import QObject", "Qt only in ui and bootstrap"),
        ("ui/trespasser", "import sqlite3", "The database only in models"),
        ("ui/trespasser", "import pypdfium2", "Office, PDF and font libraries only in sheet"),
        ("editing/trespasser", "import typer", "Typer only in the command line"),
    ],
)
def test_a_trespasser_is_reported(tmp_path: Path, module: str, statement: str, broken: str) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "app" / f"{module}.py").write_text(f"{statement}\n", encoding="utf-8")
    (tmp_path / "app" / "form" / "accomplice.py").write_text("import app.form.trespasser\n", encoding="utf-8")

    finished = check_contracts(tmp_path)

    assert finished.returncode == 1, finished.stdout + finished.stderr
    assert f"{broken} BROKEN" in finished.stdout
