"""What the files of a form's 佐证材料 are called in a package for the bureau.

Decides folders and names that every system accepts and that are unique there. Reads and writes no file.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from app.form.form import Form
from app.form.rows import Evidence
from app.form.tree import evidence_order, tree_rows
from app.models.evidence import sentences
from app.models.evidence.keeping import stored_path

MOST_OF_FOLDER: Final = 30  # characters
MOST_OF_NAME: Final = 60  # with four bytes each and a number still fewer than the 255 of Linux
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]+')
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\.|$)", re.IGNORECASE
)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A listed file: its ``path`` in the package, where it lies now, what must be in it, and its row."""

    path: PurePosixPath
    stored: Path
    sha256: str
    row: Evidence


def evidence_files(folder: Path, form: Form) -> tuple[EvidenceFile, ...]:
    """All listed files in the order of 佐证材料目录: 佐证材料/09-预算执行率/批复.pdf, those of the whole form under 00.

    The number is that of the indicator's row on the paper. Whether a file is there and sound is `keeping.inspect`.
    """
    rows = [each.indicator for each in tree_rows(form) if each.indicator is not None]
    numbers = {row.key: number for number, row in enumerate(rows, 1)}
    return tuple(
        EvidenceFile(inside / name, stored_path(folder, row.sha256), row.sha256, row)
        for holder, files in evidence_order(form)
        for inside in [_folder(numbers[holder.key], holder.name) if holder else _folder(0, sentences.WHOLE_FORM)]
        for name, row in _name_files(files)
    )


def _folder(number: int, name: str) -> PurePosixPath:
    return PurePosixPath(sentences.ROOT) / sentences.FOLDER.format(number=number, name=safe_name(name, MOST_OF_FOLDER))


def _name_files(rows: tuple[Evidence, ...]) -> Iterator[tuple[str, Evidence]]:
    """Each row with a name that no other has, whatever its capitals and composed letters."""
    taken: set[str] = set()
    for row in rows:
        whole = PurePosixPath(safe_name(row.name, MOST_OF_NAME))
        name, number = whole.name, 1
        while _fold(name) in taken:
            number += 1
            name = sentences.AGAIN.format(stem=whole.stem, number=number, suffix=whole.suffix)
        taken.add(_fold(name))
        yield name, row


def safe_name(text: str, most: int) -> str:
    """A name that Windows and Linux accept, of at most ``most`` characters; a short ending is kept."""
    visible = "".join(each for each in text if unicodedata.category(each) not in _INVISIBLE)
    name = _FORBIDDEN.sub("_", visible).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    suffix = f".{ending}" if dot and stem and len(ending) <= most // 4 else ""
    kept = name.removesuffix(suffix)[: most - len(suffix)].rstrip(". ")
    return (kept + suffix) or sentences.UNNAMED


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
