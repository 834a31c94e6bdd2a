"""The Qt model over Faces. Tells the view exactly which cells changed; knows no form and makes no change itself."""

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.form.rows import Place
from app.ui.face import EMPTY, NO_FACE, Face, Faces
from app.ui.look.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
FACE_ROLE: Final = Qt.ItemDataRole.UserRole
NOWHERE: Final = QModelIndex()
SHOWN: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
TYPED: Final = SHOWN | Qt.ItemFlag.ItemIsEditable


class TableModel(QAbstractTableModel):
    """Shows Faces; what is typed leaves as ``edited(place, text)``."""

    edited = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.faces: Faces = EMPTY

    def show_faces(self, faces: Faces) -> bool:
        """Show other faces. True when rows, columns or merges changed, so that the view must lay itself out again."""
        old = self.faces
        is_same_shape = (old.headings, old.widths, old.keys, old.spans) == (
            faces.headings,
            faces.widths,
            faces.keys,
            faces.spans,
        )
        if not is_same_shape:
            self.beginResetModel()
            self.faces = faces
            self.endResetModel()
            return True
        self.faces = faces
        for row, first, last in changed_cells(old, faces):
            self.dataChanged.emit(self.index(row, first), self.index(row, last))
        return False

    def place_of(self, index: Index) -> Place | None:
        """Where an edit of this cell goes."""
        face = self.face_at(index)
        return face.place if face else None

    def index_of(self, place: Place) -> QModelIndex:
        """The cell of a place, or of its row's first typed cell; invalid when the table does not show it."""
        for row, key in enumerate(self.faces.keys):
            cells = tuple(enumerate(self.faces.rows[row]))
            found = next((column for column, face in cells if face.place == place), None)
            if found is not None:
                return self.index(row, found)
            if key == place.key and place.field == "":
                own = (column for column, face in cells if face.place is not None and face.place.key == key)
                return self.index(row, next(own, 0))
        return QModelIndex()

    def face_at(self, index: Index) -> Face | None:
        """The face of a cell, None for an invalid index."""
        return self.faces.rows[index.row()][index.column()] if index.isValid() else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self.faces.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(self.faces.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: one aspect of a cell."""
        face = self.face_at(index)
        if face is None:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return face
            case Qt.ItemDataRole.DisplayRole:
                return face.display
            case Qt.ItemDataRole.EditRole:
                return face.text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join(part for part in (face.mark, face.note, face.hint) if part)) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._describe(index.row(), index.column(), face)
            case _:
                return None

    def _describe(self, row: int, column: int, face: Face) -> str:
        """What a screen reader says: heading, row, value, and what is wrong."""
        heading, name = self.faces.headings[column].replace("\n", ""), self._name_row(row)
        own = "" if name is face else name.display.strip() if name else f"第 {row + 1} 行"
        parts = (heading, own, face.display.strip() or "空白", face.subtext, face.mark, face.note)
        return "，".join(part for part in parts if part)

    def _name_row(self, row: int) -> Face | None:
        """The cell a row is called by: the first of its own that is not computed; None while that is blank."""
        key = self.faces.keys[row]
        own = (face for face in self.faces.rows[row] if face is not NO_FACE)
        named = next((face for face in own if face.place is None or face.place.key == key), None)
        return named if named and named.display.strip() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: the heading of a column, the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal and section < len(self.faces.headings):
            return self.faces.headings[section]
        return str(section + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: computed cells and labels of the template can be selected, not edited."""
        # Asked for several times per cell and painting: every call counts.
        is_typed = index.isValid() and self.faces.rows[index.row()][index.column()].place is not None
        return TYPED if is_typed else SHOWN

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401  # Qt's QVariant
        """Qt: what was typed goes out as a signal; the faces change when the form has."""
        place = self.place_of(index)
        if role != Qt.ItemDataRole.EditRole or place is None:
            return False
        self.edited.emit(place, str(value))
        return True


def changed_cells(old: Faces, new: Faces) -> Iterator[tuple[int, int, int]]:
    """(row, first column, last column) of every run of cells that differ, and of no other; both have the same shape."""
    for row, (before, after) in enumerate(zip(old.rows, new.rows, strict=True)):
        # Rows that an edit did not touch are mostly the very same: most comparisons end at once.
        if before is not after and before != after:
            columns = [column for column, face in enumerate(after) if face != before[column]]
            starts = [column for column in columns if column - 1 not in columns]
            ends = [column for column in columns if column + 1 not in columns]
            yield from ((row, first, last) for first, last in zip(starts, ends, strict=True))
