"""A number may replace its text only where the format brings the very same text back."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.sheet.numbers import MOST_DIGITS, number_format

UNITS = st.sampled_from(["", " 万元", "万元", "元", "人", " 个", "分"])
WHOLE = st.integers(0, 10**9 - 1)


def show(shape: str, number: Decimal) -> str:
    """What a spreadsheet displays: a second, plain reading of the few format codes that are used."""
    pieces = shape.split('"')
    code = next(piece for piece in pieces if "0" in piece)
    digits, percent = code.rstrip("% "), code[len(code.rstrip("% ")) :]
    places = len(digits.partition(".")[2])
    least = digits.partition(".")[0].replace("#,##", "").count("0")
    value = abs(number) * (100 if percent else 1)
    grouping = "," if "," in digits else ""
    width = least + (places + 1 if places else 0)
    body = f"{value:0{'' if grouping else width}{grouping}.{places}f}"
    around = [piece if piece != code else body + percent for piece in pieces]
    return ("-" if number < 0 else "") + "".join(around)


@pytest.mark.parametrize(
    ("text", "number", "shape"),
    [
        ("87.5%", "0.875", "0.0%"),
        ("100 %", "1", "0 %"),
        ("1546.91 万元", "1546.91", '0.00" 万元"'),
        ("1,546.91", "1546.91", "#,##0.00"),
        ("￥1,546.91", "1546.91", '"￥"#,##0.00'),
        ("5.00", "5", "0.00"),
        ("-3", "-3", "0"),
        ("007", "7", "000"),
        ("0", "0", "0"),
    ],
)
def test_a_number_keeps_its_look(text: str, number: str, shape: str) -> None:
    assert number_format(text, Decimal(number)) == shape
    assert show(shape, Decimal(number)) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１５４６", "1546"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("≥98%", "0.98"),
        ("合规", "1"),
        ("", "0"),
        ("-0.0", "0"),
        ("15469100元", "1546.91"),
        ("1,54", "154"),
        ("5\n", "5"),
        (' 5"', "5"),
        ("1e5", "100000"),
        ("0.1234567890123456", "0.1234567890123456"),
        ("12345678901234567.89", "12345678901234567.89"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
    ],
)
def test_what_no_format_shows_stays_text(text: str, number: str) -> None:
    assert number_format(text, Decimal(number)) is None


@given(
    minus=st.booleans(), whole=WHOLE, decimals=st.integers(0, 6), is_percent=st.booleans(), unit=UNITS, data=st.data()
)
def test_the_format_brings_the_text_back(
    *, minus: bool, whole: int, decimals: int, is_percent: bool, unit: str, data: st.DataObject
) -> None:
    fraction = data.draw(st.integers(0, 10**decimals - 1))
    digits = data.draw(st.sampled_from([f"{whole}", f"{whole:,}", f"{whole:04}"]))
    body = digits + (f".{fraction:0{decimals}}" if decimals else "")
    text = ("-" if minus else "") + body + ("%" if is_percent else "") + unit
    number = Decimal(body.replace(",", "")) * (-1 if minus else 1) / (100 if is_percent else 1)
    shape = number_format(text, number)
    if shape is None:
        assert minus
        assert number == 0
    else:
        assert show(shape, number) == text


@given(st.text("0123456789.,-%万元 ￥", max_size=24), st.decimals(allow_nan=False, allow_infinity=False, places=3))
@example("0%", Decimal("0.000"))
def test_no_text_is_ever_shown_differently(text: str, number: Decimal) -> None:
    shape = number_format(text, number)
    assert shape is None or show(shape, number) == text


@given(st.integers(1, 10 ** (MOST_DIGITS + 3)), st.integers(0, 6))
def test_a_number_survives_the_double_or_stays_text(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    is_number = number_format(f"{number:f}", number) is not None
    assert is_number == (digits < 10**MOST_DIGITS)
    if is_number:
        assert Decimal(f"{float(number):.{MOST_DIGITS}g}") == number
