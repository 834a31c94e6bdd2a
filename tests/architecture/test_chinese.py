"""What the user reads is Chinese and stands in few places; everywhere else the program is written in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.sources import inspect, python_files

HAN: Final = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
NAMES: Final = frozenset({"sentences.py", "captions.py"})
FILES: Final = frozenset({"app/cli.py", "app/form/vocabulary.py"})


def is_for_readers(path: Path) -> bool:
    """Whether this module may speak Chinese."""
    return path.name in NAMES or path.as_posix() in FILES or path.as_posix().startswith("app/ui/")


def chinese_literals(tree: ast.Module) -> Iterator[str]:
    """String literals with Chinese characters; a string that stands alone is a docstring."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in alone:
            continue
        if HAN.search(node.value):
            yield f"line {node.lineno} says {node.value!r}"


def test_chinese_text_stands_only_where_readers_are_addressed() -> None:
    assert inspect([path for path in python_files("app/") if not is_for_readers(path)], chinese_literals) == []


def test_a_chinese_literal_is_reported() -> None:
    tree = ast.parse(
        '"""评分"""\n# 得分\nA = "得分"\ndef f(x):\n    """等级"""\n    return f"{x}分"\nB = "～１％。"\nC = "\U0002bbdf"'
    )
    assert sorted(chinese_literals(tree)) == ["line 3 says '得分'", "line 6 says '分'", "line 8 says '\U0002bbdf'"]


def test_only_named_places_address_readers() -> None:
    allowed = ["app/ui/tabs/cover.py", "app/cli.py", "app/sheet/captions.py", "app/review/sentences.py"]
    refused = ["app/form/rows.py", "app/sheet/vocabulary.py", "app/bootstrap.py", "app/editing/captions_of.py"]
    assert [is_for_readers(Path(path)) for path in allowed + refused] == [True] * 4 + [False] * 4
