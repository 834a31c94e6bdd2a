"""Forms for tests, written as short text tables, and the real form of 2024.

Decides only how a table reads: one line per row, cells apart by |, an empty level cell repeats the one above.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.reading.loader import load_template
from app.form.resources import resource
from app.form.rows import BudgetLine, Cover, Group, Indicator
from app.form.template import Template

GOLDEN: Final = Path(__file__).parent / "golden"
NOT_APPLICABLE: Final = "不适用"


def golden(name: str) -> str:
    """The text of a golden file."""
    return (GOLDEN / name).read_text(encoding="utf-8")


@cache
def template() -> Template:
    """The template of 2024."""
    return load_template("rugao-2024")


@cache
def real_form() -> Form:
    """The form of 2024 as its unit published it."""
    return load_form(resource("samples", "rugao-2024.json"))


def form_of(indicators: str = "", budget: str = "") -> Form:
    """A form of the 2024 template with these tables and nothing else.

    Indicators: ``一级 | 二级 | name | target | weight | actual | score``, 不适用 as an eighth cell; keys r1, r2 … and g1, g2 …
    Budget: ``label | annual | spent``, indented by two spaces per level; keys b1, b2 …
    """
    groups, rows = _read_indicators(indicators)
    return Form(
        template(),
        cover=Cover("测试单位", "2024"),
        budget=tuple(_read_budget(budget)),
        groups=groups,
        indicators=rows,
    )


def _lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line.strip()]


def _cells(line: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    return cells + [""] * (count - len(cells))


def _read_indicators(table: str) -> tuple[tuple[Group, ...], tuple[Indicator, ...]]:
    groups: dict[tuple[str, ...], Group] = {}
    rows: list[Indicator] = []
    path: tuple[str, ...] = ()
    for number, line in enumerate(_lines(table), 1):
        level1, level2, name, target, weight, actual, score, remark = _cells(line, 8)
        if level1:
            path = (level1,)
        if level2:
            path = (path[0], level2)
        for depth in range(1, len(path) + 1):
            upper = groups[path[: depth - 1]].key if depth > 1 else ""
            groups.setdefault(path[:depth], Group(f"g{len(groups) + 1}", path[depth - 1], upper))
        row = Indicator(f"r{number}", groups[path].key, name, target=target, weight=weight, actual=actual, score=score)
        rows.append(replace(row, applies=remark != NOT_APPLICABLE))
    return tuple(groups.values()), tuple(rows)


def _read_budget(table: str) -> Iterator[BudgetLine]:
    path: list[str] = []
    margin = min((len(line) - len(line.lstrip()) for line in _lines(table)), default=0)
    for number, line in enumerate(_lines(table), 1):
        depth = (len(line) - len(line.lstrip()) - margin) // 2
        path[depth:] = [f"b{number}"]
        label, annual, spent = _cells(line, 3)
        yield BudgetLine(path[-1], label, path[-2] if depth else "", annual=annual, spent=spent)
