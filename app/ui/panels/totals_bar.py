"""The always visible figures in the status bar: sums, grade, what is unfilled, and when it was saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.editing.workspace import Outcome
from app.review.finding import Level, blocking
from app.scoring.figure import State
from app.ui.faces import explain
from app.ui.faces.digits import show_number


class TotalsBar(QWidget):
    """Renders an outcome's totals. ``gap_asked``: go to the next unfilled cell; ``review_asked``: show the findings."""

    gap_asked = Signal()
    review_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(14)
        self.weight = QLabel()
        self.score = QLabel()
        self.grade = QLabel()
        self.unfilled = QToolButton()
        self.unfilled.setAutoRaise(True)
        self.unfilled.clicked.connect(self.gap_asked)
        self.review = QToolButton()
        self.review.setAutoRaise(True)
        self.review.setToolTip("显示审核发现的问题（F9）")
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
        self.grade.setToolTip(explain.explain_grade(assessment, template))
        mandatory = sum(finding.level is Level.MANDATORY for finding in outcome.findings)
        left = len(blocking(outcome.form, outcome.findings)) - mandatory
        self.review.setText(f"审核：强制 {mandatory}　提示 {left}" if mandatory or left else "审核：通过")
        gaps = len(assessment.unfilled)
        unread = len(assessment.misread)
        self.unfilled.setText(f"未填 {gaps} 处" if gaps else f"{unread} 处无法识别" if unread else "已全部填写")
        self.unfilled.setEnabled(gaps > 0)
        self.unfilled.setToolTip("转到下一处未填的地方（F8）" if gaps else "")


def _say(label: QLabel, text: str, mark: str) -> None:
    label.setText(f"⚠ {text}" if mark else text)
    label.setToolTip(mark)
    if label.property("wrong") != bool(mark):
        label.setProperty("wrong", bool(mark))
        if label.isVisible():  # otherwise Qt polishes it when it appears
            label.style().unpolish(label)
            label.style().polish(label)
