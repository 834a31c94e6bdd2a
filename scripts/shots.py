"""Pictures of every page and dialog, in light, in dark and at 200 %, into build/shots; the manual shows the same ones.

`make shots` runs it. What is photographed stands in `scripts/scenes.py`. Clock, data and folders are the same at every run. Says
which texts are cut and which dialogs do not fit the smallest screen.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from scripts.scenes import SCENES, Stage

SCREEN: Final = (1366, 768 - 60)  # without the task bar
POINTS: Final = 10
# Folder, theme, scale.
SETS: Final = (("light", "light", "1"), ("dark", "dark", "1"), ("200", "light", "2"))
ROOT: Final = Path(__file__).parents[1]
HOME: Final = Path(gettempdir()) / "用户"  # what dialogs offer as a place
TARGET: Final = ROOT / "build" / "shots"


def main() -> int:
    """All sets, each in a process of its own, for the scale is one of a whole process. Names after the command choose scenes."""
    codes = [
        subprocess.call([sys.executable, "-m", "scripts.shots", *each, *sys.argv[1:]], env=_surroundings(each[2]))
        for each in SETS
    ]
    print(f"{TARGET.relative_to(ROOT)}")
    return max(codes)


def _surroundings(scale: str) -> dict[str, str]:
    fixed = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "HOME": str(HOME), "TZ": "Asia/Shanghai"}
    return {**os.environ, **fixed, "QT_LOGGING_RULES": "*.warning=false"}


def shoot_set(folder: Path, scheme: str, wanted: list[str]) -> int:
    """Make the pictures of one set; the number of texts that are cut, at most 1 as an exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    HOME.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        stage = Stage(Path(name), scheme, POINTS)
        found = [problem for shot in shoot(stage, folder, wanted) for problem in shot]
        stage.close()
    print("\n".join((f"{folder.name}: {len(found)} problems", *found)))
    return int(bool(found))


def shoot(stage: Stage, folder: Path, wanted: list[str]) -> Iterator[list[str]]:
    """Go to every scene in its order and save what is in front there."""
    for number, (name, arrive) in enumerate(SCENES, 1):
        found: list[str] = []

        def save(widget: QWidget, path: Path = folder / f"{number:02}-{name}.png", found: list[str] = found) -> None:
            if not wanted or path.stem[3:] in wanted:
                widget.grab().save(str(path))
                found += [f"{path.name}: {problem}" for problem in find_problems(widget)]

        stage.visit(arrive, save)
        yield found


def find_problems(window: QWidget) -> Iterator[str]:
    """Texts that are cut, and a window that is too large."""
    if window.width() > SCREEN[0] or window.height() > SCREEN[1] + 60 * window.isMaximized() + 60:
        yield f"{window.width()} × {window.height()} is too large"
    for label in window.findChildren(QLabel):
        wide, high = label.width(), label.height()
        needs = label.heightForWidth(wide) if label.wordWrap() else label.sizeHint().height()
        is_narrow = not label.wordWrap() and label.sizeHint().width() > wide + 1
        if label.isVisible() and label.text() and (needs > high + 1 or is_narrow):
            yield f"cut: {label.text()[:30]!r}"
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.sizeHint().width() > button.width() + 1:
            yield f"cut: {button.text()!r}"


if __name__ == "__main__":
    if sys.argv[1:4] in [list(each) for each in SETS]:
        sys.exit(shoot_set(TARGET / sys.argv[1], sys.argv[2], sys.argv[4:]))
    sys.exit(main())
