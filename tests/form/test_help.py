"""Help texts: every cell of every bundled form has one, forms of other hands fall back, files are read strictly."""

from dataclasses import replace

import pytest

from app.form.failure import AppError
from app.form.form import Form, rows_of
from app.form.reading.help import Help, find_help, read_help
from app.form.reading.interchange import load_form
from app.form.reading.loader import blank_form, bundled_codes, load_template, read_template
from app.form.resources import resource
from app.form.rows import Place
from app.form.template import BudgetBlock, IndicatorBlock, ItemsBlock, LineBlock, StaffingBlock
from app.review.digest import digest

TEMPLATE = load_template("rugao-2024")
FORM = blank_form(TEMPLATE, "甲单位")


def places(form: Form) -> list[Place]:
    """Every cell that a form's template has somebody fill in."""
    found: list[Place] = []
    for block in form.template.blocks:
        match block:
            case LineBlock(field=field):
                found.append(Place("cover", "", field))
            case ItemsBlock(table=table):
                found.append(Place(table, "new", "text"))
            case StaffingBlock(figures=figures):
                found += [Place("staffing", "", name) for name in ("text", *(each.field for each in figures))]
            case BudgetBlock(name=name, columns=columns):
                fields = [each.field for each in (name, *columns)]
                found += [Place("budget", row.key, field) for row in rows_of(form, "budget") for field in fields]
            case IndicatorBlock(columns=columns):
                fields = [each.field for each in columns if not each.field.startswith("level")]
                found += [Place("indicators", row.key, field) for row in form.indicators for field in fields]
    return found


@pytest.mark.parametrize("code", bundled_codes())
def test_every_cell_of_a_bundled_form_is_explained(code: str) -> None:
    form = blank_form(load_template(code), "甲单位")
    assert [place for place in places(form) if not find_help(form, place)] == []


def test_every_indicator_of_the_form_of_2024_is_explained_by_itself() -> None:
    bare = [row.name for row in FORM.indicators if len(find_help(FORM, Place("indicators", row.key, "actual"))) < 2]
    assert bare == []


def test_a_computable_indicator_says_how_and_from_which_papers() -> None:
    _, text = find_help(FORM, Place("indicators", "indicator-09", "actual"))
    assert "实际支出数 ÷ 全年预算数" in text.formula
    assert "部门决算" in text.source
    assert "99.9994%" in text.example


def test_a_renamed_row_is_explained_by_its_group() -> None:
    row = replace(next(each for each in FORM.indicators if each.key == "indicator-32"), name="另一项工作")
    form = replace(FORM, indicators=(row,))
    _, text = find_help(form, Place("indicators", "indicator-32", "actual"))
    assert text.purpose.startswith("履职指标是单位自己的")


def test_groups_that_are_part_of_each_other_end() -> None:
    first, *_ = FORM.groups
    form = replace(
        FORM,
        groups=(replace(first, label="无", part_of=first.key),),
        indicators=(replace(FORM.indicators[0], name="无", group=first.key),),
    )
    assert len(find_help(form, Place("indicators", form.indicators[0].key, "score"))) == 1


def test_a_form_of_another_template_falls_back_to_columns_and_equal_names() -> None:
    source = TEMPLATE.source.replace('code = "rugao-2024"', 'code = "elsewhere"')
    form = blank_form(read_template(source), "乙单位")
    assert find_help(form, Place("budget", "total", "annual"))
    assert len(find_help(form, Place("indicators", "indicator-09", "actual"))) == 2
    gone = Place("indicators", "nowhere", "actual")
    assert find_help(form, gone) == find_help(FORM, gone)


def test_help_is_no_part_of_a_template_and_of_no_code() -> None:
    assert "[[help]]" not in TEMPLATE.source
    sample = load_form(resource("samples", "rugao-2024.json"))
    before = digest(sample)
    find_help(sample, Place("indicators", "indicator-09", "actual"))
    assert digest(sample) == before


GOOD = 'format = 1\n[[help]]\nindicator = "indicator-09"\npurpose = "一"\n'


def test_a_file_is_read() -> None:
    book = read_help(GOOD + '[[help]]\ngroup = "level1-2"\npurpose = "二"\nexample = "三"\n', "f", TEMPLATE)
    assert book.indicators == {"预算执行率": Help("一")}
    assert book.groups == {"过程": Help("二", example="三")}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (GOOD.replace("purpose", "purpos"), "purpos"),
        (GOOD + 'formul = "x"\n', "是否应为“formula”"),
        (GOOD.replace("indicator-09", "indicator-9"), "是否应为“indicator-"),
        (GOOD + 'place = "budget"\n', "只写一个"),
        ('format = 1\n[[help]]\npurpose = "一"\n', "只写一个"),
        ('format = 1\n[[help]]\nplace = "budget.anual"\npurpose = "一"\n', "是否应为“budget.annual”"),
        (GOOD + GOOD.removeprefix("format = 1\n"), "出现了两次"),
        (GOOD.replace("format = 1", "format = 2"), "format"),
        (GOOD + "[other]\n", "other"),
        ("format =", "f 无法读取"),
    ],
)
def test_what_a_file_must_not_say_is_named(source: str, said: str) -> None:
    with pytest.raises(AppError, match=said):
        read_help(source, "f", TEMPLATE)


def test_without_a_template_there_are_no_rows_to_speak_of() -> None:
    with pytest.raises(AppError, match="indicator-09"):
        read_help(GOOD, "f")
