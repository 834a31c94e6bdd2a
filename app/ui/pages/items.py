"""Blocks that are lists of texts: 主要职能, 主要成效 and the like."""

from PySide6.QtWidgets import QWidget

from app.editing import edits
from app.editing.workspace import Outcome
from app.form.change import Change
from app.form.form import Form, rows_of
from app.form.template import ItemsBlock
from app.ui.face import Faces
from app.ui.faces.items import items_faces
from app.ui.faces.marks import with_findings
from app.ui.pages.table_block import ADD, TableBlock


class ItemsView(TableBlock):
    """A list of texts."""

    def __init__(self, block: ItemsBlock, parent: QWidget | None = None) -> None:
        super().__init__(block.label, block.table, parent)
        self.table = block.table
        self.sections = (block.table,)
        self._block = block
        self.add_action("增加一项", ADD, self._make_row, lambda _form, _key: True)
        self.add_row_actions("此项")

    def faces_of(self, outcome: Outcome) -> Faces:
        """Numbers and texts."""
        return with_findings(items_faces(outcome, self._block), outcome)

    def _make_row(self, form: Form, key: str) -> Change:
        keys = [row.key for row in rows_of(form, self.table)]
        return edits.add_row(form, self.table, keys.index(key) + 1 if key in keys else len(keys))
