"""Takes the pictures that the manual names, in the light theme and in a window that is readable on paper, small as files.

A picture is the scene of its name in `scripts/scenes.py`.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image, ImageOps

from app.ui.manual.chapters import PICTURES, list_chapters

ROOT: Final = Path(__file__).parents[2]
MANUAL: Final = ROOT / "docs" / "manual"
TARGET: Final = MANUAL / PICTURES
NAMED: Final = re.compile(r"!\[[^\]]*\]\(pictures/([\w-]+)\.png\)")
SIZE: Final = (1180, 660)  # of the window: its text can be read on A4, and two fit on a page
SCALE: Final = 1.5
COLOURS: Final = 256  # by coverage: the few dots of a small mark keep their colour
FRAME: Final = "#b4bac2"  # a window on paper has no shadow
INCH: Final = 96  # dots of an unscaled picture


def name_pictures() -> list[str]:
    """The pictures in the order in which the chapters show them, each once."""
    return list(dict.fromkeys(name for chapter in list_chapters(MANUAL) for name in NAMED.findall(chapter.text)))


def take_pictures() -> None:
    """Take them in a process of its own, for the scale is one of a whole process; the ones no longer named go."""
    wanted = name_pictures()
    with TemporaryDirectory() as name:
        command = [sys.executable, "-m", "scripts.manual.pictures", name, *wanted]
        subprocess.run(command, env=_surroundings(), cwd=ROOT, check=True)
        taken = {path.stem: path for path in Path(name).glob("*.png")}
        if missing := [wish for wish in wanted if wish not in taken]:
            sys.exit(f"no scene in scripts/scenes.py is called {', '.join(missing)}")
        TARGET.mkdir(parents=True, exist_ok=True)
        for old in TARGET.glob("*.png"):
            old.unlink()
        for wish in wanted:
            _make_small(taken[wish], TARGET / f"{wish}.png")


def _surroundings() -> dict[str, str]:
    from scripts.shots import HOME  # noqa: PLC0415  # it loads the program

    fixed = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(SCALE), "HOME": str(HOME), "TZ": "Asia/Shanghai"}
    return {**os.environ, **fixed, "QT_LOGGING_RULES": "*.warning=false"}


def _make_small(source: Path, target: Path) -> None:
    """A palette instead of all colours: a window has few. The dots per inch say how large it was on the screen."""
    with Image.open(source) as picture:
        framed = ImageOps.expand(picture.convert("RGB").crop((1, 1, picture.width - 1, picture.height - 1)), 1, FRAME)
        few = framed.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(target, optimize=True, dpi=(INCH * SCALE, INCH * SCALE))


def _shoot(folder: Path, wanted: list[str]) -> Iterator[str]:
    """What this process does: go to every scene, save the wanted ones."""
    from app.ui.look.appearance import POINTS  # noqa: PLC0415  # it loads the program
    from scripts.scenes import Stage  # noqa: PLC0415  # the same
    from scripts.shots import HOME, shoot  # noqa: PLC0415  # the same

    HOME.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        stage = Stage(Path(name), "light", POINTS)
        stage.window.resize(*SIZE)
        for problems in shoot(stage, folder, wanted):
            yield from problems
        stage.close()


if __name__ == "__main__":
    print("\n".join(_shoot(Path(sys.argv[1]), sys.argv[2:])))
