"""Gaps: what is still unfilled, and which cells do not say what their column needs, with the reason."""

from dataclasses import replace

import pytest
from hypothesis import given

from app.form.form import Form
from app.form.rows import BudgetLine, Cover, Indicator, Place, Staffing, TextItem
from app.form.template import BudgetBlock, Column, ColumnKind, IndicatorBlock, ItemsBlock, Tab, Template
from app.scoring.assessment import assess
from app.scoring.gaps import is_blank
from app.scoring.reading import misread_cell, misread_count, read_amount, read_points
from tests.strategies import forms
from tests.tables import form_of, real_form, template

PLACE = Place("indicators", "r1", "score")
NOT_POINTS = "“{}”不是分数，请只填写数字"
NOT_MONEY = "“{}”不是金额，请填写以万元为单位的数字"
NOT_A_COUNT = "“{}”不是人数或个数，请填写不带小数的数字"
NO_DIGITS = "“合规”里没有数字"
A_BOUND = "“≥5”是一个范围，这里要填写具体的数字"

# text → why it is no number of points, no amount, no head count
READINGS = {
    "": (None, None, None),
    "　": (None, None, None),
    "5": (None, None, None),
    "0": (None, None, None),
    "５": (None, None, None),
    "5.0": (None, None, None),
    "5.5": (None, None, NOT_A_COUNT.format("5.5")),
    "-3": (None, None, "“-3”小于 0，人数或个数不能为负"),
    "5分": (None, NOT_MONEY.format("5分"), NOT_A_COUNT.format("5分")),
    "5万元": (NOT_POINTS.format("5万元"), None, NOT_A_COUNT.format("5万元")),
    "￥5元": (NOT_POINTS.format("￥5元"), None, NOT_A_COUNT.format("￥5元")),
    "5%": (NOT_POINTS.format("5%"), NOT_MONEY.format("5%"), NOT_A_COUNT.format("5%")),
    "5 人": (NOT_POINTS.format("5 人"), NOT_MONEY.format("5 人"), None),
    "5个": (NOT_POINTS.format("5个"), NOT_MONEY.format("5个"), None),
    "≥5": (A_BOUND, A_BOUND, A_BOUND),
    "合规": (NO_DIGITS, NO_DIGITS, NO_DIGITS),
    f"{'0' * 30}5元": (NOT_POINTS.format(f"{'0' * 12}…"), None, NOT_A_COUNT.format(f"{'0' * 12}…")),
}


@pytest.mark.parametrize("text", READINGS, ids=ascii)
def test_a_cell_says_why_it_does_not_fit_its_column(text: str) -> None:
    points, amount, count = READINGS[text]
    assert misread_cell(text, ColumnKind.POINTS) == points
    assert misread_cell(text, ColumnKind.AMOUNT) == amount
    assert misread_count(text) == count


@pytest.mark.parametrize("text", READINGS, ids=ascii)
def test_a_cell_counts_exactly_when_it_is_filled_and_fits(text: str) -> None:
    points, amount, _ = READINGS[text]
    is_filled = not is_blank(text)
    assert (read_points(text, PLACE).value is not None) == (is_filled and points is None)
    assert (read_amount(text, PLACE).value is not None) == (is_filled and amount is None)


