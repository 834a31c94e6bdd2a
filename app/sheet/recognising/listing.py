"""The items of a list out of the cells it was printed in: without the numbers that the template prints itself.

Decides where an item begins. A list whose template has no numbering keeps its texts as they are.
"""

from collections.abc import Sequence

from app.form.reading.numbering import split_items, strip_marks
from app.sheet.recognising.outline import Text


def read_items(cells: Sequence[Text], numbering: str) -> tuple[Text, ...]:
    """The items: one per cell, or those of a single cell that holds a numbered list."""
    if not numbering:
        return tuple(cells)
    own = _strip_own(cells, numbering)
    if own is not None:
        return own
    if len(cells) > 1:
        texts = strip_marks(tuple(cell.text for cell in cells))
        if len(texts) == len(cells):
            return tuple(Text(text, cell.refs) for text, cell in zip(texts, cells, strict=True))
    return tuple(Text(item, cell.refs) for cell in cells for item in split_items(cell.text))


def _strip_own(cells: Sequence[Text], numbering: str) -> tuple[Text, ...] | None:
    """The texts without the template's own numbers, when every cell begins with its number."""
    found: list[Text] = []
    for number, cell in enumerate(cells, 1):
        mark = numbering.replace("{n}", str(number))
        if not cell.text.startswith(mark):
            return None
        found.append(Text(cell.text[len(mark) :], cell.refs))
    if len(found) == 1:
        second = numbering.replace("{n}", "2")
        # A whole list in one cell, unless no line of it is a second item: then it is one item of several lines.
        if any(line.lstrip().startswith(second) for line in found[0].text.split("\n")[1:]):
            return None
    return tuple(found)
