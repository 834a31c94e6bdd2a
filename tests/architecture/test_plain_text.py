"""What users type is never taken for markup: labels, message boxes and tips are made in one place each, as plain text."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import inspect, python_files

LABELS = Path("app/ui/look/labels.py")
BOXES = Path("app/ui/asking.py")


def _called(node: ast.Call) -> str:
    """The last name of what is called, and the class before it: "QLabel", "QMessageBox.warning", "setToolTip"."""
    match node.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id="QMessageBox" | "QToolTip" as owner), attr=name):
            return f"{owner}.{name}"
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_plain(text: ast.expr) -> bool:
    """Whether it is a sentence of the program's own, or went through `plain_tip`."""
    match text:
        case ast.Constant() | ast.Call(func=ast.Name(id="plain_tip")):
            return True
        case ast.Name(id=name):
            return name.isupper()
        case ast.IfExp(body=body, orelse=other):
            return _is_plain(body) and _is_plain(other)
        case _:
            return False


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    return ((_called(node), node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def labels_made(tree: ast.Module) -> Iterator[str]:
    for name, node in calls(tree):
        if name == "QLabel":
            yield f"line {node.lineno} makes a label"
    for kind in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        is_label = any(ast.unparse(base) == "QLabel" for base in kind.bases)
        if is_label and "setTextFormat(Qt.TextFormat.PlainText)" not in ast.unparse(kind):
            yield f"line {kind.lineno} has labels that take markup"


def boxes_made(tree: ast.Module) -> Iterator[str]:
    return (f"line {node.lineno} asks by itself" for name, node in calls(tree) if name.startswith("QMessageBox"))


def loose_tips(tree: ast.Module) -> Iterator[str]:
    for name, node in calls(tree):
        place = {"setToolTip": len(node.args) - 1, "QToolTip.showText": 1}.get(name)
        if place is not None and not _is_plain(node.args[place]):
            yield f"line {node.lineno} shows {ast.unparse(node.args[place])}"


def test_labels_are_made_in_one_place() -> None:
    assert inspect((path for path in python_files("app/") if path != LABELS), labels_made) == []


def test_messages_are_shown_in_one_place() -> None:
    assert inspect((path for path in python_files("app/") if path != BOXES), boxes_made) == []


def test_tips_show_what_was_typed_as_it_is() -> None:
    assert inspect(python_files("app/"), loose_tips) == []


def test_what_breaks_the_rules_is_found() -> None:
    tree = ast.parse(
        "QLabel(unit)\n"
        "class Loud(QLabel): pass\n"
        "QMessageBox.warning(None, unit)\n"
        "item.setToolTip(0, unit)\n"
        "QToolTip.showText(place, f'{unit}')\n"
    )
    assert list(labels_made(tree)) == ["line 1 makes a label", "line 2 has labels that take markup"]
    assert list(boxes_made(tree)) == ["line 3 asks by itself"]
    assert list(loose_tips(tree)) == ["line 4 shows unit", "line 5 shows f'{unit}'"]
