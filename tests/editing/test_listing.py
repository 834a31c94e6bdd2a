"""Lists as one text: where items begin in what is pasted, and which Change makes a list have other texts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.edits import clean_value
from app.editing.listing import edit_items
from app.form.change import Change, InsertRow, RemoveRow, SetValue, apply_change, invert, merge
from app.form.form import Form
from app.form.reading.loader import blank_form, load_template
from app.form.reading.numbering import split_items
from app.form.rows import Place, TextItem
from app.form.text import sanitise

FORM = replace(
    blank_form(load_template("rugao-2024"), "甲局"),
    duties=(TextItem("a", "一"), TextItem("b", "二二"), TextItem("c", "三")),
)

# --- pasted text -----------------------------------------------------------------------------------------------------

LISTS = {
    "Word, brackets and tab": "（1）\t贯彻执行法规\r\n（2）\t拟订规划\r\n",
    "half-width brackets": "(1)贯彻执行法规\n(2) 拟订规划",
    "mixed brackets": "（1)贯彻执行法规\n(2）拟订规划",
    "point": "1.贯彻执行法规\n2. 拟订规划",
    "full-width point": "1．贯彻执行法规\n２．拟订规划",
    "Word, point and tab": "1.\t贯彻执行法规\r2.\t拟订规划\r",
    "comma": "1、贯彻执行法规\n2、拟订规划",
    "one bracket": "1)贯彻执行法规\n2）拟订规划",
    "number and tab": "1\t贯彻执行法规\n2\t拟订规划",
    "circled": "①贯彻执行法规\n②拟订规划",
    "circled with comma": "①、贯彻执行法规\n②、拟订规划",
    "words": "一、贯彻执行法规\n二、拟订规划",
    "words with point": "一. 贯彻执行法规\n二. 拟订规划",
    "words in brackets": "（一）贯彻执行法规\n（二）拟订规划",
    "words and one bracket": "一）贯彻执行法规\n二）拟订规划",
    "ordinals": "第一，贯彻执行法规\n第二，拟订规划",
    "ordinals with figures": "第1、贯彻执行法规\n第2、拟订规划",
    "bullets": "•\t贯彻执行法规\n•\t拟订规划",
    "dots": "· 贯彻执行法规\n·拟订规划",
    "hyphens": "- 贯彻执行法规\n- 拟订规划",
    "Word's own bullets": "\uf0b7\t贯彻执行法规\n\uf06c\t拟订规划",
    "no marks": "贯彻执行法规\r\n拟订规划",
    "blank lines and blanks": "\n\n  1. 贯彻执行法规 \n\n\u3000\u30002. 拟订规划\n\n",
    "not from one": "5、贯彻执行法规\n6、拟订规划",
    "across ten in words": "十九、贯彻执行法规\n二十、拟订规划",
    "circled beyond twenty": "⑳贯彻执行法规\n㉑拟订规划",
    "numbered twice": "1.\t（1）贯彻执行法规\n2.\t（2）拟订规划",
    "number on a line of its own": "（1）\n贯彻执行法规\n（2）\n拟订规划",
    "lines broken by hand in one paragraph": "1、贯彻执行法规\v2、拟订规划",
    "paragraph ends of Qt": "（1）贯彻执行法规\u2029（2）拟订规划",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_pasted_list_falls_into_its_items(text: str) -> None:
    assert split_items(text) == ("贯彻执行法规", "拟订规划")


KEPT = (
    ("2024年收入1.2亿元", "2025年收入1.3亿元"),
    ("1.5倍于去年", "2.5倍于前年"),
    ("3个科室", "4个中心"),
    ("1.贯彻执行法规",),
    ("（1）只有一项",),
    ("- 只有一项",),
    ("1、贯彻", "3、拟订"),
    ("2、贯彻", "1、拟订"),
    ("1、贯彻", "2、拟订", "1、执行", "2、规划"),
    ("1、贯彻", "2.拟订"),
    ("-5%的增长", "-3%的增长"),
    ("- 贯彻", "拟订"),
    ("2023、2024年", "2024、2025年"),
    ("一季度收入", "二季度收入"),
    ("第一季度收入", "第二季度收入"),
    ("1 个科室", "2 个中心"),
    ("100％完成", "101％完成"),
)


@pytest.mark.parametrize("items", KEPT, ids=" ".join)
def test_text_that_only_begins_like_a_number_is_never_cut(items: tuple[str, ...]) -> None:
    assert split_items("\n".join(items)) == items


def test_a_year_after_the_point_is_no_fraction() -> None:
    assert split_items("1.2024年收入增长\n2.2025年收入持平") == ("2024年收入增长", "2025年收入持平")


def test_what_has_no_number_belongs_to_the_item_above_it() -> None:
    text = "主要职能：\n（1）党建工作\n加强学习\n（2）日常工作"
    assert split_items(text) == ("主要职能：", "党建工作\n加强学习", "日常工作")


def test_the_outer_numbers_make_the_items() -> None:
    text = "一、总体\n（一）甲\n（二）乙\n二、其他\n（一）丙"
    assert split_items(text) == ("总体\n（一）甲\n（二）乙", "其他\n（一）丙")
    assert split_items("一、主要职能\n1、甲\n2、乙") == ("一、主要职能", "甲", "乙")


def test_a_broken_line_stays_within_its_item() -> None:
    assert split_items("甲\v乙\r\n丙") == ("甲\n乙", "丙")
    assert split_items("甲\u2028乙") == ("甲\n乙",)


@pytest.mark.parametrize("text", ["", " \n\t\r\n\u3000", "（1）\n（2）"])
def test_nothing_pasted_is_no_item(text: str) -> None:
    assert split_items(text) == ()


def test_characters_that_no_file_can_hold_go() -> None:
    assert split_items("1.甲\x07\n2.\ufeff乙") == ("甲", "乙")


LOOSE = st.sampled_from(
    [
        "\n",
        "\x0b",
        "\u2028",
        "\t",
        "\u3000",
        "（",
        "）",
        "(",
        ")",
        ".",
        "．",
        "、",
        "，",
        "-",
        "•",
        "第",
        "1",
        "2",
        "１",
        "10",
        "2024年",
        "一",
        "二",
        "十",
        "①",
        "②",
        "甲",
        "乙乙",
        "x",
        "𫖯",
    ]
)
MARKS = st.sampled_from(
    ["", "（1）", "（2）", "(3)", "1.", "2. ", "1、", "2、", "一、", "二、", "①", "②", "• ", "- ", "第一，"]
)
BODIES = st.sampled_from(["甲", "乙乙", "2024年", "5倍", "", "x\v甲", "\u3000𫖯 "])
LINES = st.lists(st.tuples(MARKS, MARKS, BODIES).map("".join), max_size=6)
PASTED = st.lists(LOOSE, max_size=25).map("".join) | st.builds(str.join, st.sampled_from(["\n", "\r\n", "\v"]), LINES)
NUMBERINGS = ("（{n}）", "({n})", "{n}、", "{n}.\t", "{n})", "{n}\t")


def pasted_again(items: tuple[str, ...], numbering: str = "") -> str:
    """The items as Word puts them onto the clipboard."""
    numbered = (numbering.replace("{n}", str(number)) + item for number, item in enumerate(items, 1))
    return "\r\n".join(text.replace("\n", "\v") for text in numbered)


@given(PASTED)
def test_items_are_split_once_and_for_all(text: str) -> None:
    items = split_items(text)
    assert split_items(pasted_again(items)) == items
    assert all(item == item.strip() != "" for item in items)


@given(PASTED, st.sampled_from(NUMBERINGS))
def test_numbered_items_come_back_without_their_numbers(text: str, numbering: str) -> None:
    items = split_items(text)
    if len(items) > 1 and not any(item[0] in "、.．" for item in items):  # a comma may belong to the number
        assert split_items(pasted_again(items, numbering)) == items


@given(PASTED)
def test_nothing_but_marks_and_blanks_is_lost(text: str) -> None:
    def letters(text: str) -> str:
        return "".join(character for character in text if character in "甲乙x𫖯")

    def visible(text: str) -> str:
        return "".join(text.split())

    items = split_items(text)
    joined = visible("".join(items))
    assert letters(joined) == letters(text)
    rest = iter(visible(text))
    assert all(character in rest for character in joined)  # in the same order
    if not any(mark in text for mark in "）)、.．，\t①②•-"):
        assert joined == visible(text)


# --- the Change a new list is ----------------------------------------------------------------------------------------


def edited(*texts: str, form: Form = FORM) -> Change:
    change = edit_items(form, "duties", texts, "v1")
    assert change is not None
    return change


def keys(change: Change) -> str:
    return " ".join(row.key if len(row.key) == 1 else "*" for row in apply_change(FORM, change).duties)


def test_typing_in_one_item_is_one_value_and_merges_within_a_visit() -> None:
    first = edited("一", "二二十", "三")
    assert first.patches == (SetValue(Place("duties", "b", "text"), "二二", "二二十"),)
    assert first.text == "修改主要职能第 2 项"
    second = edited("一", "二二十五", "三", form=apply_change(FORM, first))
    merged = merge(first, second)
    assert merged is not None
    assert merged.patches == (SetValue(Place("duties", "b", "text"), "二二", "二二十五"),)
    elsewhere = edit_items(apply_change(FORM, first), "duties", ("一", "二二十五", "三"), "v2")
    assert elsewhere is not None
    assert merge(first, elsewhere) is None


@pytest.mark.parametrize(
    ("texts", "kept", "name"),
    [
        (("一", "二二", "三", ""), "a b c *", "增加一项主要职能"),
        (("", "一", "二二", "三"), "* a b c", "增加一项主要职能"),
        (("一", "", "二二", "三"), "a * b c", "增加一项主要职能"),
        (("一", "二", "二", "三"), "a b * c", "将主要职能第 2 项分开"),
        (("一二二", "三"), "a c", "将主要职能第 1 项与下一项合并"),
        (("一", "三"), "a c", "删除主要职能第 2 项"),
        (("一",), "a", "删除 2 项主要职能"),
        ((), "", "删除 3 项主要职能"),
        (("一", "二二", "四", "五", "三"), "a b * * c", "增加 2 项主要职能"),
        (("三", "二二", "一"), "a b c", "修改主要职能的多项"),
        (("一", "二", "三四"), "a b c", "修改主要职能的多项"),
        (("一", "二四", "五", "二", "三"), "a b * * c", "修改主要职能的多项"),
        (("一四", "三"), "a c", "修改主要职能的多项"),
    ],
)
def test_items_that_stay_keep_their_keys(texts: tuple[str, ...], kept: str, name: str) -> None:
    change = edited(*texts)
    assert keys(change) == kept
    assert change.text == name
    assert change.merge_key is None


def test_new_items_get_keys_of_their_own() -> None:
    change = edited("一", "二二", "三", "", "")
    fresh = [patch.row.key for patch in change.patches if isinstance(patch, InsertRow)]
    assert len({*fresh, "a", "b", "c"}) == 5


def test_the_same_list_is_no_change() -> None:
    assert edit_items(FORM, "duties", ("一", "二二", "三\x07")) is None
    assert edit_items(replace(FORM, duties=()), "duties", ()) is None


TEXTS = st.lists(st.sampled_from(["", "一", "二二", "三", "一二二", "二", "1\u20282", "\x07", "𫖯"]), max_size=6)


@given(TEXTS, TEXTS)
def test_a_list_gets_exactly_these_texts_and_can_have_the_old_ones_back(before: list[str], after: list[str]) -> None:
    kept = (sanitise(text).text for text in before)
    form = replace(FORM, duties=tuple(TextItem(f"k{at}", text) for at, text in enumerate(kept)))
    change = edit_items(form, "duties", after)
    wanted = [clean_value(Place("duties", "", "text"), text) for text in after]
    if change is None:
        assert [item.text for item in form.duties] == wanted
        return
    then = apply_change(form, change)
    assert [item.text for item in then.duties] == wanted
    assert apply_change(then, invert(change)) == form
    stayed = sum(isinstance(patch, RemoveRow) for patch in change.patches)
    assert len({row.key for row in form.duties} & {row.key for row in then.duties}) == len(before) - stayed
