"""Cells as tab-separated text, as Excel and WPS write and read it on the clipboard. Knows no table and no Qt."""

from collections.abc import Iterable

QUOTED = '\t\n"'


def write_cells(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as text; cells with tabs, line ends or quotation marks are quoted."""
    return "\n".join("\t".join(_quote(cell) for cell in row) for row in rows)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in QUOTED) else text
