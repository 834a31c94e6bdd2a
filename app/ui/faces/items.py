"""A list of texts as a table of the window: number and text."""

from app.editing.workspace import Outcome
from app.form.form import rows_of
from app.form.rows import Place
from app.form.template import Alignment, ItemsBlock
from app.ui.face import Face, Faces, Tone


def items_faces(outcome: Outcome, block: ItemsBlock) -> Faces:
    """One row per item; the number is the template's and can't be typed."""
    rows = []
    keys = []
    for number, row in enumerate(rows_of(outcome.form, block.table), 1):
        text: str = getattr(row, "text", "")
        head = Face(
            number_item(block, number), tone=Tone.LABEL, align=Alignment.CENTER, hint="编号自动生成，随顺序变化"
        )
        rows.append((head, Face(text, place=Place(block.table, row.key, "text"), mark=_length_mark(text, block.limit))))
        keys.append(row.key)
    return Faces(("序号", block.label), (8.0, 92.0), tuple(rows), tuple(keys))


def number_item(block: ItemsBlock, number: int) -> str:
    """An item's number as the template writes it."""
    return (block.numbering or "{n}").replace("{n}", str(number))


def count_characters(text: str) -> int:
    """The length that the template's limit is about: without blanks around the text, as check C44 counts."""
    return len(text.strip())


def _length_mark(text: str, limit: int) -> str:
    count = count_characters(text)
    return f"共 {count} 字，超过表样规定的 {limit} 字，请删减 {count - limit} 字" if 0 < limit < count else ""