@pytest.mark.parametrize("text", READINGS, ids=ascii)
def test_texts_and_quantities_may_say_anything(text: str) -> None:
    assert misread_cell(text, ColumnKind.TEXT) is None
    assert misread_cell(text, ColumnKind.QUANTITY) is None


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \t\n\u3000\u00a0", True), ("0", False), (" -", False)])
def test_white_space_is_blank_and_zero_is_not(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


FILLED = Indicator("r1", "g2", "率", target="1", weight="1", actual="1", score="1")


def unfilled(form: Form) -> set[Place]:
    """The gaps that `form` has and the filled real form would not have."""
    return set(assess(form).unfilled)


def with_row(**cells: str | bool) -> Form:
    return replace(real_form(), indicators=(replace(FILLED, **cells),))  # type: ignore[arg-type]  # the row's own fields


# cells of the one row → its fields that are still to be filled
ROWS: dict[str, tuple[dict[str, str | bool], list[str]]] = {
    "filled": ({}, []),
    "blank name": ({"name": ""}, ["name"]),
    "white target": ({"target": "\u3000"}, ["target"]),
    "no weight": ({"weight": ""}, ["weight"]),
    "no actual, no score": ({"actual": "", "score": "\n"}, ["actual", "score"]),
    "zero": ({"score": "0"}, []),
    "unreadable": ({"score": "合格"}, []),
    "no rule, which is not required": ({"rule": ""}, []),
    "columns this form does not have": ({"nature": "", "measure": "", "reason": "", "note": ""}, []),
    "not applicable": ({"applies": False, "weight": "", "score": "", "name": ""}, []),
}


@pytest.mark.parametrize("name", ROWS)
def test_an_applicable_row_lacks_its_required_blank_cells(name: str) -> None:
    cells, fields = ROWS[name]
    assert unfilled(with_row(**cells)) == {Place("indicators", "r1", field) for field in fields}


FORM_GAPS = {
    "unit": (replace(real_form(), cover=Cover("", "2024")), {Place("cover", "", "unit")}),
    "year, which no block shows": (replace(real_form(), cover=Cover("甲", "")), set()),
    "no duties at all": (replace(real_form(), duties=()), {Place("duties")}),
    "one blank duty": (
        replace(real_form(), duties=(TextItem("1", "职能"), TextItem("2", " "))),
        {Place("duties", "2", "text")},
    ),
    "paragraph and one figure": (
        replace(real_form(), staffing=replace(real_form().staffing, text="", actual=" ")),
        {Place("staffing", "", "text"), Place("staffing", "", "actual")},
    ),
    "an amount and a name": (
        replace(real_form(), budget=(BudgetLine("b", " ", "", annual="", spent="0"),)),
        {Place("budget", "b", "label"), Place("budget", "b", "annual")},
    ),
    "stated totals, which are nobody's to fill": (replace(real_form(), stated=form_of().stated), set()),
}


@pytest.mark.parametrize("name", FORM_GAPS)
def test_every_block_names_what_it_lacks(name: str) -> None:
    form, places = FORM_GAPS[name]
    assert unfilled(form) == places


def with_block(block: BudgetBlock | IndicatorBlock) -> Template:
    """The 2024 template with one of its tables replaced."""
    tabs = tuple(
        Tab(tab.title, tuple(block if isinstance(each, type(block)) else each for each in tab.blocks))
        for tab in template().tabs
    )
    if isinstance(block, BudgetBlock):
        return replace(template(), tabs=tabs, budget_table=block, source="other budget")
    return replace(template(), tabs=tabs, indicator_table=block, source="other indicators")


def relax(columns: tuple[Column, ...], field: str) -> tuple[Column, ...]:
    return tuple(replace(column, is_required=column.is_required and column.field != field) for column in columns)


def test_only_required_columns_need_filling() -> None:
    budget = template().budget_table
    assert budget
    form = replace(with_row(actual=""), budget=(BudgetLine("b", "总额", annual="", spent=""),))
    relaxed = replace(form, template=with_block(replace(budget, columns=relax(budget.columns, "annual"))))
    assert unfilled(form) - unfilled(relaxed) == {Place("budget", "b", "annual")}
    table = template().indicator_table
    relaxed = replace(form, template=with_block(replace(table, columns=relax(table.columns, "actual"))))
    assert unfilled(form) - unfilled(relaxed) == {Place("indicators", "r1", "actual")}


def test_a_blank_form_lacks_every_cell_of_the_paper() -> None:
    form = form_of("过程(1) | 执行(1) | 率 | 1 | 1", "总额")
    lacking = assess(form).unfilled
    assert [place.section for place in lacking] == [
        *("duties", *["staffing"] * 6, "budget", "budget", "indicators", "indicators"),
        *("achievements", "problems", "measures"),
    ]


def test_misread_cells_are_named_with_the_reason() -> None:
    form = replace(
        form_of("过程(1) | 执行(1) | 率 | ≥98% | 1% | 合规 | ≥5", "总额 | 合规 | 5%"),
        staffing=Staffing(departments="6个", authorised="24.5", actual="21人"),
    )
    assert [(each.place, each.because) for each in assess(form).misread] == [
        (Place("staffing", "", "authorised"), NOT_A_COUNT.format("24.5")),
        (Place("budget", "b1", "annual"), NO_DIGITS),
        (Place("budget", "b1", "spent"), NOT_MONEY.format("5%")),
        (Place("indicators", "r1", "weight"), NOT_POINTS.format("1%")),
        (Place("indicators", "r1", "score"), A_BOUND),
    ]


def test_a_template_without_staffing_reads_no_head_counts() -> None:
    form = replace(form_of(), staffing=Staffing(actual="合规"))
    assert len(assess(form).misread) == 1
    assert assess(replace(form, template=replace(template(), staffing=None))).misread == ()


@given(forms())
def test_no_cell_is_both_blank_and_misread_and_every_gap_is_a_place_of_the_form(form: Form) -> None:
    found = assess(form)
    misread = [each.place for each in found.misread]
    assert set(found.unfilled).isdisjoint(misread)
    lists = {block.table for block in template().blocks if isinstance(block, ItemsBlock)}
    for place in (*found.unfilled, *misread):
        if place.field:
            assert is_blank(cell(form, place)) == (place in found.unfilled)
        else:
            assert place.section in lists
            assert getattr(form, place.section) == ()
    assert all(each.because for each in found.misread)


def cell(form: Form, place: Place) -> str:
    section = getattr(form, place.section)
    holder = next(row for row in section if row.key == place.key) if place.key else section
    text: str = getattr(holder, place.field)
    return text
