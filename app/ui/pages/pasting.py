"""A paste, a fill or a clearing as the user sees it: the cells it meets, the question about missing rows, what is said after.

Decides words only; what goes where is decided by `app.editing.pasting`.
"""

from collections.abc import Iterator, Sequence
from enum import Enum

from PySide6.QtWidgets import QWidget

from app.editing.pasting import PastePlan, Target
from app.ui.face import Face, Span
from app.ui.table.view import COMPUTED, TableView


def targets_of(view: TableView, area: Span) -> list[list[Target]]:
    """The cells of an area."""
    rows = view.faces_model.faces.rows[area.row : area.row + area.rows]
    columns = range(area.column, area.column + area.columns)
    return [
        [_target(row[column], is_covered=view.is_covered(number, column)) for column in columns]
        for number, row in enumerate(rows, area.row)
    ]


def _target(face: Face, *, is_covered: bool) -> Target:
    why = face.hint.partition("\n")[0] or COMPUTED
    return Target(face.place, face.text, why, is_covered=is_covered and face.place is None and not face.text)


class Missing(Enum):
    """What is done about the rows that a paste has no room for."""

    ADD = "增加"
    GO_ON = "接着填"
    LEAVE = "不填"


def ask_rows(parent: QWidget, count: int, group: str = "") -> Missing | None:
    """What to do about rows that are missing for a paste; None: nothing at all. ``group``: rows of other groups follow it."""
    from app.ui.asking import Question, ask  # noqa: PLC0415  # not needed for the window to appear

    answers = {f"增加 {count} 行并粘贴": Missing.ADD}
    if group:
        answers["接着粘贴到下面的指标"] = Missing.GO_ON
    answers["只粘贴到现有行"] = Missing.LEAVE
    where = f"“{group}”下面的行" if group else "表格"
    question = Question("粘贴", f"粘贴的内容比{where}多 {count} 行。", choices=(*answers, "取消"))
    return answers.get(ask(parent, question))


def say_paste(plan: PastePlan, *, is_grown: bool, unplaced: int) -> str:
    """What became of a paste; ``unplaced`` texts of added rows stand where nothing is typed."""
    return "；".join(_say_paste(plan, is_grown=is_grown, unplaced=unplaced))


def _say_paste(plan: PastePlan, *, is_grown: bool, unplaced: int) -> Iterator[str]:
    count = len(plan.values)
    if is_grown:
        yield f"已粘贴，并增加了 {len(plan.missing)} 行"
    else:
        yield f"已粘贴 {count} 个单元格" if count else "没有粘贴"
    if plan.refused:
        yield say_kept(plan.refused)
    if is_grown and unplaced:
        yield f"新增的行中有 {unplaced} 个单元格由程序自动生成或没有对应的列，没有粘贴"
    if plan.beyond:
        yield f"右边放不下 {plan.beyond} 个单元格，没有粘贴"
    if plan.missing and not is_grown:
        yield f"下面放不下 {len(plan.missing)} 行，没有粘贴"
    if plan.removed:
        yield f"去掉了 {plan.removed} 个看不见的字符"


def say_kept(reasons: Sequence[str]) -> str:
    """How many cells keep their text, and why."""
    others = "等" if len(set(reasons)) > 1 else ""
    return f"{len(reasons)} 个单元格保持原样：{reasons[0]}{others}"
