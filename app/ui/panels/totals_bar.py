"""The always visible figures in the status bar: sums, grade, what is unfilled, and when it was saved."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.editing.workspace import Outcome
from app.review.finding import Level, blocking
from app.scoring.figure import State
from app.ui.faces import explain
from app.ui.faces.digits import show_number
from app.ui.look.buttons import bar_button
from app.ui.look.icons import icon
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.palette import Meaning
from app.ui.look.spacing import set_spaces
from app.ui.look.style import set_state


class TotalsBar(QWidget):
    """Renders an outcome's totals. ``gap_asked``: go to the next unfilled cell; ``review_asked``: show the findings."""

    gap_asked = Signal()
    review_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        set_spaces(row, (2, 1, 2, 1), 2)
        self.weight, self.score, self.grade = (make_label() for _ in range(3))
        for label in (self.weight, self.score, self.grade):
            label.setProperty("chip", True)  # noqa: FBT003  # Qt's own signature
        self.unfilled = bar_button("", "write")
        self.unfilled.clicked.connect(self.gap_asked)
        self.review = bar_button("", "review", "显示审核发现的问题（F9）")
        self.review.clicked.connect(self.review_asked)
        for widget in (self.weight, self.score, self.grade, self.unfilled, self.review):
            row.addWidget(widget)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show totals and grade; a wrong total says what it should be."""
        assessment, template = outcome.assessment, outcome.form.template
        weight_mark = explain.weight_mark(assessment.weight, template)
        wanted = f"，应为 {show_number(template.total)}" if weight_mark else ""
        _say(self.weight, f"分值合计 {explain.show_figure(assessment.weight)}{wanted}", weight_mark)
        score_mark = explain.score_mark(assessment.scaled_score, template)
        is_partial = assessment.scaled_score.state is State.PARTIAL
        rest = "（未填完）" if is_partial else "，超过总分" if score_mark else ""
        _say(self.score, f"得分 {explain.show_figure(assessment.scaled_score)}{rest}", score_mark)
        _say(self.grade, f"等级 {assessment.grade or '—'}{'（暂定）' if is_partial and assessment.grade else ''}", "")
        self.grade.setToolTip(plain_tip(explain.explain_grade(assessment, template)))
        mandatory = sum(finding.level is Level.MANDATORY for finding in outcome.findings)
        left = len(blocking(outcome.form, outcome.findings)) - mandatory
        self.review.setText(f"审核：强制 {mandatory}　提示 {left}" if mandatory or left else "审核：通过")
        self.review.setIcon(_sign(Meaning.WRONG if mandatory else Meaning.NOTED if left else Meaning.GOOD))
        gaps = len(assessment.unfilled)
        unread = len(assessment.misread)
        self.unfilled.setText(f"未填 {gaps} 处" if gaps else f"{unread} 处无法识别" if unread else "已全部填写")
        self.unfilled.setIcon(icon("write") if gaps else _sign(Meaning.NOTED if unread else Meaning.GOOD))
        self.unfilled.setEnabled(gaps > 0)
        self.unfilled.setToolTip("转到下一处未填的地方（F8）" if gaps else "")


def _say(label: QLabel, text: str, mark: str) -> None:
    label.setText(f"⚠ {text}" if mark else text)
    label.setToolTip(plain_tip(mark))
    set_state(label, "wrong", bool(mark))


def _sign(meaning: Meaning) -> QIcon:
    return icon("done" if meaning is Meaning.GOOD else "warning", meaning)
