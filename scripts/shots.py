"""Pictures of every page and dialog, in light, in dark, at 200 % and in 16 pt, into build/shots; the manual shows the same ones.

`make shots` runs it. What is photographed stands in `scripts/scenes.py`. Clock, data and folders are the same at every run. Says
which texts are cut and which dialogs do not fit the smallest screen. A text that its own tip says in full does not count as cut.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.ui.look.labels import plain_tip
from scripts.scenes import SCENES, Stage

SCREEN: Final = (1366, 768)
# Folder, theme, scale, points.
SETS: Final = (
    ("light", "light", "1", "10"),
    ("dark", "dark", "1", "10"),
    ("200", "light", "2", "10"),
    ("16pt", "light", "1", "16"),
)
ROOT: Final = Path(__file__).parents[1]
HOME: Final = Path(gettempdir()) / "用户"  # what dialogs offer as a place
TARGET: Final = ROOT / "build" / "shots"


def main() -> int:
    """All sets, each in a process of its own, for the scale is one of a whole process. Arguments name the scenes that are wanted."""
    with TemporaryDirectory() as name:
        codes = [
            subprocess.call(
                [sys.executable, "-m", "scripts.shots", *each, *sys.argv[1:]], env=_surroundings(each[2], name)
            )
            for each in SETS
        ]
    print(f"{TARGET.relative_to(ROOT)}")
    return max(codes)


def _surroundings(scale: str, folder: str) -> dict[str, str]:
    """A screen of the smallest size there is, as large in dots as the scale makes it, and a home that is nobody's."""
    width, height = (side * int(scale) for side in SCREEN)
    screen = {
        "name": "s",
        "x": 0,
        "y": 0,
        "width": width,
        "height": height,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    path = Path(folder) / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={path}",
        "QT_SCALE_FACTOR": scale,
        "QT_LOGGING_RULES": "*.warning=false",
        "HOME": str(HOME),
        "TZ": "Asia/Shanghai",
    }


def shoot_set(folder: Path, scheme: str, points: int, wanted: list[str]) -> int:
    """Make the pictures of one set; the number of texts that are cut, at most 1 as an exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    stage = Stage(HOME, scheme, points)
    found = [problem for shot in shoot(stage, folder, wanted) for problem in shot]
    stage.close()
    shutil.rmtree(HOME)
    print("\n".join((f"{folder.name}: {len(found)} problems", *found)))
    return int(bool(found))


def shoot(stage: Stage, folder: Path, wanted: list[str]) -> Iterator[list[str]]:
    """Go to every scene in its order and save what is in front there."""
    for name, arrive in SCENES:
        found: list[str] = []

        def save(widget: QWidget, path: Path = folder / f"{name}.png", found: list[str] = found) -> None:
            if not wanted or path.stem in wanted:
                widget.grab().save(str(path))
                found += [f"{path.name}: {problem}" for problem in find_problems(widget)]

        stage.visit(arrive, save)
        yield found


def find_problems(window: QWidget) -> Iterator[str]:
    """Texts that are cut, and a window that is too large."""
    if window.width() > SCREEN[0] or window.height() > SCREEN[1]:
        yield f"{window.width()} × {window.height()} is too large"
    for label in window.findChildren(QLabel):
        wide, high = label.width(), label.height()
        needs = label.heightForWidth(wide) if label.wordWrap() else label.sizeHint().height()
        is_narrow = not label.wordWrap() and label.sizeHint().width() > wide + 1
        is_told = label.toolTip() == plain_tip(label.text())
        if label.isVisible() and label.text() and not is_told and (needs > high + 1 or is_narrow):
            yield f"cut: {label.text()[:30]!r}"
    for button in window.findChildren(QAbstractButton):
        least = button.minimumSizeHint() if button.sizePolicy().hasHeightForWidth() else button.sizeHint()
        if button.isVisible() and button.text() and least.width() > button.width() + 1:
            yield f"cut: {button.text()!r}"


if __name__ == "__main__":
    chosen = next((each for each in SETS if list(each) == sys.argv[1 : 1 + len(each)]), None)
    if chosen is not None:
        name, theme, _, size = chosen
        sys.exit(shoot_set(TARGET / name, theme, int(size), sys.argv[1 + len(chosen) :]))
    sys.exit(main())
