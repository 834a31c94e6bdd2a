"""The tab 概览: the open form's figures as charts, live, beside other years, as pictures and behind the form's PDF."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QMenu, QMessageBox, QToolTip

from app.editing.edits import set_value
from app.form.change import Change
from app.form.rows import Place
from app.sheet.chart.drawing import Drawing
from app.sheet.chart.scores import draw_scores
from app.ui.charts.chart_view import ChartView
from app.ui.charts.overview_view import OverviewView
from app.ui.charts.painting import colors_of, paint
from app.ui.dialogs.preview_dialog import PreviewDialog
from app.ui.look.palette import make_palette
from tests.architecture.sources import ROOT
from tests.sheet.chart.drawings import open_form, subject
from tests.ui.boxes import answer_box
from tests.ui.test_accessibility import nameless
from tests.ui.user import CTRL, PATIENCE, Key, User, push_in

NAME = "概览"
SCORE = Place("indicators", "indicator-09", "score")


def overview(user: User) -> OverviewView:
    """The tab, with the charts of every year there is."""
    user.open_tab(NAME)
    (view,) = user.window.findChildren(OverviewView)
    user.bot.waitUntil(lambda: not view.years.is_reading, timeout=PATIENCE)
    return view


def chart(user: User, title: str) -> ChartView:
    (found,) = (each for each in overview(user).charts if each.accessibleName() == title)
    return found


def drawn(view: ChartView) -> Drawing:
    assert view.drawing is not None
    return view.drawing


def add_year(user: User, year: str, unit: str | None = None) -> None:
    """Another form of the unit in the store."""
    cover = replace(user.form.cover, year=year, unit=unit or user.form.cover.unit)
    user.program.writer.create(replace(user.form, cover=cover), "复制")


def test_the_last_tab_is_made_when_it_is_opened(user: User) -> None:
    tabs = user.window.tabs
    assert tabs.tabText(tabs.count() - 1) == NAME
    assert user.window.findChildren(OverviewView) == []
    user.press(Key.Key_6, CTRL)
    (view,) = user.window.findChildren(OverviewView)
    assert view.isVisible()
    assert tabs.tabToolTip(5) == "概览（Ctrl+6）"


OPEN_AND_TELL = """
import sys
from pathlib import Path
from app.bootstrap import Front
from app.program import Program
program = Program(Front(Path(sys.argv[1])))
program.window.show()
program.application.processEvents()
print([name for name in sys.modules if name.startswith(("app.sheet.chart", "app.sheet.page", "app.ui.charts"))])
program.writer.close(30)
"""


def test_nothing_that_draws_is_imported_before_the_window_is_there(folder: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", OPEN_AND_TELL, str(folder)], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert told.stdout.strip() == "['app.ui.charts', 'app.ui.charts.overview']"


def test_it_says_the_key_figures_in_words(user: User) -> None:
    assert [(tile.name.text(), tile.value.text()) for tile in overview(user).tiles] == [
        ("分值合计", "⚠ 102，应为 100"),
        ("得分", "⚠ 101.5，超过总分 100"),
        ("等级", "优"),
        ("执行率", "100.00%"),
        ("未填", "无"),
        ("审核", "⚠ 强制 9，提示 13"),
    ]


def test_charts_follow_every_edit(user: User) -> None:
    before = drawn(chart(user, "各一级指标得分"))
    user.type_into(SCORE, "1.4")
    assert drawn(chart(user, "各一级指标得分")) != before
    assert "得分 101.4" not in before.remark
    assert user.session.outcome.assessment.score.value is not None
    assert str(user.session.outcome.assessment.score.value.normalize()) in drawn(chart(user, "各一级指标得分")).remark


def test_an_edit_seen_from_another_tab_costs_the_charts_nothing(user: User) -> None:
    view = chart(user, "各一级指标得分")
    shown = drawn(view)
    user.type_into(SCORE, "1.4")
    assert drawn(view) is shown


def test_other_years_of_the_unit_stand_beside_it(user: User) -> None:
    add_year(user, "2023")
    add_year(user, "2022", "另一个单位")
    years = drawn(chart(user, "与其他年度比较"))
    assert [cells[0] for cells in years.table] == ["年度", "2024（本表）", "2023"]
    user.open_tab("预算支出")
    add_year(user, "2021")
    assert [cells[0] for cells in drawn(chart(user, "与其他年度比较")).table[1:]] == ["2024（本表）", "2023", "2021"]


def test_without_another_year_the_chart_says_so(user: User) -> None:
    assert drawn(chart(user, "与其他年度比较")).remark == "程序里没有这个单位其他年度的自评价表"


def test_without_a_name_of_the_unit_there_are_no_other_years(user: User) -> None:
    add_year(user, "2023")
    user.session.edit(the_change(user, Place("cover", "", "unit"), ""))
    assert drawn(chart(user, "与其他年度比较")).remark == "还没有填写单位名称，无法找到其他年度的表"


def the_change(user: User, place: Place, text: str) -> Change:
    change = set_value(user.form, place, text)
    assert change is not None
    return change


def test_a_year_that_can_not_be_read_is_said(user: User, folder: Path) -> None:
    add_year(user, "2023")
    with closing(sqlite3.connect(folder / "jixiao.db")) as connection, connection:
        connection.execute("UPDATE indicators SET score = '9' WHERE form_id = (SELECT max(id) FROM forms)")
    assert drawn(chart(user, "与其他年度比较")).remark == "有 1 张其他年度的表无法读取"


def test_the_menu_of_a_chart_opens_by_key(user: User) -> None:
    view = chart(user, "各一级指标得分")
    view.setFocus()
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, look)
    spot = view.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, view.mapToGlobal(spot))
    QApplication.sendEvent(view, event)
    assert seen == ["复制图片(&C)", "复制数字(&N)", "导出这张图(&E)…"]


def test_a_tip_is_shown_below_the_mouse(user: User) -> None:
    view = chart(user, "各一级指标得分")
    spot = QPoint(30, round((drawn(view).hints[0].top + 5) * view.scale) + 8)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
    assert QToolTip.text().startswith("决策(6)")


def test_charts_grow_with_the_text(user: User) -> None:
    view = chart(user, "各一级指标得分")
    before = view.scale
    font = view.font()
    font.setPointSize(16)
    view.setFont(font)
    assert view.scale > before
    assert view.height() >= drawn(view).height * view.scale


def test_charts_and_controls_speak_to_screen_readers(user: User) -> None:
    view = overview(user)
    assert nameless(user.window) == []
    assert [each.accessibleDescription() for each in view.charts] == [drawn(each).description for each in view.charts]
    assert "过程(26)：分值 26，得分 26" in view.charts[0].accessibleDescription()


def test_a_row_is_said_whole_below_the_mouse(user: User) -> None:
    view = chart(user, "各一级指标得分")
    hint = drawn(view).hints[1]
    text, area = view.hint_at(QPoint(30, round((hint.top + 5) * view.scale) + 8))
    assert text == "过程(26)\n得分 / 分值 26 / 26\n得分率 100.00%"
    assert area.height() == pytest.approx((hint.bottom - hint.top) * view.scale, abs=1)


def test_a_chart_takes_the_room_it_has(user: User) -> None:
    view = chart(user, "各一级指标得分")
    wide = drawn(view)
    user.window.resize(900, 700)
    user.bot.waitUntil(lambda: drawn(view) != wide, timeout=PATIENCE)
    assert drawn(view).width < wide.width
    assert view.height() >= drawn(view).height * view.scale


@pytest.mark.parametrize("is_dark", [False, True])
def test_every_text_and_bar_is_painted(qapp: QApplication, *, is_dark: bool) -> None:
    drawing = draw_scores(open_form(), subject(open_form()).assessment, 510.0)
    palette = make_palette(is_dark=is_dark)
    image = QImage(1100, 500, QImage.Format.Format_RGB32)
    ground = palette.color(QPalette.ColorRole.Base)
    image.fill(ground)
    painter = QPainter(image)
    painter.scale(2, 2)
    paint(drawing, painter, colors_of(palette), qapp.font())
    painter.end()

    def has_ink(left: float, top: float, right: float, bottom: float) -> bool:
        return any(
            abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 40
            for x in range(max(0, round(2 * left)), round(2 * right))
            for y in range(max(0, round(2 * top)), round(2 * bottom))
        )

    for label in drawing.labels:
        assert has_ink(label.left, label.top, label.right, label.bottom), label.text
    for bar in drawing.bars:
        assert has_ink(bar.left - 1, bar.top - 1, bar.right + 1, bar.bottom + 1), bar
    assert not has_ink(0, drawing.height, drawing.width, drawing.height + 20)


def save_as(user: User, target: Path) -> None:
    def answer(dialog: QDialog) -> None:
        (name,) = (each for each in dialog.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        assert name.text().endswith(".png")
        name.setText(str(target))
        push_in(dialog, "保存")

    user.answer(answer)


def test_all_of_it_is_exported_as_one_picture(user: User, tmp_path: Path) -> None:
    view = overview(user)
    save_as(user, tmp_path / "out.png")
    user.click(view.export)
    image = QImage(str(tmp_path / "out.png"))
    assert image.width() > 1_400
    assert image.height() > image.width() / 2
    assert user.message == f"已导出到 {tmp_path / 'out.png'}"
    assert list(tmp_path.iterdir()) != []


def test_a_chart_is_exported_as_svg_and_copied(user: User, tmp_path: Path) -> None:
    view = chart(user, "预算与支出")
    save_as(user, tmp_path / "out.svg")
    view.save_asked.emit(view.drawing)
    assert "1546.90 / 1546.91" in (tmp_path / "out.svg").read_text(encoding="utf-8")
    entries = {each.text().partition("(")[0]: each for each in view.make_menu().actions()}
    assert set(entries) == {"复制图片", "复制数字", "导出这张图"}
    entries["复制数字"].trigger()
    assert "资金总额\t1546.91\t1546.90\t100.00%" in QApplication.clipboard().text()
    entries["复制图片"].trigger()
    assert QApplication.clipboard().image().width() > 1_000


def test_the_whole_page_or_one_chart_is_copied(user: User) -> None:
    view = overview(user)
    user.click(view.copy)
    whole = QApplication.clipboard().image()
    view.charts[0].setFocus()
    user.press(Key.Key_C, CTRL)
    assert 0 < QApplication.clipboard().image().height() < whole.height()


def test_a_picture_that_can_not_be_written_is_said_in_a_sentence(user: User, tmp_path: Path) -> None:
    view = overview(user)
    said: list[str] = []

    def close(box: QMessageBox) -> None:
        said.append(box.text())
        box.accept()

    save_as(user, tmp_path / "no" / "out.png")
    answer_box(close)
    user.click(view.export)
    assert len(said) == 1


def export_pdf(user: User, target: Path) -> list[str]:
    """The pages' texts."""

    def answer(dialog: QDialog) -> None:
        (name,) = (each for each in dialog.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        name.setText(str(target))
        answer_box(lambda box: push_in(box, "关闭"))
        push_in(dialog, "保存")

    user.answer(answer)
    user.program.commands.export(".pdf")
    user.bot.waitUntil(lambda: user.message == f"已导出到 {target}", timeout=PATIENCE)
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(target)]


def test_a_pdf_has_the_charts_when_they_are_wanted(user: User, tmp_path: Path) -> None:
    add_year(user, "2023")
    assert len(export_pdf(user, tmp_path / "without.pdf")) == 4
    user.click(overview(user).annex)
    assert user.program.overview.tick.isChecked()
    *_, last = export_pdf(user, tmp_path / "with.pdf")
    assert all(text in last for text in ("附图 · 概览", "2024（本表）", "2023", "第 5 页 / 共 5 页"))
    assert user.program.settings.value("pdf/annex") == "yes"


def test_the_preview_shows_what_is_wanted(user: User) -> None:
    counts: list[int] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PreviewDialog)
        (tick,) = dialog.findChildren(QCheckBox)
        counts.append(len(dialog.pages))
        for _ in range(2):
            tick.click()
            counts.append(len(dialog.pages))
        assert dialog.count.text() == "页，共 4 页"
        push_in(dialog, "关闭")

    user.answer(look)
    user.program.printing.preview()
    assert counts == [4, 5, 4]
