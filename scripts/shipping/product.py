"""What the program is called and which version it is: the one place that every package takes it from.

Decides names and where built things lie. The version is the program's own; nothing here may import Qt.
"""

import os
from pathlib import Path
from typing import Final

from app import VERSION

ROOT: Final = Path(__file__).resolve().parents[2]
NAME: Final = "jixiao"
TITLE: Final = "绩效自评"
DESCRIPTION: Final = "部门整体支出绩效自评价表填报"
SUMMARY: Final = "performance self-evaluation forms of Chinese public units, offline"
MAINTAINER: Final = f"{TITLE} <{NAME}@localhost>"  # no address is published yet
ICONS: Final = ROOT / "resources" / "icons" / "program"
FOLDER: Final = ROOT / "dist" / NAME
PROGRAM: Final = FOLDER / (f"{NAME}.exe" if os.name == "nt" else NAME)
GENERATED: Final = ROOT / "build" / "shipping"
# Windows tells programs apart by it, for ever: an installer with another one would not replace an older version.
WINDOWS_ID: Final = "EB0B0A49-806F-43F9-BE17-7B34A3158DA0"


def version_numbers(version: str = VERSION) -> tuple[int, int, int, int]:
    """The four numbers that Windows wants."""
    first, second, third = map(int, version.split("."))
    return first, second, third, 0


def version_resource() -> str:
    """What the properties of the .exe say, in the form PyInstaller reads."""
    strings = {
        "FileDescription": TITLE,
        "FileVersion": VERSION,
        "InternalName": NAME,
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": f"{TITLE} {DESCRIPTION}",
        "ProductVersion": VERSION,
    }
    said = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    numbers = version_numbers()
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),\n"
        f"  kids=[StringFileInfo([StringTable('080404b0', [{said}])]),\n"
        f"    VarFileInfo([VarStruct('Translation', [0x0804, 1200])])])\n"
    )


def installer_lines() -> str:
    """The names that the Inno Setup script includes."""
    texts = {"Name": NAME, "Title": TITLE, "Description": DESCRIPTION, "Version": VERSION, "Id": WINDOWS_ID}
    return "".join(f'#define {name} "{text}"\n' for name, text in texts.items())


def main() -> None:
    """Write what other programs read of this: Inno Setup's lines and PyInstaller's version resource."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    # Inno Setup takes a file for UTF-8 only with the mark in front.
    (GENERATED / "product.iss").write_text(installer_lines(), encoding="utf-8-sig")
    (GENERATED / "version.txt").write_text(version_resource(), encoding="utf-8")


if __name__ == "__main__":
    main()
