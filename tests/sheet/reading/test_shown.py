"""A spreadsheet's values, as it shows them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheet.numbers import is_storable, number_format
from app.sheet.reading.showing.formats import numbered_format
from app.sheet.reading.showing.shown import Value, show

MOMENT = datetime(2024, 3, 5, 15, 7, 9)  # noqa: DTZ001  spreadsheets know no time zones
ACCOUNTS = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '

CASES: list[tuple[Value, str, str]] = [
    # value, format, what is shown
    (0.875, "0.0%", "87.5%"),
    (1, "0%", "100%"),
    (0.999994, "0.00%", "100.00%"),
    (1546.9, '0.00" 万元"', "1546.90 万元"),
    (15469100, '0\\.0000"万元"', "1546.9100万元"),
    (15469100, '0!.0,"万元"', "1546.9万元"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (1234, "¥#,##0.00", "¥1,234.00"),
    (5, "[$¥-804]0.0", "¥5.0"),
    (-5, "0.00", "-5.00"),
    (-5, "0.00_);(0.00)", "(5.00)"),
    (-5, "0_ ;[Red]\\-0\\ ", "-5"),
    (0, '0;-0;"-"', "-"),
    (1234, ACCOUNTS, "1,234.00"),
    (0, ACCOUNTS, "-"),
    (0.5, "#.00", ".50"),
    (5, "0.##", "5"),
    (5.25, "0.0#", "5.25"),
    (12345, "#,##0,", "12"),
    (3, "000", "003"),
    (20240305, "0000-00-00", "2024-03-05"),
    (2.675, "0.00", "2.68"),
    (1.005, "0.00", "1.01"),
    (12345.678, "0.00E+00", "1.23E+4"),
    (0.5, "# ?/?", "0.5"),
    (12, '[>=10]"多";"少"', "多"),
    (5, '[>=10]"多";"少"', "少"),
    (5, '[<3]0.0;[<10]0.00"a";0', "5.00a"),
    (5, "@", "5"),
    (5, "", "5"),
    (5, ";;;", ""),
    (5, 'G/通用格式"元"', "5元"),
    (0, "General", "0"),
    (100, "General", "100"),
    (1546.91, "General", "1546.91"),
    (0.1 + 0.2, "General", "0.3"),
    (1 / 3, "General", "0.333333333"),
    (1e-5, "General", "0.00001"),
    (12345678901234, "General", "12345678901234"),
    (1e300, "General", "1E+300"),
    (float("inf"), "0", "#NUM!"),
    (float("nan"), "0", "#NUM!"),
    (2024, "yyyy", "2024"),
    (True, "0", "TRUE"),
    (None, "0", ""),
    ("≥98%", "0.0%", "≥98%"),
    ("甲", '@"单位"', "甲单位"),
    ("一_x000D_\n二", "General", "一\n二"),
    (MOMENT, "yyyy-mm-dd", "2024-03-05"),
    (MOMENT, 'yyyy"年"m"月"d"日"', "2024年3月5日"),
    (MOMENT, 'yyyy"年"', "2024年"),
    (MOMENT, "yyyy/m/d h:mm", "2024/3/5 15:07"),
    (MOMENT, "h:mm:ss.0", "15:07:09"),
    (MOMENT, '上午/下午h"时"mm"分"', "下午3时07分"),
    (MOMENT, "aaaa", "星期二"),
    (MOMENT, "yy.m", "24.3"),
    (MOMENT, "General", "2024-03-05 15:07:09"),
    (date(2024, 1, 2), "0.0%", "2024-01-02"),
    (time(5, 6), "h:mm", "5:06"),
    (time(5, 6), "General", "05:06:00"),
    (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
]


@pytest.mark.parametrize(("value", "form", "shown"), CASES)
def test_a_value_is_shown_as_its_format_says(value: Value, form: str, shown: str) -> None:
    assert show(value, form) == shown


AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=2)
UNITS = st.sampled_from(("", " 万元", "万元", "元", "人", "%", " %"))


@given(AMOUNTS, UNITS, st.booleans())
def test_what_the_painter_writes_as_a_number_is_shown_as_it_was(amount: Decimal, unit: str, is_grouped: bool) -> None:
    text = f"{amount:,.2f}{unit}" if is_grouped else f"{amount:.2f}{unit}"
    number = amount.scaleb(-2) if unit.endswith("%") else amount
    form = number_format(text, number)
    if form is None:
        assert not is_storable(number) or text.startswith("-0.00")
    else:
        assert show(float(number), form) == text


@given(st.text(max_size=30), st.floats() | st.integers() | st.datetimes() | st.text(max_size=5))
def test_no_format_is_too_strange(form: str, value: Value) -> None:
    assert isinstance(show(value, form), str)


@given(st.text('0#?.,%@;:/-+_*\\"[]<>=$yYmdhsaeE G万元', max_size=30), st.floats() | st.integers())
def test_no_mixture_of_what_formats_are_made_of_is_too_strange(form: str, value: float) -> None:
    assert isinstance(show(value, form), str)


def test_formats_that_are_only_numbered() -> None:
    assert show(0.5, numbered_format(10)) == "50.00%"
    assert show(MOMENT, numbered_format(57)) == "2024年3月"
    assert show(5, numbered_format(200, {200: '0"人"'})) == "5人"
    assert show(5, numbered_format(199)) == "5"
