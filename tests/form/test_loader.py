"""Templates are read strictly, and what is accepted can be shown.

Whatever is wrong is one sentence that names the part, the key and the nearest known key.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.failure import AppError
from app.form.reading.loader import blank_form, check_bands, load_template, read_template
from app.form.reading.strict import Misfit
from app.form.template import GradeBand, ItemsBlock
from app.scoring.assessment import assess
from app.sheet.layout import layout
from tests.tables import template

SOURCE = template().source
BLOCKS = "文件开头的 tabs 第 {tab} 项的 blocks 第 {block} 项"
DUTIES, STAFFING = BLOCKS.format(tab=1, block=2), BLOCKS.format(tab=2, block=1)
BUDGET, TABLE = BLOCKS.format(tab=3, block=1), BLOCKS.format(tab=4, block=1)
COLUMNS_WRONG = f"{TABLE}的列须以文字列 level1、level2 … 依次开头，不能重复，且第一列之后有分值或得分列"

# What is written → instead of it → the sentence, after the part that names the file.
MISTAKES = {
    "a key that is not known": (
        'title = "部门',
        'titel = "部门整体支出绩效自评价表"\ntitle = "部门',
        "文件开头中的“titel”不认识，是否应为“title”",
    ),
    "a key that resembles none": ("format = 1", "format = 1\nzzz = 1", "文件开头中的“zzz”不认识"),
    "a misspelt key that is needed": ('name = "如', 'nmae = "如', "文件开头中缺少“name”，文件里写的“nmae”是否就是它"),
    "a missing key": ("total = 100\n", "", "文件开头中缺少“total”"),
    "a text for a number": ("total = 100", 'total = "100"', "文件开头中的“total”应为数字"),
    "a number for a text": ('year = "2024"', "year = 2024", "文件开头中的“year”应为文字"),
    "no number": ("total = 100", "total = nan", "文件开头中的“total”应为数字"),
    "a number beyond all measure": ("total = 100", "total = 1e999999999", "文件开头中的“total”应为数字"),
    "a number beyond what can be typed": ("total = 100", "total = 1e16", "文件开头中的“total”应为数字"),
    "a number of too many decimals": ("total = 100", "total = 1e-999999999", "文件开头中的“total”应为数字"),
    "yes for a number": ("format = 1", "format = true", "文件开头中的“format”应为整数"),
    "a later format": ("format = 1", "format = 2", "文件开头中的“format”不能是“2”"),
    "a number for yes": (
        'target = "≥100%", row = "optional", applies = false }',
        'target = "≥100%", row = "optional", applies = 0 }',
        f"{TABLE}的 indicators 第 14 项中的“applies”应为是或否（true/false）",
    ),
    "a table for a list": ("grades = [", "grades = {}\nmore = [", "文件开头中的“grades”应为列表"),
    "a list for a table": (
        'name = { field = "label", label = "",',
        'name = []\nmore = { field = "label", label = "",',
        f"{BUDGET}中的“name”应为一组键值",
    ),
    "a text for a table": (
        '{ key = "basic", label = "基本支出", part_of = "total" }',
        '"基本支出"',
        f"{BUDGET}的 lines 第 2 项应为一组键值",
    ),
    "a key deep inside": (
        'as = "amount", align = "center" },\n    { field = "spent"',
        'as = "amount", aling = "center" },\n    { field = "spent"',
        f"{BUDGET}的 columns 第 1 项中的“aling”不认识，是否应为“align”",
    ),
    "a block of an unknown kind": (
        'kind = "budget"',
        'kind = "bugdet"',
        f"{BUDGET}中的“kind”不能是“bugdet”，是否应为“budget”",
    ),
    "an unknown alignment": (
        'label = "", width',
        'label = "", align = "centre", width',
        f"{BUDGET}的 name中的“align”不能是“centre”，是否应为“center”",
    ),
    "an unknown field": (
        'field = "retired"',
        'field = "retird"',
        f"{STAFFING}的 figures 第 5 项中的“field”不能是“retird”，是否应为“retired”",
    ),
    "a list that holds no texts": ('table = "duties"', 'table = "groups"', f"{DUTIES}中的“table”不能是“groups”"),
    "a column of no text": (
        'field = "rule", label',
        'field = "applies", label',
        f"{TABLE}的 columns 第 6 项中的“field”不能是“applies”",
    ),
    "another money unit": ('unit = "万元"', 'unit = "元"', f"{BUDGET}中的“unit”不能是“元”"),
    "no width": (
        'label = "", width = ',
        'label = "", width = 0 }\nmore = { width = ',
        f"{BUDGET}的 name中的“width”不能是“0”",
    ),
    "a negative width": (
        'label = "", width = ',
        'label = "", width = -1.5 }\nmore = { width = ',
        f"{BUDGET}的 name中的“width”不能是“-1.5”",
    ),
    "a row without a key": ('key = "basic"', 'key = ""', f"{BUDGET}中有一行没有标识（key）"),
    "a key that is only a control character": ('key = "basic"', 'key = "\\u0007"', f"{BUDGET}中有一行没有标识（key）"),
    "two rows of one key": ('key = "basic"', 'key = "total"', f"{BUDGET}中的“total”出现了两次"),
    "two groups of one key": (
        'key = "level1-5"',
        'key = "level1-4"',
        f"{TABLE}中的“level1-4”出现了两次",
    ),
    "two indicators of one key": (
        'key = "indicator-02"',
        'key = "indicator-01"',
        f"{TABLE}中的“indicator-01”出现了两次",
    ),
    "a part of nothing": (
        '基本支出", part_of = "total"',
        '基本支出", part_of = "totl"',
        f"{BUDGET}中有一行所属的“totl”不存在，是否应为“total”",
    ),
    "a part of itself": (
        '"total", label = "资金总额"',
        '"total", part_of = "project", label = "资金总额"',
        f"{BUDGET}中的“total”归根到底又属于它自己",
    ),
    "a row in no group": (
        'group = "level2-5-1"',
        'group = "level3-5-1"',
        f"{TABLE}中有一行所属的“level3-5-1”不存在，是否应为“level2-5-1”",
    ),
    "more levels than columns": (
        '"level1-1", label = "决策',
        '"level1-1", part_of = "level1-5", label = "决策',
        f"{TABLE}中的“level2-1-1”层级过深，最多 2 级",
    ),
    "levels in the wrong order": ('field = "level1"', 'field = "level2"', COLUMNS_WRONG),
    "a level read as a number": ('field = "level1",', 'field = "level1", as = "points",', COLUMNS_WRONG),
    "a column twice": (
        'field = "actual", label = "实际完成值"',
        'field = "target", label = "实际完成值"',
        COLUMNS_WRONG,
    ),
    "a budget column twice": ('field = "spent"', 'field = "annual"', f"{BUDGET}中的“annual”出现了两次"),
    "no grades": ("grades = [", "grades = []\nmore = [", "等级界限须从高到低排列，最低一档从 0 开始，且不超过总分"),
    "grades that leave a gap": (
        '"差", at_least = 0 ',
        '"差", at_least = 1 ',
        "等级界限须从高到低排列，最低一档从 0 开始，且不超过总分",
    ),
    "grades that overlap": (
        "at_least = 80",
        "at_least = 90",
        "等级界限须从高到低排列，最低一档从 0 开始，且不超过总分",
    ),
    "a grade beyond the total": (
        "at_least = 90",
        "at_least = 101",
        "等级界限须从高到低排列，最低一档从 0 开始，且不超过总分",
    ),
    "bad syntax": ("format = 1", "format =", "不是正确的 TOML 文件（Invalid value (at line 4, column 9)）"),
    "a key twice": (
        "format = 1",
        "format = 1\nformat = 1",
        "不是正确的 TOML 文件（Cannot overwrite a value (at line 5, column 11)）",
    ),
}


def changed(old: str, new: str) -> str:
    assert SOURCE.count(old) == 1, old
    return SOURCE.replace(old, new)


def sentence_of(source: str, name: str = "江苏") -> str:
    with pytest.raises(AppError) as failure:
        read_template(source, name)
    sentence = str(failure.value)
    assert sentence.startswith(f"表样 {name} 无法读取：")
    return sentence.removeprefix(f"表样 {name} 无法读取：")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_part_and_key(mistake: str) -> None:
    old, new, sentence = MISTAKES[mistake]
    assert sentence_of(changed(old, new)) == sentence


def test_a_column_of_points_is_needed_behind_another_column() -> None:
    without_weight = re.sub('{ field = "weight".*', "", SOURCE)
    assert read_template(without_weight).code == "rugao-2024"
    assert sentence_of(re.sub('{ field = "score".*', "", without_weight)) == COLUMNS_WRONG
    without_groups = re.sub('{ (field = "level|key = "level|key = "indicator|field = "name").*', "", SOURCE)
    assert read_template(without_groups).indicator_table.groups == ()
    assert sentence_of(re.sub('{ field = "target".*', "", without_groups)) == COLUMNS_WRONG


def test_a_table_needs_columns() -> None:
    start = SOURCE.index('columns = [\n    { field = "level1"')
    end = SOURCE.index("groups = [")
    assert sentence_of(SOURCE[:start] + "columns = []\n" + SOURCE[end:]) == COLUMNS_WRONG


def test_the_budget_needs_fewer_columns_than_the_indicator_table() -> None:
    start = SOURCE.index('    { field = "level1"')
    end = SOURCE.index('    { field = "actual", label = "实际完成值"')
    narrow = SOURCE[:start] + SOURCE[end:]
    narrow = (
        narrow[: narrow.index("groups = [")]
        + "groups = []\nindicators = []\n"
        + narrow[narrow.index('[[tabs]]\ntitle = "成效') :]
    )
    assert sentence_of(narrow) == "预算表的列太多，应少于指标表的列"


SECOND_BLOCKS = {
    "indicators": """kind = "indicators"
        total_label = ""
        grade_label = ""
        columns = [{ field = "name", label = "", width = 1 }, { field = "score", label = "", width = 1 }]
        groups = []
        indicators = []""",
    "budget": """kind = "budget"
        name = { field = "label", label = "", width = 1 }
        columns = []
        lines = []""",
    "staffing": """kind = "staffing"
        figures = []""",
}


@pytest.mark.parametrize("kind", SECOND_BLOCKS)
def test_these_blocks_come_once(kind: str) -> None:
    assert sentence_of(f"{SOURCE}\n[[tabs.blocks]]\n{SECOND_BLOCKS[kind]}\n") == f"栏目“{kind}”应当只有一个"


def test_the_indicator_table_must_be_there() -> None:
    head = SOURCE[: SOURCE.index("[[tabs]]")]
    assert sentence_of(f"{head}tabs = []\n") == "栏目“indicators”应当只有一个"


@pytest.mark.parametrize(
    "source",
    [
        "total = 1e99999999999999999999",
        f"total = {'9' * 5000}",
        f"a = {'[' * 5000}",
        f"a = 0x{'f' * 9000}",
        "\0",
        "\ud800",
    ],
    ids=["exponent", "digits", "depth", "hexadecimal", "control", "surrogate"],
)
def test_what_no_reader_can_take_is_no_template(source: str) -> None:
    assert sentence_of(source)


def test_a_template_that_is_not_bundled_is_named() -> None:
    for code in ("atlantis-1999", "../templates/rugao-2024"):
        with pytest.raises(AppError, match=f"^没有名为“{re.escape(code)}”的表样，请升级程序或向财政部门索取该表样$"):
            load_template(code)


def test_what_is_left_out_has_its_default() -> None:
    source = SOURCE.replace('numbering = "（{n}）"\n', "").replace('unit = "万元"\n', "")
    blocks = read_template(source).blocks
    assert blocks[1] == ItemsBlock("主要职能", "duties", "", 0)
    budget = read_template(source).budget_table
    assert budget
    assert budget.unit == ""


def test_a_template_may_do_without_budget_and_staffing() -> None:
    found = read_template(short_source())
    assert (found.budget_table, found.staffing) == (None, None)
    assert blank_form(found).budget == ()


def short_source() -> str:
    document = tomllib.loads(SOURCE, parse_float=Decimal)
    tabs = [{"title": "指标评分", "blocks": [document["tabs"][3]["blocks"][0]]}]
    return write_toml({**document, "tabs": tabs})


def test_templates_are_equal_when_their_sources_are() -> None:
    assert read_template(SOURCE, "here") == read_template(SOURCE, "there")
    assert read_template(SOURCE + "# \n") != read_template(SOURCE)


def test_a_template_is_shown_by_its_code_and_not_by_its_source() -> None:
    assert repr(template()) == "Template('rugao-2024')"


def write_toml(document: dict[str, Any]) -> str:
    """A TOML text that reads as ``document``; everything in one line per key."""
    return "".join(f"{write_value(key)} = {write_value(value)}\n" for key, value in document.items())


def write_value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "{" + ", ".join(f"{write_value(key)} = {write_value(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(write_value, value)) + "]"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        case _:
            return str(value)


ODD_VALUES = (
    st.sampled_from([0, 1, -1, 2, Decimal("0.5"), Decimal("-1.5"), True, False, "", "level1", "score", "total", [], {}, ["a"]])
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn")), max_size=5)
    | st.integers(-5, 200)
)  # fmt: skip


def inner_parts(part: object) -> Iterator[Any]:
    """Every table and list of a document, the document first."""
    if isinstance(part, dict | list):
        yield part
        for inner in part.values() if isinstance(part, dict) else part:
            yield from inner_parts(inner)


@st.composite
def damaged_templates(draw: st.DrawFn) -> str:
    """The template of 2024 with one to three keys or items deleted, renamed, doubled or given another value."""
    document: dict[str, Any] = tomllib.loads(SOURCE, parse_float=Decimal)
    for _ in range(draw(st.integers(1, 3))):
        part = draw(st.sampled_from([part for part in inner_parts(document) if part]))
        key = draw(st.sampled_from([*part] if isinstance(part, dict) else [*range(len(part))]))
        match draw(st.sampled_from(["delete", "rename", "replace", "double"])):
            case "delete":
                del part[key]
            case "replace":
                part[key] = deepcopy(draw(ODD_VALUES))
            case "rename" if isinstance(part, dict):
                part[draw(st.sampled_from(["kind", "label", "key", "group", f"{key}s", "limit"]))] = part.pop(key)
            case "double" if isinstance(part, list):
                part.append(part[key])
            case _:
                pass
    return write_toml(document)


def test_the_writer_of_these_tests_writes_what_it_is_given() -> None:
    document = tomllib.loads(SOURCE, parse_float=Decimal)
    assert tomllib.loads(write_toml(document), parse_float=Decimal) == document


@given(damaged_templates() | st.text().map(lambda text: f"{SOURCE}{text}") | st.text())
def test_any_template_is_refused_in_words_or_can_be_shown(source: str) -> None:
    try:
        found = read_template(source)
    except AppError:
        assert sentence_of(source, "")
        return
    form = blank_form(found, "测试单位")
    assert layout(form, assess(form)).row_count >= 5


BOUNDS = st.decimals(-10, 120, places=2) | st.sampled_from([Decimal(0), Decimal(60), Decimal(80), Decimal(100)])


@given(
    st.lists(BOUNDS, max_size=5)
    | st.lists(BOUNDS, max_size=5, unique=True).map(lambda bounds: [*sorted(bounds, reverse=True), Decimal(0)])
)
def test_bands_are_accepted_exactly_when_they_fall_from_the_total_to_zero(bounds: list[Decimal]) -> None:
    falls = all(upper > lower for upper, lower in pairwise(bounds))
    fits = falls and bounds != [] and bounds[0] <= 100 and bounds[-1] == 0
    try:
        check_bands(tuple(GradeBand("", bound) for bound in bounds), Decimal(100))
    except Misfit:
        assert not fits
    else:
        assert fits
