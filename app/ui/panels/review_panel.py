"""The panel 审核: every finding live, by level, with the place to go to and the explanation that answers it.

Renders an outcome; says where the user wants to go and what was typed as 审核说明. Nothing here is modal or vanishes by itself.
"""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.editing.workspace import Outcome
from app.review.finding import Finding, Level, explanation_of, is_answered
from app.review.report import name_place
from app.ui.look.labels import WholeLabel, plain_tip
from app.ui.look.spacing import set_spaces
from app.ui.pages.fields import ParagraphField

FINDING_ROLE: Final = Qt.ItemDataRole.UserRole
TITLES: Final = {Level.MANDATORY: "强制（须改正后才能定稿）", Level.ADVISORY: "提示（须改正，或填写审核说明）"}
EXPLANATION_LINES: Final = 3
PLACE_WIDTH: Final = 16
NONE: Final = "没有发现问题，可以定稿：点上方的“定稿”，或用菜单“定稿”。"
MEANING: Final = "这一条是什么意思、怎么办"


class FindingTree(QTreeWidget):
    """The list. Enter goes to the place, as a double click does."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes to the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ExplanationField(ParagraphField):
    """Where 审核说明 is typed. It takes what room there is, and asks for little: the panel is low on a small screen."""

    def sizeHint(self) -> QSize:
        """Qt: what it would like to have."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class ReviewPanel(QWidget):
    """Remembers which finding is current. ``place_asked(place)``, ``explained(finding, text, visit)``, ``manual_asked(code)``."""

    place_asked = Signal(object)
    manual_asked = Signal(str)
    explained = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._visits = 0
        self._outcome: Outcome | None = None
        self.tree = FindingTree()
        self.tree.setAccessibleName("审核发现的问题")
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels(["编号", "位置", "问题"])
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setRootIsDecorated(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().resizeSection(1, self.fontMetrics().horizontalAdvance("国") * PLACE_WIDTH)
        self.tree.header().setStretchLastSection(True)
        self.tree.itemDoubleClicked.connect(lambda *_: self._go())
        self.tree.entered.connect(self._go)
        meaning = QAction(MEANING, self.tree)
        meaning.triggered.connect(self.ask_manual)
        self.tree.addAction(meaning)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.tree.currentItemChanged.connect(lambda *_: self._show_explanation())
        self._caption = WholeLabel()
        self.text = ExplanationField()
        self.text.setAccessibleName("审核说明")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * EXPLANATION_LINES)
        # As high as there is room for, never so high that everything beside the list scrolls.
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.text.entered.connect(self._on_entered)
        self.text.textChanged.connect(self._on_text_changed)
        self._lay_out()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.addWidget(self._caption)
        column.addWidget(self.text, 1)
        column.addStretch()
        beside = QScrollArea()  # a long finding in large letters needs more than a small screen has
        beside.setFrameShape(QFrame.Shape.NoFrame)
        beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beside.setWidgetResizable(True)
        beside.setWidget(right)
        panes = QSplitter()
        panes.addWidget(self.tree)
        panes.addWidget(beside)
        panes.setStretchFactor(0, 3)
        panes.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        set_spaces(whole, (3, 1, 1, 2), 0)
        whole.addWidget(panes)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the findings as they are now; the current one stays current while it stands."""
        self._outcome = outcome
        shown = (outcome.findings, outcome.form.explanations)
        if shown == self._shown:
            return
        self._shown = shown
        current = self.current_finding()
        self.tree.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.tree.clear()
        for level in (Level.MANDATORY, Level.ADVISORY):
            self._add_level(outcome, level, current.key if current else "")
        self.tree.blockSignals(False)  # noqa: FBT003  # the same
        self._show_explanation()

    def current_finding(self) -> Finding | None:
        """The finding that is current in the list."""
        item: QTreeWidgetItem | None = self.tree.currentItem()  # the stubs forget that there may be none
        return item.data(0, FINDING_ROLE) if item is not None else None

    def step(self, by: int) -> None:
        """Make the next (1) or the one before (-1) current, round the end, and go to its place: those left first."""
        items = self._items()
        if not items:
            return
        current: QTreeWidgetItem | None = self.tree.currentItem()  # the stubs forget that there may be none
        start = items.index(current) if current in items else (-1 if by > 0 else 0)
        ahead = [items[(start + by * steps) % len(items)] for steps in range(1, len(items) + 1)]
        self.tree.setCurrentItem(next(filter(self._is_left, ahead), ahead[0]))
        self._go()

    def _is_left(self, item: QTreeWidgetItem) -> bool:
        """Whether there is still something to do about the finding of this line."""
        return self._outcome is not None and not is_answered(self._outcome.form, item.data(0, FINDING_ROLE))

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount())]
        return [top.child(number) for top in tops if top is not None for number in range(top.childCount())]

    def _add_level(self, outcome: Outcome, level: Level, current: str) -> None:
        findings = [finding for finding in outcome.findings if finding.level is level]
        answered = sum(is_answered(outcome.form, finding) for finding in findings)
        note = f"，{answered} 条已说明" if level is Level.ADVISORY and findings else ""
        top = QTreeWidgetItem(self.tree, [f"{TITLES[level]}：{len(findings)} 条{note}"])
        top.setFirstColumnSpanned(True)
        top.setExpanded(True)
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for finding in findings:
            state = "✓ 已说明　" if level is Level.ADVISORY and is_answered(outcome.form, finding) else ""
            item = QTreeWidgetItem(
                top, [finding.code, name_place(outcome.form, finding.place), state + finding.message]
            )
            item.setData(0, FINDING_ROLE, finding)
            item.setToolTip(2, plain_tip(finding.message))
            item.setTextAlignment(0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            if finding.key == current:
                self.tree.setCurrentItem(item)

    def _go(self) -> None:
        finding = self.current_finding()
        if finding is not None:
            self.place_asked.emit(finding.place)

    def ask_manual(self) -> None:
        """Ask for what the manual says of the current finding's code."""
        finding = self.current_finding()
        if finding is not None:
            self.manual_asked.emit(finding.code)

    def _show_explanation(self) -> None:
        finding = self.current_finding()
        is_advisory = finding is not None and finding.level is Level.ADVISORY
        self.text.setVisible(is_advisory)  # what must be mended needs no words
        if finding is None or self._outcome is None:
            self._caption.setText("在左侧选中一条，双击或按回车转到所在的单元格。" if self._items() else NONE)
            self.text.show_text("")
            return
        text = explanation_of(self._outcome.form, finding)
        is_outdated = bool(text) and not is_answered(self._outcome.form, finding)
        rest = "\n⚠ 数字已经变化，原来的审核说明需要重新填写。" if is_outdated else ""
        ask = "审核说明：" if is_advisory else "这一条须改正，不能用说明代替。"
        self._caption.setText(f"{finding.message}{rest}\n\n{ask}")
        self.text.show_text(text)

    def _on_entered(self) -> None:
        self._visits += 1

    def _on_text_changed(self) -> None:
        finding = self.current_finding()
        if finding is not None and finding.level is Level.ADVISORY:
            self.explained.emit(finding, self.text.toPlainText(), f"review:{self._visits}")
