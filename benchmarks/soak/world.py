"""What lies around the window while it is visited: files to read, good and bad, and the system that would open others."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.form.reading.interchange import write_form
from app.review.edition import Draft
from app.scoring.assessment import assess
from app.sheet import docx, pdf, xlsx
from app.sheet.layout import layout
from app.ui.actions.exports import KINDS, export_form
from app.ui.actions.printing import paint_pages


def lay_out_files(folder: Path, form: Form) -> None:
    """The form in every format, and what is none."""
    folder.mkdir()
    grid = layout(form, assess(form))
    table = xlsx.paint(grid)
    files = {
        "表.xlsx": table,
        "表.docx": docx.paint(grid),
        "表.pdf": pdf.paint(grid).content,
        "表.json": write_form(form).encode(),
        "断.xlsx": table[: len(table) // 2],
        "空.xlsx": b"",
        "文字.pdf": "这不是 PDF".encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)


def load_libraries(form: Form, folder: Path) -> None:
    """Export, preview and read once: libraries and fonts that stay loaded from their first use on are no growth."""
    outcome = compute_outcome(form)
    for kind in KINDS:
        export_form(outcome, folder / f"第一次{kind}")
    with paint_pages(outcome, Draft()) as pages:
        pages.draw(0, 96.0)


class Desktop(QObject):
    """Stands for the system's own programs: takes what it should open, and opens nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = 0
        for scheme in ("file", "mailto", "http", "https"):
            QDesktopServices.setUrlHandler(scheme, self, "open")  # type: ignore[arg-type]  # its stub says bytes

    @Slot(QUrl)
    def open(self, _url: QUrl) -> None:
        """Qt: called instead of the system."""
        self.opened += 1

    def close(self) -> None:
        """Leave it to the system again."""
        for scheme in ("file", "mailto", "http", "https"):
            QDesktopServices.unsetUrlHandler(scheme)
