"""Where lines break."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheet.page.fonts import Type, advances
from app.sheet.page.text import Line, break_evenly, break_lines, can_break
from tests.sheet.steps import count_steps

SONG = advances(Type.SONG)


def broken(text: str, limit: float) -> list[str]:
    return [line.text for line in break_lines(text, SONG, limit)]


def rejoined(lines: tuple[Line, ...]) -> str:
    return "".join(line.text + "\n" * line.is_last for line in lines).removesuffix("\n")


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("绩效自评", 4, ["绩效自评"]),
        ("绩效自评", 3, ["绩效自", "评"]),
        ("过程(26)", 3, ["过程", "(26)"]),
        ("满意度(10)（续）", 4.5, ["满意度", "(10)", "（续）"]),
        ("共计454.2万元", 3, ["共计", "454.2", "万元"]),
        ("共计1,546.91万元", 6.5, ["共计", "1,546.91万元"]),
        ("共计１，５４６．９１万元", 9, ["共计", "１，５４６．９１", "万元"]),
        ("完成率100%以上", 4, ["完成率", "100%以", "上"]),
        ("完成率≥98%", 4, ["完成率", "≥98%"]),
        ("增长-3.5%", 3.5, ["增长", "-3.5%"]),
        ("完成。验收", 2, ["完", "成。", "验收"]),
        ("见《手册》", 3, ["见《手", "册》"]),
        ("预算，（执行）", 3, ["预算，", "（执", "行）"]),
        ('"三公经费"变动率', 5.2, ['"三公经费"', "变动率"]),
        ("所谓——其实", 3, ["所谓", "——其", "实"]),
        ("等等……还有", 3, ["等等", "……还", "有"]),
        ("按ISO 9001标准", 4, ["按ISO ", "9001标", "准"]),
        ("don't stop", 3.5, ["don't ", "stop"]),
        ("2024-03-01起", 4.5, ["2024-03-", "01起"]),
        ("2024-03-01起", 5.5, ["2024-03-01", "起"]),
        ("甲\n\n乙", 4, ["甲", "", "乙"]),
        ("", 4, [""]),
        ("甲  乙", 1.2, ["甲  ", "乙"]),
        ("ABCDEFGH", 2, ["AB", "CD", "EF", "GH"]),
        ("（1234567）", 4, ["（", "1234567", "）"]),
    ],
)
def test_lines_break_as_chinese_is_set(text: str, limit: float, lines: list[str]) -> None:
    assert broken(text, limit) == lines


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("机构设置及人员配置", 4, ["机构设", "置及人", "员配置"]),
        ("及时发放居保转企保参保补助", 6, ["及时发放居", "保转企保参", "保补助"]),
        ("社会效益(10)", 5, ["社会效益", "(10)"]),
        ("绩效自评", 4, ["绩效自评"]),
        ("全年\n数", 4, ["全年", "数"]),
    ],
)
def test_no_lone_character_stands_below_a_centred_text(text: str, limit: float, lines: list[str]) -> None:
    assert [line.text for line in break_evenly(text, SONG, limit)] == lines


TEXTS = st.text(
    st.sampled_from("绩效评价（）《》“”\"'，。、；：％%1234567890.,-—…ABCxyz ≥≤￥\n万元亿𫖯\u0301①/"), max_size=80
)
LIMITS = st.floats(1, 30)


@given(TEXTS, LIMITS)
def test_nothing_is_lost_and_nothing_is_wider_than_the_cell(text: str, limit: float) -> None:
    lines, evened = break_lines(text, SONG, limit), break_evenly(text, SONG, limit)
    assert rejoined(lines) == rejoined(evened) == text
    assert len(lines) == len(evened)
    for line in lines + evened:
        shown = line.text.rstrip(" ")
        assert line.width == pytest.approx(sum(SONG[character] for character in shown))
        assert line.width <= limit + 1e-5 or len(shown) <= 1


@given(TEXTS, LIMITS)
def test_a_line_ends_where_it_may_unless_one_piece_fills_it(text: str, limit: float) -> None:
    lines = break_lines(text, SONG, limit)
    for line, following in pairwise(lines):
        if line.is_last:
            continue
        paragraph, at = line.text + following.text, len(line.text)
        if not can_break(paragraph.replace('"', "'"), at) and '"' not in paragraph:
            # One piece fills the line: it could have ended nowhere before.
            assert not any(can_break(paragraph, place) for place in range(1, at))


@given(
    st.text("0123456789", min_size=1, max_size=6), st.text("绩效评", max_size=8), st.sampled_from(["%", "％", ")", ""])
)
def test_numbers_and_what_closes_them_stay_whole(number: str, before: str, after: str) -> None:
    amount = f"{number}.{number}{after}"
    assert any(amount in line for line in broken(before + amount + "万元", 12))


@given(TEXTS, LIMITS)
def test_no_line_could_take_the_next_piece(text: str, limit: float) -> None:
    lines = break_lines(text, SONG, limit)
    for line, following in pairwise(lines):
        if line.is_last or '"' in text:
            continue
        joined = line.text + following.text
        start = len(line.text)
        end = next((at for at in range(start + 1, len(joined)) if can_break(joined, at)), len(joined))
        if can_break(joined, start):
            assert sum(SONG[character] for character in joined[:end].rstrip(" ")) > limit - 1e-5 or end == len(joined)


@pytest.mark.parametrize("unit", ["绩", "9", "。", "（"])
def test_work_grows_with_the_length_only(unit: str) -> None:
    short = count_steps(lambda: break_lines(unit * 1_000, SONG, 30))
    assert count_steps(lambda: break_lines(unit * 10_000, SONG, 30)) < 12 * short
