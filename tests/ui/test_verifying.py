"""校验文件: a file is dropped, the verdict is read, every change is seen and can be copied."""

from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFileDialog

from app.review.digest import digest, short_code
from app.sheet.handover.verifying import Verdict, Verification
from app.ui.dialogs.verify_dialog import VerifyDialog
from tests.sheet.handover.papers import put, real_submission, with_cell, workbook_of
from tests.tables import real_form
from tests.ui.dialogs import answer, choose_entry, drop, save_as
from tests.ui.user import PATIENCE, User, push_in, settle


def verify(user: User, *paths: Path) -> list[tuple[str, str, list[list[str]], str]]:
    """Drop each file in turn: verdict, text, table and what 复制 copies."""
    seen: list[tuple[str, str, list[list[str]], str]] = []

    def act(dialog: VerifyDialog) -> None:
        assert not dialog.copy.isEnabled()
        for path in paths:
            dialog.verdict.setText("")
            assert drop(dialog.area, path)
            user.bot.waitUntil(lambda: dialog.verdict.text() != "", timeout=PATIENCE)
            push_in(dialog, "复制")
            shown = dialog.table.isVisible()
            rows = [
                [item.text() for column in range(4) if (item := dialog.table.item(row, column)) is not None]
                for row in range(dialog.table.rowCount())
            ]
            assert shown == bool(rows)
            seen.append((dialog.verdict.text(), dialog.text.text(), rows, QApplication.clipboard().text()))

    answer(VerifyDialog, act)
    choose_entry(user.window.menus.final, "校验文件")
    return seen


def test_one_file_after_the_other(user: User, tmp_path: Path) -> None:
    content = workbook_of(real_submission())
    good = put(tmp_path / "好.xlsx", content)
    bad = put(tmp_path / "改.xlsx", with_cell(content, "H40", 0.99))
    same, changed, unreadable = verify(user, good, bad, put(tmp_path / "空.xlsx", b""))
    code = digest(real_form())
    assert same[0].endswith("一致")
    assert short_code(code) in same[1]
    assert code in same[1]
    assert "不能证明是谁填的" in same[1]
    assert same[3].startswith("好.xlsx\n一致\n")
    assert changed[0].endswith("导出后被修改")
    assert changed[2][0] == ["H40", "指标评分“绩效目标合理性”得分", "1", "0.99"]
    assert "H40　指标评分“绩效目标合理性”得分：1 → 0.99" in changed[3]
    assert unreadable[0].endswith("打不开")
    assert unreadable[2] == []


def test_a_file_is_chosen(user: User, tmp_path: Path) -> None:
    path = put(tmp_path / "表.pdf", b"%PDF-1.4\n")
    seen: list[str] = []

    def act(dialog: VerifyDialog) -> None:
        answer(QFileDialog, save_as(path))
        dialog.area.file.click()
        user.bot.waitUntil(lambda: dialog.verdict.text() != "", timeout=PATIENCE)
        seen.append(dialog.verdict.text())

    answer(VerifyDialog, act)
    choose_entry(user.window.menus.final, "校验文件")
    assert seen == ["? 无校验信息"]


def test_only_one_file_of_this_computer_can_be_dropped(user: User, tmp_path: Path) -> None:
    taken: list[bool] = []
    answer(VerifyDialog, lambda dialog: taken.extend((drop(dialog.area), drop(dialog.area, tmp_path, tmp_path))))
    choose_entry(user.window.menus.final, "校验文件")
    assert taken == [False, False]


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_mark_and_a_colour(user: User, verdict: Verdict) -> None:
    dialog = VerifyDialog(user.window)
    dialog.show_verification(Verification("a.xlsx", verdict, "<b>理由</b>"))
    assert dialog.verdict.text()[:2] in ("✓ ", "≠ ", "? ", "✕ ")
    dialog.verdict.ensurePolished()
    inks = {label.palette().color(QPalette.ColorRole.WindowText).name() for label in (dialog.verdict, dialog.text)}
    assert len(inks) == 2
    assert dialog.text.text() == "<b>理由</b>"
    dialog.deleteLater()


def test_closed_before_the_verdict_nothing_is_shown_and_nothing_fails(user: User, tmp_path: Path) -> None:
    path = put(tmp_path / "表.xlsx", workbook_of(real_submission()))
    answer(VerifyDialog, lambda dialog: dialog.reject() if drop(dialog.area, path) else None)
    choose_entry(user.window.menus.final, "校验文件")
    assert user.program.tasks.is_running
    settle()
    user.bot.waitUntil(lambda: not user.program.tasks.is_running, timeout=PATIENCE)
