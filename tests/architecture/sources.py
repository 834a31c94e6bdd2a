"""The project's own files, as the architecture tests read them."""

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDERS: Final = (".ci", "app", "benchmarks", "docs", "packaging", "resources", "scripts", "tests")


def iterate_files() -> Iterator[Path]:
    """Every file of the project, relative to its top; nothing that was built or installed."""
    # In a work tree of its own .git is a file, which names a place.
    places = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for folder in FOLDERS:
        places.extend((ROOT / folder).rglob("*"))
    return (path.relative_to(ROOT) for path in places if path.is_file() and "__pycache__" not in path.parts)


def python_files(*folders: str) -> list[Path]:
    """The Python files below some folders of the project, in order."""
    return sorted(path for path in iterate_files() if path.suffix == ".py" and path.as_posix().startswith(folders))


def inspect(paths: Iterable[Path], checker: Callable[[ast.Module], Iterable[str]]) -> list[str]:
    """What a checker of syntax trees finds, as ``path: finding``."""
    return [
        f"{path.as_posix()}: {finding}"
        for path in paths
        for finding in checker(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    ]
