"""Files, functions, parameter lists and packages stay small enough to be read at once."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, inspect, python_files

FILE_LINES, FILE_LINES_AT_ALL = 300, 500
FUNCTION_LINES = 40
POSITIONAL = 5
MODULES = 12


def long_functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{node.name} has {lines} lines"


def wide_functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            count = len(names) - (names[:1] in (["self"], ["cls"]))
            if count > POSITIONAL:
                yield f"{node.name} takes {count} positional parameters"


def crowded_packages(modules: Iterable[Path]) -> list[str]:
    """Packages with more than twelve modules; the package's own page is not counted."""
    counts = Counter(path.parent for path in modules if path.name != "__init__.py")
    return [f"{package.as_posix()} has {count} modules" for package, count in counts.items() if count > MODULES]


def long_files(lengths: Iterable[tuple[Path, int]]) -> list[str]:
    """Files beyond the limit of their place: 300 lines in the program, 500 anywhere."""
    return [
        f"{path.as_posix()} has {lines} lines"
        for path, lines in lengths
        if lines > (FILE_LINES if path.parts[0] == "app" else FILE_LINES_AT_ALL)
    ]


def test_files_are_short() -> None:
    lengths = [(path, len((ROOT / path).read_text(encoding="utf-8").splitlines())) for path in python_files("")]
    assert long_files(lengths) == []


def test_functions_are_short() -> None:
    assert inspect(python_files("app/", "benchmarks/", "scripts/", "tests/"), long_functions) == []


def test_parameter_lists_are_short() -> None:
    assert inspect(python_files("app/", "benchmarks/", "scripts/", "tests/"), wide_functions) == []


def test_packages_are_small() -> None:
    assert crowded_packages(python_files("app/")) == []


def test_a_long_file_is_reported() -> None:
    found = long_files(
        [(Path("app/a.py"), 301), (Path("app/b.py"), 300), (Path("tests/c.py"), 500), (Path("d.py"), 501)]
    )
    assert found == ["app/a.py has 301 lines", "d.py has 501 lines"]


def test_a_long_function_is_reported() -> None:
    body = "    pass\n"
    tree = ast.parse(f"def fits():\n{body * 39}\nclass A:\n  async def long(self):\n{body * 40}")
    assert list(long_functions(tree)) == ["long has 41 lines"]


def test_a_wide_function_is_reported() -> None:
    tree = ast.parse("def wide(a, b, c, d, e, f): ...\nclass A:\n  def fits(self, a, b, c, d, e, *, f): ...")
    assert list(wide_functions(tree)) == ["wide takes 6 positional parameters"]


def test_a_crowded_package_is_reported() -> None:
    modules = [Path(f"app/{package}/m{i}.py") for package, count in (("a", 13), ("b", 12)) for i in range(count)]
    assert crowded_packages([*modules, Path("app/b/__init__.py")]) == ["app/a has 13 modules"]
