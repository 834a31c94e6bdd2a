"""Everything can be read: rows as high as their texts, amounts at the right, a window for small screens and any scaling."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.form.rows import Place, TableName
from app.ui.table.delegate import small, text_height
from app.ui.table.editor import CellEditor, padding
from app.ui.table.memory import Memory
from app.ui.table.view import TableView
from tests.ui.conftest import close_program, open_program
from tests.ui.user import CTRL, NO_KEYS, SHIFT, Key, User, focused

TABLES: tuple[TableName, ...] = ("duties", "budget", "indicators", "achievements", "problems", "measures")
SMALL_SCREEN = (1366, 768)
ROOT = Path(__file__).parents[2]
LONG = "负责所涉及险种社会保险个人权益记录管理，" * 30


def table_of(user: User, table: TableName) -> TableView:
    """A table that is shown and laid out."""
    view = user.table(Place(table))
    user.open_tab_of(Place(table))
    user.bot.waitUntil(lambda: not list(cut_cells(view)), timeout=2000)
    return view


def cut_cells(view: TableView) -> Iterator[str]:
    """Every cell whose text is higher than its place on the screen."""
    faces = view.faces_model.faces
    across, down = padding(view.font())
    for row, cells in enumerate(faces.rows):
        for column, face in enumerate(cells):
            index = view.faces_model.index(row, column)
            inner = view.visualRect(index).adjusted(across, down, -across, -down)
            below = text_height(face.subtext, inner.width(), small(view.font())) if face.subtext else 0
            if face.display and text_height(face.display, inner.width(), view.font()) + below > inner.height():
                yield f"{row}, {column}: {face.display}"


def ink(view: TableView, place: Place) -> tuple[int, int]:
    """The free pixels at the left and at the right of what is painted in a cell that is not selected."""
    view.clearSelection()
    index = view.faces_model.index_of(place)
    view.scrollTo(index)
    image = view.viewport().grab(view.visualRect(index).adjusted(1, 1, -3, -3)).toImage()
    ground = image.pixelColor(1, 1)
    columns = [
        x for x in range(image.width()) if any(is_ink(image.pixelColor(x, y), ground) for y in range(image.height()))
    ]
    return columns[0], image.width() - columns[-1]


def is_ink(color: QColor, ground: QColor) -> bool:
    return abs(color.lightness() - ground.lightness()) > 60


@pytest.mark.parametrize("table", TABLES)
def test_all_rows_show_all_their_text(user: User, table: TableName) -> None:
    assert list(cut_cells(table_of(user, table))) == []


@pytest.mark.parametrize("table", TABLES)
def test_rows_fit_after_a_column_was_dragged(user: User, table: TableName) -> None:
    view = table_of(user, table)
    column = view.model().columnCount() - 2
    before = view.columnWidth(column)
    drag(view, column, -(before // 2))
    assert view.columnWidth(column) < before
    user.bot.waitUntil(lambda: not list(cut_cells(view)), timeout=2000)


@pytest.mark.parametrize("place", [Place("duties", "duty-03", "text"), Place("indicators", "indicator-09", "actual")])
def test_a_row_grows_and_shrinks_with_what_is_typed(user: User, place: Place) -> None:
    view = table_of(user, "duties" if place.section == "duties" else "indicators")
    row = view.faces_model.index_of(place).row()
    before = view.rowHeight(row)
    user.go_to(place)
    user.compose(LONG)
    assert view.rowHeight(row) > 2 * before
    assert list(cut_cells(view)) == []
    user.undo()
    assert view.rowHeight(row) == before


def test_tables_use_the_whole_width(user: User) -> None:
    for table in TABLES:
        view = table_of(user, table)
        assert sum(widths(view)) == view.viewport().width()


def drag(view: TableView, column: int, by: int) -> None:
    """Drag the right border of a column."""
    header = view.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) - 1, header.height() // 2)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(by, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, edge + QPoint(by, 0))


def widths(view: TableView) -> list[int]:
    return [view.columnWidth(column) for column in range(view.model().columnCount())]


def test_a_dragged_column_keeps_its_width_until_it_is_reset(user: User) -> None:
    view = table_of(user, "indicators")
    before = widths(view)
    drag(view, 2, 40)
    dragged = widths(view)
    assert dragged[2] == before[2] + 40
    user.window.resize(user.window.width() - 100, user.window.height())
    QApplication.processEvents()
    assert widths(view) == dragged
    user.window.resize(*SMALL_SCREEN)
    QApplication.processEvents()
    header = view.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(2) + header.sectionSize(2) - 1, header.height() // 2)
    QTest.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, edge)
    assert widths(view) == before
    drag(view, 2, 40)
    next(action for action in view.actions() if action.text() == "恢复列宽").trigger()
    assert widths(view) == before


def turn_wheel(view: TableView, angle: int, modifiers: Qt.KeyboardModifier) -> None:
    spot = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        spot,
        view.viewport().mapToGlobal(spot),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_ctrl_and_the_wheel_or_keys_zoom_all_tables(user: User) -> None:
    view = table_of(user, "indicators")
    points, wide = view.font().pointSizeF(), sum(widths(view))
    turn_wheel(view, 240, CTRL)
    turn_wheel(view, 60, CTRL)
    assert view.font().pointSizeF() == pytest.approx(points * 1.2)
    turn_wheel(view, 60, CTRL)
    assert view.font().pointSizeF() == pytest.approx(points * 1.3)
    assert sum(widths(view)) == int(wide * 1.3)
    user.bot.waitUntil(lambda: not list(cut_cells(view)), timeout=2000)
    other = table_of(user, "budget")
    assert other.font().pointSizeF() == pytest.approx(points * 1.3)
    user.go_to(Place("budget", "project-1", "annual"))
    user.press(Key.Key_0, CTRL)
    assert (view.font().pointSizeF(), sum(widths(other))) == (points, other.viewport().width())
    user.press(Key.Key_Plus, CTRL)
    user.press(Key.Key_Equal, CTRL)
    assert view.font().pointSizeF() == pytest.approx(points * 1.2)
    for _ in range(9):
        user.press(Key.Key_Minus, CTRL)
    assert view.font().pointSizeF() == pytest.approx(points * 0.5)
    turn_wheel(other, 120 * 100, CTRL)
    assert view.font().pointSizeF() == pytest.approx(points * 3)
    view = table_of(user, "indicators")
    turn_wheel(view, -120, NO_KEYS)
    assert view.font().pointSizeF() == pytest.approx(points * 3)
    assert view.verticalScrollBar().value() > 0


def test_widths_and_zoom_are_there_again_at_the_next_start(folder: Path, qtbot: QtBot) -> None:
    first = open_program(folder, qtbot)
    user = User(first, qtbot)
    view = table_of(user, "budget")
    points = view.font().pointSizeF()
    drag(view, 0, -50)
    turn_wheel(view, 240, CTRL)
    left = widths(view)
    close_program(first)
    second = open_program(folder, qtbot)
    view = table_of(User(second, qtbot), "budget")
    assert view.font().pointSizeF() == pytest.approx(points * 1.2)
    assert all(abs(now - then) <= 2 for now, then in zip(widths(view), left, strict=True))
    close_program(second)


def test_a_memory_that_cannot_be_read_is_forgotten(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("zoom", "x")
    settings.setValue("columns/budget", "1 two 3")
    assert (Memory(settings).zoom, Memory(settings).widths("budget")) == (100, ())
    settings.setValue("zoom", 9999)
    assert Memory(settings).zoom == 300


def test_amounts_stand_at_the_right_and_texts_at_the_left(user: User) -> None:
    budget = table_of(user, "budget")
    left, right = ink(budget, Place("budget", "project-1", "annual"))
    assert right < left
    left, right = ink(budget, Place("budget", "project-1", "label"))
    assert left < right
    left, right = ink(table_of(user, "indicators"), Place("indicators", "indicator-09", "score"))
    assert abs(left - right) <= 4  # centred, as on the paper


def test_the_current_cell_is_framed_among_selected_ones(user: User) -> None:
    view = table_of(user, "indicators")
    user.go_to(Place("indicators", "indicator-09", "score"))
    user.press(Key.Key_Up, SHIFT)
    frames = []
    for key in ("indicator-08", "indicator-09"):
        cell = view.visualRect(view.faces_model.index_of(Place("indicators", key, "score")))
        image = view.viewport().grab(cell).toImage()
        frames.append(image.pixelColor(0, 10) != image.pixelColor(3, 10))
    assert frames == [True, False]


def test_the_window_fits_a_small_screen(user: User) -> None:
    for number in range(user.window.tabs.count()):
        user.window.tabs.setCurrentIndex(number)
        least = user.window.minimumSizeHint()
        assert (least.width(), least.height()) <= SMALL_SCREEN
        assert least.width() <= SMALL_SCREEN[0]
        assert least.height() <= SMALL_SCREEN[1] - 60  # the task bar and the title
    assert user.window.size().toTuple() == SMALL_SCREEN


def test_the_demonstration_looks_the_same_at_any_scaling(tmp_path: Path) -> None:
    scales = ("1.5", "2")
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "app", "demo", str(tmp_path / scale)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for scale in scales
    ]
    assert [child.wait(120) for child in children] == [0, 0]
    for scale in scales:
        pictures = sorted((tmp_path / scale).glob("*.png"))
        assert [path.name for path in pictures] == [
            "1-基本信息-主要职能.png",
            "2-机构人员.png",
            "3-预算支出.png",
            "4-指标评分.png",
            "5-成效-问题-整改.png",
            "6-概览.png",
        ]
        expected = tuple(int(pixels * float(scale)) for pixels in SMALL_SCREEN)
        assert {QImage(str(path)).size().toTuple() for path in pictures} == {expected}


@pytest.mark.parametrize("place", [Place("duties", "duty-04", "text"), Place("budget", "project", "annual")])
def test_an_open_editor_covers_its_cell_and_keeps_the_text_where_it_was(user: User, place: Place) -> None:
    view = table_of(user, place.section)  # type: ignore[arg-type]  # a table's section
    user.go_to(place)
    cell = view.visualRect(view.currentIndex())
    user.press(Key.Key_F2)
    editor = focused()
    assert isinstance(editor, CellEditor)
    assert editor.geometry() == cell
    line = editor.cursorRect().translated(editor.viewport().pos())
    assert abs(line.center().y() - cell.height() // 2) <= 1
    assert not editor.verticalScrollBar().isVisible()


def test_an_open_editor_grows_with_its_text(user: User) -> None:
    place = Place("duties", "duty-04", "text")
    view = table_of(user, "duties")
    user.go_to(place)
    user.compose(LONG)
    editor = focused()
    assert isinstance(editor, CellEditor)
    assert editor.height() >= view.rowHeight(view.currentIndex().row()) - 1
    assert not editor.verticalScrollBar().isVisible()


class Painted(QObject):
    """Remembers what of a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_the_subtotals_of_merged_cells_are_painted_while_typing(user: User) -> None:
    score = Place("indicators", "indicator-09", "score")
    view = table_of(user, "indicators")
    user.go_to(score)
    QApplication.processEvents()
    painted = Painted(view.viewport())
    user.write("1")
    QApplication.processEvents()
    for group in ("level1-2", "level2-2-1"):
        cell = view.visualRect(view.faces_model.index_of(Place("groups", group, "label")))
        shown = QRegion(cell & view.viewport().rect())
        assert shown.subtracted(painted.region).isEmpty()
