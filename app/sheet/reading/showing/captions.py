"""The fixed Chinese words of number formats. Words only."""

from types import MappingProxyType
from typing import Final

_YEAR_MONTH: Final = 'yyyy"年"m"月"'
_MONTH_DAY: Final = 'm"月"d"日"'
_CLOCK: Final = 'h"时"mm"分"'

# What Chinese Excel and WPS show under numbers of formats that no file spells out, or spells in the American way.
FORMATS: Final = MappingProxyType(
    {
        14: "yyyy/m/d",
        22: "yyyy/m/d h:mm",
        27: _YEAR_MONTH,
        28: _MONTH_DAY,
        29: _MONTH_DAY,
        30: "m-d-yy",
        31: f'{_YEAR_MONTH}d"日"',
        32: _CLOCK,
        33: f'{_CLOCK}ss"秒"',
        34: _CLOCK,
        35: f'{_CLOCK}ss"秒"',
        36: _YEAR_MONTH,
        50: _YEAR_MONTH,
        51: _MONTH_DAY,
        52: _YEAR_MONTH,
        53: _MONTH_DAY,
        54: _MONTH_DAY,
        55: _CLOCK,
        56: f'{_CLOCK}ss"秒"',
        57: _YEAR_MONTH,
        58: _MONTH_DAY,
    }
)
WEEKDAYS: Final = "一二三四五六日"
WEEKDAY: Final = "星期"
MORNING: Final = "上午"
AFTERNOON: Final = "下午"
DIGITS: Final = "〇一二三四五六七八九"
TEN: Final = "十"
HUNDRED: Final = "百"
# What a header or footer says that only counts pages.
PAGE_NUMBER: Final = r"(?:[第共总页码/／.·,，:：|()（）\-–—~0-9\s]|page|of|[一二三四五六七八九十])*"
