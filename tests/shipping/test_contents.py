"""What is shipped and what is left out, by names."""

import pytest

from scripts.shipping.contents import UNUSED, is_kept, locked_names, strangers
from tests.architecture.sources import ROOT

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "place",
    [
        f"{QT}/lib/libQt6Widgets.so.6",
        "libQt6Core.so.6",
        f"{QT}/lib/libicudata.so.73",
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/platforms/libqwayland-generic.so",
        f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}/plugins/platforminputcontexts/libfcitx5platforminputcontextplugin.so",
        f"{QT}/plugins/imageformats/libqsvg.so",
        f"{QT}/plugins/printsupport/libcupsprintersupport.so",
        f"{QT}/translations/qtbase_zh_CN.qm",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6\\Qt6Core.dll",
        "libpython3.11.so.1.0",
        "libxcb-cursor.so.0",
        "pillow.libs/libjpeg-6dc8d115.so.62.4.0",
        "docx/templates/default.docx",
        "resources/fonts/NotoSansSC-Medium.ttf",
    ],
)
def test_what_the_program_uses_is_shipped(place: str) -> None:
    assert is_kept(place)


@pytest.mark.parametrize(
    "place",
    [
        f"{QT}/lib/libQt6Qml.so.6",
        f"{QT}/lib/libQt6WebEngineCore.so.6",
        "libQt6Quick.so.6",
        f"{QT}/plugins/qmltooling/libqmldbg_native.so",
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/imageformats/libqtiff.so",
        f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/translations/qt_zh_CN.qm",
        "PySide6\\plugins\\platforms\\qminimal.dll",
        "PySide6\\opengl32sw.dll",
        "libstdc++.so.6",
        "libglib-2.0.so.0",
        "libgnutls.so.30",
        "pillow.libs/libavif-c6062d5f.so.16.4.2",
        "docx/templates/default-docx-template/word/styles.xml",
    ],
)
def test_what_it_never_uses_is_left_out(place: str) -> None:
    assert not is_kept(place)


def test_tools_that_happen_to_be_installed_are_left_out() -> None:
    locked = locked_names((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert {"pyside6-essentials", "sqlalchemy", "python-docx"} <= set(locked)
    found = strangers(locked)
    assert {"pytest", "_pytest", "mypy", "hypothesis"} <= set(found)
    assert {"PySide6", "sqlalchemy", "docx", "openpyxl", "PIL"}.isdisjoint(found)


def test_the_program_imports_nothing_that_is_left_out() -> None:
    lines = {line.strip() for path in (ROOT / "app").rglob("*.py") for line in path.read_text("utf-8").splitlines()}
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from ")) and len(line.split()) > 1}
    assert {"PySide6.QtWidgets", "sqlalchemy"} <= imported
    assert imported.isdisjoint(UNUSED)


def test_names_are_read_from_a_lock() -> None:
    assert locked_names("a-b==1 \\\n    --hash=sha256:0==\nc[d]==2 ; x == 'y'\n# e==3\n") == ["a-b", "c"]
