"""Where a bundled file lies: beside the package when installed, at the top of the checkout otherwise.

It decides on places only, and must not know what is inside the files.
"""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]

# What a checkout keeps elsewhere: the manual lies among the documents, where it can be read without the program.
_IN_CHECKOUT: Final = {"manual": _PACKAGE.parent / "docs"}
# A wheel carries the files inside the package; a checkout and the PyInstaller folder carry them beside it.
PLACES: Final = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def resource(*parts: str, places: tuple[Path, ...] = PLACES) -> Path:
    """Path of a bundled file or folder, as in ``resource("templates", "rugao-2024.toml")``.

    Raises FileNotFoundError, naming the relative path, when no place has it.
    """
    for place in (*places, *(_IN_CHECKOUT[name] for name in parts[:1] if name in _IN_CHECKOUT)):
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"resources/{'/'.join(parts)}")
