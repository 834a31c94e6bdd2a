"""F1: what belongs into the cell or field that has the keys, how it is scored, why it is protected, what the review says of it.

Decides what is said, from template, assessment and findings alone; changes nothing.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.editing.labels import name_place
from app.editing.workspace import Outcome
from app.form.rows import Place
from app.form.rules import Mode
from app.form.template import BudgetBlock, ColumnKind, IndicatorBlock, ItemsBlock, StaffingBlock
from app.review.finding import is_answered
from app.review.report import name_level
from app.ui.aids.panes import current_place, focus_widget
from app.ui.face import Face
from app.ui.menus import add_entry
from app.ui.pages.basis import describe_linked, describe_suggestion
from app.ui.table.view import TableView
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.form.reading.help import Help

KINDS: Final = {
    ColumnKind.TEXT: "填写文字。",
    ColumnKind.POINTS: "填写分数，例如 2 或 1.5。",
    ColumnKind.AMOUNT: "填写金额，不写单位时为{unit}。",
    ColumnKind.QUANTITY: "填写数值或文字，例如 95%、≥98%、24人。",
}
FIGURE: Final = "填写整数。"
NOWHERE: Final = "请先选中一个单元格，再按 F1；使用手册按 Ctrl+F1"


class Hints(QObject):
    """Remembers the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        add_entry(window.menus.help, "本项说明(&I)", self.show, "F1")

    def show(self) -> None:
        """Say at the cell what it is about; Esc, or any click beside it, takes that away and gives the keys back.

        At a finding it is the manual that says what its code means.
        """
        keys, session = focus_widget(), self._window.session
        if keys is self._window.review.tree:
            self._window.review.ask_manual()
            return
        table = _table_of(keys)
        place = current_place(keys)
        face = table.faces_model.face_at(table.currentIndex()) if table else None
        if session is None or keys is None or (place is None and face is None):
            self._window.say(NOWHERE)
            return
        self._window.statusBar().clearMessage()  # it may still say that there is no cell
        from app.ui.panels.hint_popup import HintPopup  # noqa: PLC0415  # not needed for the window to appear

        heading = table.faces_model.faces.headings[table.currentIndex().column()] if table else ""
        row = _row_of(table) if table and place is None else None
        popup = HintPopup("\n".join(describe(session.outcome, place, face, heading, row)), self._window)
        cell = table.visualRect(table.currentIndex()) if table else keys.rect()
        popup.show_below((table.viewport() if table else keys).mapToGlobal(cell.bottomLeft()))


def _table_of(keys: QWidget | None) -> TableView | None:
    """The table that the widget with the keys is, or is an editor in."""
    while keys is not None and not isinstance(keys, TableView):
        keys = keys.parentWidget()
    return keys


def _row_of(table: TableView) -> Place | None:
    """The name of the row that is current in a table, where nothing may be typed."""
    keys, number = table.faces_model.faces.keys, table.currentIndex().row()
    return Place("indicators", keys[number], "name") if 0 <= number < len(keys) and keys[number] else None


def describe(
    outcome: Outcome, place: Place | None, face: Face | None, heading: str = "", row: Place | None = None
) -> tuple[str, ...]:
    """The lines about a cell: its name first. ``face`` is how a table shows it, with the heading of its column.

    ``row`` is the indicator a protected cell stands in, which is explained all the same.
    """
    from app.form.reading.help import find_help  # noqa: PLC0415  # not needed for the window to appear

    name = name_place(outcome.form, place) if place else heading.replace("\n", "")
    hint = (face.hint,) if face is not None and face.hint else ()
    is_indicator = row is not None and any(each.key == row.key for each in outcome.form.indicators)
    lines = (*_explained(find_help(outcome.form, row)), *hint) if row and is_indicator else hint
    if place:
        texts = find_help(outcome.form, place)
        lines = (
            *_explained(texts),
            *_belongs(outcome, place, is_explained=bool(texts)),
            *_scored(outcome, place),
            *hint,
            *_found(outcome, place),
        )
    return tuple(line for line in dict.fromkeys((name, *lines)) if line)


def _explained(texts: "tuple[Help, ...]") -> Iterator[str]:
    """What the help of the template says: of the column first, then of the row, whose example is the nearer one."""
    yield from (text.purpose for text in texts)
    for caption, said in (("怎样算", "formula"), ("依据", "source"), ("例", "example")):
        found = next((getattr(text, said) for text in reversed(texts) if getattr(text, said)), "")
        if found:
            yield f"【{caption}】{found}"


def _belongs(outcome: Outcome, place: Place, *, is_explained: bool) -> Iterator[str]:
    """What to put there, by the template; only what the help does not say better."""
    for block in outcome.form.template.blocks:
        match block:
            case ItemsBlock(table=table, limit=limit) if place.section == table and limit:
                yield f"每项不超过 {limit} 字。"
            case StaffingBlock(figures=figures) if place.section == "staffing" and not is_explained:
                yield FIGURE if place.field in {each.field for each in figures} else KINDS[ColumnKind.TEXT]
            case BudgetBlock(columns=columns, unit=unit) if place.section == "budget" and not is_explained:
                yield from (KINDS[each.kind].format(unit=unit) for each in columns if each.field == place.field)
            case IndicatorBlock(columns=columns) if place.section == "indicators":
                for each in (each for each in columns if each.field == place.field):
                    yield ("" if is_explained else KINDS[each.kind]) + ("" if each.is_required else "可以不填。")


def _scored(outcome: Outcome, place: Place) -> Iterator[str]:
    """How the row's score or figure comes about."""
    row = next((each for each in outcome.assessment.rows if each.key == place.key), None)
    if row is None or place.section != "indicators":
        return
    if place.field == "score" and outcome.form.template.policy.mode is not Mode.MANUAL:
        yield describe_suggestion(row.suggestion)
    if place.field == "actual" and row.linked is not None:
        yield describe_linked(row.linked)


def _found(outcome: Outcome, place: Place) -> Iterator[str]:
    """What can't be read in it, and what the review says of it and of its row."""
    yield from (each.because for each in outcome.assessment.misread if each.place == place)
    for finding in outcome.findings:
        if finding.place in (place, Place(place.section, place.key)):
            state = "（已说明）" if is_answered(outcome.form, finding) else ""
            yield f"{name_level(finding.level)} {finding.code}{state}：{finding.message}"
