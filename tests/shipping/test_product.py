"""One version, one name, one icon, wherever a package shows them."""

import ast
import configparser
import struct
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from app import VERSION
from app.__main__ import DOCUMENTS
from app.bootstrap import ICON_SIZES
from app.ui.window import TITLE
from scripts.shipping import icons, product
from tests.architecture.sources import ROOT

WINDOWS = ROOT / "packaging" / "windows"
LINUX = ROOT / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_the_window_and_the_packages_have_one_name() -> None:
    assert product.TITLE == TITLE
    assert product.version_numbers("1.20.3") == (1, 20, 3, 0)


def test_the_version_resource_is_what_pyinstaller_reads() -> None:
    """PyInstaller evaluates it with its own classes, which are not installed for tests."""
    tree = ast.parse(product.version_resource(), mode="eval")
    texts = {node.args[0].value: node.args[1].value for node in ast.walk(tree) if is_string_struct(node)}  # type: ignore[attr-defined]
    assert texts["FileDescription"] == TITLE
    assert texts["FileVersion"] == texts["ProductVersion"] == VERSION
    assert texts["OriginalFilename"] == "jixiao.exe"


def is_string_struct(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "StringStruct"


def test_the_installer_takes_name_and_version_from_there() -> None:
    lines = product.installer_lines()
    assert f'#define Version "{VERSION}"\n' in lines
    script = (WINDOWS / "jixiao.iss").read_text(encoding="utf-8-sig")
    assert VERSION not in script
    assert TITLE not in script
    assert product.WINDOWS_ID not in script
    defined = {line.split()[1] for line in lines.splitlines()}
    used = {piece.partition("}")[0] for piece in script.split("{#")[1:]}
    assert used == defined
    assert "AppId={{{#Id}}\n" in script  # the first brace stands for itself


def test_the_installer_is_for_one_user_and_speaks_chinese() -> None:
    script = (WINDOWS / "jixiao.iss").read_bytes()
    assert script.startswith(b"\xef\xbb\xbf")  # else Inno Setup reads it in the code page of the machine
    assert b"PrivilegesRequired=lowest" in script
    words = configparser.ConfigParser(interpolation=None, strict=True)
    words.optionxform = str  # type: ignore[assignment,method-assign]  # as the library's manual says
    words.read_string((WINDOWS / "chinese.isl").read_text(encoding="utf-8-sig"))
    assert words["LangOptions"]["LanguageID"] == "$0804"
    assert {name for name, text in words["Messages"].items() if text.isascii()} == set()


def test_what_was_not_run_says_so() -> None:
    for path in (WINDOWS / "jixiao.iss", WINDOWS / "build.yml"):
        assert "NOT RUN HERE" in path.read_text(encoding="utf-8-sig")
    assert "没有在 Windows 上运行过" in (ROOT / "packaging" / "README.md").read_text(encoding="utf-8")


def test_the_spec_leaves_names_and_choices_to_their_places() -> None:
    spec = (ROOT / "build.spec").read_text(encoding="utf-8")
    assert VERSION not in spec
    for said in ("name=product.NAME", "contents.keep(analysis.binaries)", "*contents.UNUSED", "upx=False"):
        assert said in spec


@pytest.mark.parametrize("size", icons.SIZES)
def test_every_picture_is_the_drawing(size: int) -> None:
    assert QImage(str(icons.picture(size))).convertToFormat(QImage.Format.Format_ARGB32) == icons.draw(size)


def test_windows_gets_the_same_pictures() -> None:
    content = (product.ICONS / "jixiao.ico").read_bytes()
    assert struct.unpack("<HHH", content[:6]) == (0, 1, len(icons.SIZES))
    for number, size in enumerate(icons.SIZES):
        side, *_, length, place = struct.unpack("<BBBBHHII", content[6 + 16 * number : 22 + 16 * number])
        assert side == size % 256
        assert content[place : place + length] == icons.picture(size).read_bytes()


def test_the_window_has_all_sizes() -> None:
    assert icons.SIZES == ICON_SIZES


def test_the_desktop_entry_opens_a_file() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # as above
    entry.read_string((LINUX / "jixiao.desktop").read_text(encoding="utf-8"))
    said = entry["Desktop Entry"]
    assert (said["Name"], said["GenericName"]) == (product.TITLE, product.DESCRIPTION)
    assert said["Exec"] == "/usr/bin/jixiao %f"
    types = {each.get("type") for each in mime_types()}
    assert set(said["MimeType"].strip(";").split(";")) == types


def mime_types() -> list[ET.Element]:
    return ET.parse(LINUX / "jixiao.xml").getroot().findall(f"{MIME}mime-type")  # noqa: S314  our own file


def test_only_endings_of_our_own_are_ours() -> None:
    globs = [glob.get("pattern", "") for each in mime_types() for glob in each.findall(f"{MIME}glob")]
    assert globs == ["*.jixiao.zip", "*.jixiao.json"]
    assert {f".{glob.rpartition('.')[2]}" for glob in globs} <= DOCUMENTS
