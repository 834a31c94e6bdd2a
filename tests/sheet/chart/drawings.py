"""Drawings as text, for goldens, and the forms that the charts' tests draw.

A row of the drawing is a line: its texts from left to right, then its bars as kind and length in points. Figures that are
said in words only are the table's.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.editing.workspace import Outcome, compute_outcome
from app.form.form import Form
from app.sheet.chart.drawing import Bar, Drawing, Label
from app.sheet.chart.overview import Subject
from app.sheet.chart.years import Year
from tests.tables import form_of

OPEN: Final = """
    决策(10) | 立项 | 甲 | 100% | 5 | 100% | 5
             |      | 乙 | 100% | 5 |      |
    过程(30) | 资金 | 丙 | 100% | 20 | 90% | 21
             |      | 丁 | 100% | 8 | 90%  | 8
    效益(20) | 社会 | 戊 | 100% | 20 |     |
    其他     | 其他 | 己 |      |    |     |  | 不适用
"""
LINES: Final = """
资金总额 | 100 | 100.5
  基本支出 | 40 | 30
  项目支出 | 60 |
    一个名称很长很长很长很长很长很长很长很长很长很长很长很长很长很长的项目 | 50 | 50
    另一个项目 | 12 |
"""


def subject(form: Form, *others: Year) -> Subject:
    outcome: Outcome = compute_outcome(form)
    return Subject(form, outcome.assessment, outcome.findings, others)


def open_form() -> Form:
    """Rows that are not filled in, scored too high, weighted otherwise than their label says, and not applicable."""
    return form_of(OPEN, LINES)


def many_lines(count: int) -> Form:
    """So many projects of 1, 2, 3 … 万元, all spent but the smallest, which is not filled in."""
    projects = "\n".join(
        f"    项目{number} | {number} | {number if number > 1 else ''}" for number in range(1, count + 1)
    )
    total = count * (count + 1) // 2
    return form_of(budget=f"资金总额 | {total} | {total}\n  项目支出 | {total} | {total}\n{projects}")


def unit_year(form: Form, year: str) -> Form:
    return replace(form, cover=replace(form.cover, year=year))


def show(drawing: Drawing) -> Iterator[str]:
    """The drawing row by row, then its table."""
    pieces: list[tuple[float, float, str]] = [
        *((_middle(each), each.left, f"{each.text}{_ink(each)}") for each in drawing.labels),
        *(
            (_middle(each), 1e6 + each.left, f"[{each.fill.value} {each.right - each.left:.1f}]")
            for each in drawing.bars
        ),
    ]
    rows: list[list[tuple[float, float, str]]] = []
    for piece in sorted(pieces):
        if not rows or piece[0] - rows[-1][0][0] > 4:  # points: less is the same line
            rows.append([])
        rows[-1].append(piece)
    for row in rows:
        yield " | ".join(text for _, _, text in sorted(row, key=lambda piece: piece[1:]))
    yield ""
    for cells in drawing.table:
        yield " / ".join(cells).rstrip()


def _middle(each: Label | Bar) -> float:
    return round((each.top + each.bottom) / 2, 1)


def _ink(label: Label) -> str:
    return "" if label.ink.value == "text" else f" ~{label.ink.value}"
