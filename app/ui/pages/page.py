"""A tab: the blocks of one template tab below each other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.editing.workspace import Outcome
from app.form.rows import Place
from app.form.template import Block, BudgetBlock, IndicatorBlock, ItemsBlock, LineBlock, StaffingBlock, Tab
from app.ui.look.spacing import set_spaces
from app.ui.pages.block import BlockView
from app.ui.pages.fields import CoverView, StaffingView
from app.ui.pages.items import ItemsView
from app.ui.pages.table_block import TableBlock
from app.ui.pages.tables import BudgetView, IndicatorView
from app.ui.table.memory import Memory


class Page(QWidget):
    """Makes its widgets when it first appears, and shows an outcome only while it is visible: starting and typing stay quick."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, tab: Tab, memory: Memory | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = tab.title
        self._tab = tab
        self._memory = memory
        self._area: QScrollArea | None = None
        inside: QWidget = self
        if sum(isinstance(block, ItemsBlock) for block in tab.blocks) > 1:
            inside, self._area = QWidget(), QScrollArea()
            self._lay_out(self._area, inside)
        self._column = QVBoxLayout(inside)
        set_spaces(self._column, (3, 2, 3, 2), 3)
        self._views: list[BlockView] = []
        self._outcome: Outcome | None = None
        self._is_behind = False
        self._is_locked = False

    def _lay_out(self, area: QScrollArea, inside: QWidget) -> None:
        """A page of several lists scrolls: with 审核 and large letters they are more than a small screen has."""
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @property
    def views(self) -> list[BlockView]:
        """The blocks' widgets."""
        if not self._views:
            for block in self._tab.blocks:
                view = _view_of(block)
                view.changed.connect(self.changed)
                view.refused.connect(self.refused)
                view.set_locked(is_locked=self._is_locked)
                if isinstance(view, TableBlock) and self._memory is not None:
                    view.remember(self._memory)
                self._column.addWidget(view, 0 if isinstance(block, LineBlock) else 1)
                self._views.append(view)
        return self._views

    def set_locked(self, *, is_locked: bool) -> None:
        """A final form can be looked at only."""
        self._is_locked = is_locked
        for view in self._views:
            view.set_locked(is_locked=is_locked)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show it, now or when the tab appears."""
        self._outcome = outcome
        if self.isVisible():
            self._render()
        else:
            self._is_behind = True

    def reveal(self, place: Place) -> bool:
        """Make a place's cell current; False when this tab does not show it."""
        if self._is_behind:
            self._render()
        shown = next((view for view in self.views if view.reveal(place)), None)
        if shown is not None and self._area is not None:
            self._area.ensureWidgetVisible(shown)
        return shown is not None

    def showEvent(self, event: object) -> None:
        """Qt: the tab appears."""
        if self._is_behind:
            self._render()
        super().showEvent(event)  # type: ignore[arg-type]  # Qt hands the right event

    def _render(self) -> None:
        self._is_behind = False
        if self._outcome is not None:
            for view in self.views:
                view.show_outcome(self._outcome)


def _view_of(block: Block) -> BlockView:
    match block:
        case LineBlock():
            return CoverView(block)
        case ItemsBlock():
            return ItemsView(block)
        case StaffingBlock():
            return StaffingView(block)
        case BudgetBlock():
            return BudgetView(block)
        case IndicatorBlock():
            return IndicatorView(block)
