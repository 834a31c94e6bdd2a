"""What of others comes with the program, under which licence. Decides nothing; the texts are theirs."""

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from app.form.resources import resource

FONTS: Final = "Noto Serif SC、Noto Sans SC（裁去部分字符）"
OPEN_FONT: Final = "SIL Open Font License 1.1"

# Name and licence as each library itself states them; those that only other libraries need come last.
LIBRARIES: Final = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("shiboken6", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("alembic", "MIT"),
    ("reportlab", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("python-calamine", "MIT"),
    ("python-docx", "MIT"),
    ("pypdfium2", "BSD-3-Clause、Apache-2.0"),
    ("platformdirs", "MIT"),
    ("typer", "MIT"),
    ("lxml", "BSD-3-Clause"),
    ("pillow", "MIT-CMU"),
    ("charset-normalizer", "MIT"),
    ("et-xmlfile", "MIT"),
    ("greenlet", "MIT、PSF-2.0"),
    ("mako", "MIT"),
    ("markupsafe", "BSD-3-Clause"),
    ("pydantic", "MIT"),
    ("rich", "MIT"),
    ("pygments", "BSD-2-Clause"),
    ("markdown-it-py", "MIT"),
    ("mdurl", "MIT"),
    ("shellingham", "ISC"),
    ("typing-extensions", "PSF-2.0"),
)


def list_licences() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of each part that is here."""
    python = (("Python", "", "PSF-2.0"), ("SQLite", "", "公有领域"))
    fonts = ((FONTS, "", OPEN_FONT),)
    libraries = ((name, _version_of(name), licence) for name, licence in LIBRARIES)
    return (*fonts, *python, *libraries)


def read_font_licence() -> str:
    """The text that has to come with the fonts."""
    return resource("fonts", "OFL.txt").read_text(encoding="utf-8")


def _version_of(name: str) -> str:
    """A packaged program may have left out what says it."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
