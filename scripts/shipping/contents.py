"""What goes into the folder that is shipped, and what is left out of it.

Decides by names alone, so that it can be tried without building. PyInstaller collects whatever might be needed; here stands
what is. Knows Linux and Windows names; what a desktop system has anyway is left to it (`SYSTEM`).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import PurePath
from typing import Final

# Modules that libraries import if they are there, and that the program never reaches.
UNUSED: Final = (
    *("tkinter", "unittest", "pydoc", "doctest", "curses", "readline", "ssl", "_ssl", "_hashlib"),
    *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtWebEngineCore"),
    *("PySide6.QtSql", "PySide6.QtTest", "PySide6.QtOpenGL"),
    *("multiprocessing", "greenlet", "charset_normalizer", "sqlalchemy.ext.asyncio"),
    *("lxml.objectify", "lxml.html", "lxml.isoschematron"),
    *("PIL.AvifImagePlugin", "PIL._avif", "PIL.WebPImagePlugin", "PIL._webp", "PIL._imagingcms", "PIL._imagingtk"),
    *("PIL._imagingft", "PIL._imagingmath", "PIL._imagingmorph", "PIL.ImageTk", "PIL.ImageQt"),
)
# Locked because a library may want them; whose modules are left out above.
NOT_SHIPPED: Final = frozenset({"charset-normalizer", "greenlet"})

QT_LIBRARIES: Final = frozenset(
    {"Core", "DBus", "Gui", "OpenGL", "PrintSupport", "Svg", "WaylandClient", "WlShellIntegration", "Widgets", "XcbQpa"}
)
# Folder of plugins → those that are kept, without lib, ending or, on Windows, nothing.
PLUGINS: Final[Mapping[str, frozenset[str]]] = {
    "platforms": frozenset({"qxcb", "qoffscreen", "qwayland-generic", "qwindows"}),
    "platforminputcontexts": frozenset(
        {"ibusplatforminputcontextplugin", "composeplatforminputcontextplugin", "fcitxplatforminputcontextplugin"}
        | {"fcitx5platforminputcontextplugin"}
    ),
    "platformthemes": frozenset({"qxdgdesktopportal"}),
    "imageformats": frozenset({"qsvg", "qjpeg", "qico"}),  # PNG is in QtGui
    "iconengines": frozenset({"qsvgicon"}),
    "printsupport": frozenset({"cupsprintersupport"}),
    "styles": frozenset({"qmodernwindowsstyle", "qwindowsvistastyle"}),
    "wayland-shell-integration": frozenset({"xdg-shell"}),
    "wayland-decoration-client": frozenset({"bradient"}),
}
TRANSLATIONS: Final = frozenset({"qtbase_zh_CN.qm"})

# Of the system libraries those are carried that Python's own modules need, and the small ones of X that desktops lack.
CARRIED: Final = (
    *("libpython3", "libsqlite3", "libffi", "libmpdec", "libexpat", "libuuid", "libbz2", "liblzma"),
    *("libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util", "libxcb-util"),
)
# Of the libraries that Pillow brings, those that its core is linked with.
PILLOW: Final = ("libjpeg", "libtiff", "libopenjp2", "libxcb", "libXau", "libz", "liblzma", "libzstd", "libsharpyuv")
_PILLOW_IN_TIFF: Final = ("libwebp-", "libdeflate", "libjbig", "libLerc")

_QT_LIBRARY: Final = re.compile(r"(?:lib)?Qt6(\w+?)(?:\.so(?:\.\d+)*|\.dll)")
_PLUGIN: Final = re.compile(r"plugins/([\w-]+)/(?:lib)?([\w-]+?)\.(?:so|dll)")
_UNWANTED: Final = (
    "docx/templates/default-docx-template/",  # the same as default.docx beside it, unpacked
    "lxml/isoschematron/",
    "opengl32sw.dll",  # 20 MB for drawing in three dimensions without a graphics card
)


def is_kept(place: str) -> bool:
    """Whether a file that PyInstaller collected is shipped; ``place`` is relative to the folder."""
    path = PurePath(place.replace("\\", "/")).as_posix()
    name = path.rpartition("/")[2]
    if any(part in path for part in _UNWANTED):
        return False
    if (plugin := _PLUGIN.search(path)) is not None:
        return plugin[2] in PLUGINS.get(plugin[1], frozenset())
    if (library := _QT_LIBRARY.fullmatch(name)) is not None:
        return library[1] in QT_LIBRARIES
    if name.endswith(".qm"):
        return name in TRANSLATIONS
    if path.startswith("pillow.libs/"):
        return name.startswith((*PILLOW, *_PILLOW_IN_TIFF))
    if "/" not in path and re.match(r"lib.*\.so", name):
        return name.startswith(CARRIED)
    return True


def strangers(locked: Collection[str]) -> list[str]:
    """Modules of packages that happen to be installed and are not among those that the program runs with."""
    known = {normalise(name) for name in locked}
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if module.isidentifier() and not any(normalise(owner) in known for owner in owners)
    )


def metadata(locked: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What 关于 asks for versions, and where it goes: of every package that is shipped, the file that names its version."""
    for name in locked:
        if normalise(name) in NOT_SHIPPED:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # one for another system
        for path in package.files or ():
            if path.match("*.dist-info/METADATA"):
                yield str(package.locate_file(path)), path.parent.as_posix()


def locked_names(lock: str) -> list[str]:
    """Names of the packages in the text of a lock file."""
    return re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", lock, re.MULTILINE)


def normalise(name: str) -> str:
    """A package's name as packages are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def keep(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The entries of one of PyInstaller's lists (place, source, kind) that are shipped."""
    return [entry for entry in entries if is_kept(entry[0])]
