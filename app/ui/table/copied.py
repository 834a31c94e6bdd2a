"""A whole table that was copied in WPS, Excel or Word. Decides in which of its forms it is read, and when it is none."""

import re
from typing import Final

from app.form.failure import AppError
from app.sheet.reading.sentences import COPY_TOO_MUCH, NO_TABLE
from app.sheet.reading.source import MOST_COPIED, Source, read_copied, read_texts
from app.ui.table.clipboard import read_text

_TABLE: Final = re.compile("<table", re.IGNORECASE)


def read_copy(text: str, markup: str) -> Source:
    """The tables of the clipboard from its HTML, which keeps merged cells, or else from its text. AppError when there is none."""
    if len(markup) > MOST_COPIED or _TABLE.search(markup):
        return read_copied(markup)
    if len(text) > MOST_COPIED:
        raise AppError(COPY_TOO_MUCH)
    rows = read_text(text)
    if max(map(len, rows), default=0) < 2:  # noqa: PLR2004  # text, not a table
        raise AppError(NO_TABLE)
    return read_texts(rows)
