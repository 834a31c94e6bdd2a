"""Quantities: what accountants type, read exactly or not at all."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.quantity import (
    Blank,
    Bound,
    Number,
    Quantity,
    Unreadable,
    format_number,
    format_rounded,
    interpret,
    round_half_up,
    to_wan,
)
from app.form.vocabulary import COUNT_UNITS, LARGEST, MONEY_UNITS, MOST_DECIMALS, MOST_INTEGER_DIGITS

# What is typed → value, unit.
NUMBERS = {
    "１，５４６．９１": ("1546.91", ""),
    "1,546.91万元": ("1546.91", "万元"),
    "￥15469100元": ("15469100", "元"),
    "¥15469100元": ("15469100", "元"),
    "15469100 元": ("15469100", "元"),
    "87.5%": ("87.5", "%"),
    "100 %": ("100", "%"),
    "８７．５％": ("87.5", "%"),
    "87.5﹪": ("87.5", "%"),
    "－3": ("-3", ""),
    "−3": ("-3", ""),
    "–3": ("-3", ""),
    "— 3": ("-3", ""),
    "+3": ("3", ""),
    "＋３": ("3", ""),
    "5.00": ("5", ""),
    "155": ("155", ""),
    "155\u3000万元": ("155", "万元"),
    "\u00a09.5\u3000": ("9.5", ""),
    "\t9.5\n": ("9.5", ""),
    "0.39 万元": ("0.39", "万元"),
    "1.2亿元": ("1.2", "亿元"),
    "3千元": ("3", "千元"),
    "9.5分": ("9.5", "分"),
    "24 人": ("24", "人"),
    "1,234,567": ("1234567", ""),
    "007": ("7", ""),
    ".5": ("0.5", ""),
    "5.": ("5", ""),
    "0": ("0", ""),
    "-0": ("0", ""),
    "-0.00%": ("0", "%"),
    "9" * 15: ("9" * 15, ""),
    "0" * 30 + "1": ("1", ""),
    "0.123456": ("0.123456", ""),
}

BOUNDS = {
    "≥98%": ("≥", "98", "%"),
    "≤0%": ("≤", "0", "%"),
    "≥ 98 %": ("≥", "98", "%"),
    ">=98%": ("≥", "98", "%"),
    "＞＝98%": ("≥", "98", "%"),
    "<=5": ("≤", "5", ""),
    "≧5": ("≥", "5", ""),
    "≦5": ("≤", "5", ""),
    ">5": (">", "5", ""),
    "＜5": ("<", "5", ""),
    "=5": ("=", "5", ""),
    "不低于98%": ("≥", "98", "%"),
    "不少于3次": ("≥", "3", "次"),
    "不高于5": ("≤", "5", ""),
    "不超过￥5万元": ("≤", "5", "万元"),
}

# What is typed → whether it has digits, and the reason in words.
UNREADABLE = {
    "合规": (False, "“合规”里没有数字"),
    "nan": (False, "“nan”里没有数字"),
    "Infinity": (False, "“Infinity”里没有数字"),
    "٣٤": (False, "“٣٤”里没有数字"),
    "½": (False, "“½”里没有数字"),
    "²": (False, "“²”里没有数字"),
    "≥": (False, "“≥”里没有数字"),
    "—": (False, "“—”里没有数字"),
    "/": (False, "“/”里没有数字"),
    "\ud800": (False, "“”里没有数字"),
    "1e5": (True, "“1e5”中“e5”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "1_546": (True, "“1_546”中“_546”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "1²": (True, "“1²”中“²”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "1٣": (True, "“1٣”中“٣”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "1 546": (True, "“1 546”中“546”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "5-7": (True, "“5-7”中“-7”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "1.2.3": (True, "“1.2.3”中“.3”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "98%以上": (True, "“98%以上”中“%以上”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "1\ud800": (True, "“1”中“”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
    "约5": (True, "“约5”不是数字，请写成 1546.91 这样的形式"),
    "(5)": (True, "“(5)”不是数字，请写成 1546.91 这样的形式"),
    "--5": (True, "“--5”不是数字，请写成 1546.91 这样的形式"),
    "≥≥5": (True, "“≥≥5”不是数字，请写成 1546.91 这样的形式"),
    ".万元5": (True, "“.万元5”不是数字，请写成 1546.91 这样的形式"),
    "￥5": (True, "“￥5”带有￥，但没有写明是元还是万元，请补上单位"),
    "￥5%": (True, "“￥5%”带有￥，但没有写明是元还是万元，请补上单位"),
    "￥5人": (True, "“￥5人”带有￥，但没有写明是元还是万元，请补上单位"),
    "1,23": (True, "千分位逗号的位置不对，请写成 1,546.91 或 1546.91"),
    "1，23": (True, "千分位逗号的位置不对，请写成 1,546.91 或 1546.91"),
    "1,234,56": (True, "千分位逗号的位置不对，请写成 1,546.91 或 1546.91"),
    "1234,567": (True, "千分位逗号的位置不对，请写成 1,546.91 或 1546.91"),
    "1,": (True, "千分位逗号的位置不对，请写成 1,546.91 或 1546.91"),
    "0,500": (True, "千分位逗号的位置不对，请写成 1,546.91 或 1546.91"),
    "9" * 16: (True, "数字过长，整数部分最多 15 位，小数最多 6 位"),
    "1" * 20: (True, "数字过长，整数部分最多 15 位，小数最多 6 位"),
    "0.1234567": (True, "数字过长，整数部分最多 15 位，小数最多 6 位"),
    "1" * 100_000: (True, "数字过长，整数部分最多 15 位，小数最多 6 位"),
    "合" * 100_000: (False, "“合合合合合合合合合合合合…”里没有数字"),
    "1" + "合" * 100_000: (
        True,
        "“1合合合合合合合合合合合…”中“合合合合合合合合合合合合…”无法识别，请只写数字和单位（如 155 万元、87.5%）",
    ),
}

SPELLED = st.text("0123456789０５，,.．￥¥%％≥≤＞<>= \u3000万元亿千人分－-+e_٣½合nan")
TYPEABLE = st.decimals(-LARGEST + 1, LARGEST - 1, places=MOST_DECIMALS, allow_nan=False, allow_infinity=False)
FINITE = st.decimals(-(10**40), 10**40, allow_nan=False, allow_infinity=False)


def short(text: str) -> str:
    return ascii(text if len(text) <= 20 else f"{text[:3]} in {len(text)}")


@pytest.mark.parametrize("typed", NUMBERS, ids=short)
def test_a_number_is_read_with_its_unit(typed: str) -> None:
    value, unit = NUMBERS[typed]
    assert interpret(typed) == Number(Decimal(value), unit)


@pytest.mark.parametrize("typed", BOUNDS, ids=short)
def test_an_inequality_is_a_bound_and_no_number(typed: str) -> None:
    sign, value, unit = BOUNDS[typed]
    assert interpret(typed) == Bound(sign, Number(Decimal(value), unit))


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\u00a0\t\n"], ids=short)
def test_white_space_is_blank(typed: str) -> None:
    assert interpret(typed) == Blank()


@pytest.mark.parametrize("typed", UNREADABLE, ids=short)
def test_what_cannot_be_read_says_why(typed: str) -> None:
    has_digits, because = UNREADABLE[typed]
    assert interpret(typed) == Unreadable(because, has_digits)


def inner_number(quantity: Quantity) -> Number | None:
    match quantity:
        case Number():
            return quantity
        case Bound(_, number):
            return number
        case Blank() | Unreadable():
            return None


@given(st.text(st.characters()) | SPELLED)
def test_any_text_is_read_as_a_quantity_and_never_as_a_float(text: str) -> None:
    quantity = interpret(text)
    assert isinstance(quantity, Blank | Number | Bound | Unreadable)
    number = inner_number(quantity)
    if number is not None:
        assert type(number.value) is Decimal
        assert number.value.is_finite()
        assert number.value.copy_abs() < LARGEST
        assert str(number.value) != "-0.0"
        assert number.unit in {"", "%", "分", *MONEY_UNITS, *COUNT_UNITS}
    if isinstance(quantity, Unreadable):
        assert quantity.because.encode("utf-8")


@given(TYPEABLE, st.sampled_from(["", "%", " %", "元", "万元", " 亿元", "人"]))
def test_a_shown_number_reads_back_as_itself(value: Decimal, unit: str) -> None:
    assert interpret(format_number(value) + unit) == Number(value, unit.strip())


@given(TYPEABLE)
def test_thousands_may_be_grouped(value: Decimal) -> None:
    assert interpret(f"{value:,f}") == Number(value)


@given(SPELLED | st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_the_full_width_spelling_reads_the_same(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000})
    narrow, widened = interpret(text), interpret(wide)
    assert type(narrow) is type(widened)
    if not isinstance(narrow, Unreadable):
        assert narrow == widened


def test_a_number_of_the_most_digits_is_read() -> None:
    typed = f"{'9' * MOST_INTEGER_DIGITS}.{'9' * MOST_DECIMALS}"
    assert interpret(typed) == Number(Decimal(typed))


@pytest.mark.parametrize(
    ("typed", "wan"),
    [
        ("1546.91", "1546.91"),
        ("1546.91万元", "1546.91"),
        ("15469100元", "1546.91"),
        ("1.5亿元", "15000"),
        ("5千元", "0.5"),
        ("0.000001元", "0.0000000001"),
        ("999999999999999.999999亿元", "9999999999999999999.99"),
    ],
)
def test_amounts_are_converted_exactly(typed: str, wan: str) -> None:
    quantity = interpret(typed)
    assert isinstance(quantity, Number)
    assert to_wan(quantity) == Decimal(wan)


@pytest.mark.parametrize("unit", ["%", "分", "人"])
def test_what_is_no_money_has_no_amount(unit: str) -> None:
    assert to_wan(Number(Decimal(5), unit)) is None


@given(TYPEABLE, st.sampled_from([*MONEY_UNITS]))
def test_conversion_only_moves_the_point(value: Decimal, unit: str) -> None:
    wan = to_wan(Number(value, unit))
    assert wan is not None
    assert Fraction(wan) == Fraction(value) * 10 ** MONEY_UNITS[unit] / 10**4


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("102.50", "102.5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("-0.00", "0"),
        ("-0", "0"),
        ("0.10", "0.1"),
        ("-3.0", "-3"),
    ],
)
def test_a_number_is_shown_without_needless_zeros(value: str, shown: str) -> None:
    assert format_number(Decimal(value)) == shown


# Excel's ROUND: ties go away from zero; 1.005 and 892.145 are ties that a float can't hold.
@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1.005", 2, "1.01"),
        ("892.145", 2, "892.15"),
        ("2.675", 2, "2.68"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-1.005", 2, "-1.01"),
        ("0.5", 0, "1"),
        ("1.4999999999999999999999999999", 0, "1"),
        ("5", 2, "5.00"),
        ("-0.001", 2, "0.00"),
        ("-0", 1, "0.0"),
        ("99.99935", 2, "100.00"),
        ("1e31", 2, "1" + "0" * 31 + ".00"),
    ],
)
def test_rounding_is_excels(value: str, places: int, shown: str) -> None:
    assert format_rounded(Decimal(value), places) == shown


@given(FINITE, st.integers(0, 6))
def test_rounding_goes_to_the_nearest_and_ties_away_from_zero(value: Decimal, places: int) -> None:
    whole, rest = divmod(abs(Fraction(value)) * 10**places, 1)
    expected = (whole + (rest >= Fraction(1, 2))) * (1 if value >= 0 else -1)
    assert Fraction(round_half_up(value, places)) * 10**places == expected
