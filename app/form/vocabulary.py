"""The characters and words in which accountants write quantities. Data only; `quantity` decides what they mean."""

from decimal import Decimal
from typing import Final

# Full-width forms come from Chinese input methods; dashes from Word's autocorrection.
NARROW: Final = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        "　": " ",
        "\u00a0": " ",
        "−": "-",
        "–": "-",
        "—": "-",
        "￥": "¥",
        "≧": "≥",
        "≦": "≤",
        "﹪": "%",
    }
)

CURRENCY_SIGN: Final = "¥"
RATE_SIGN: Final = "%"

BOUND_SIGNS: Final = (
    (">=", "≥"),
    ("<=", "≤"),
    ("≥", "≥"),
    ("≤", "≤"),
    (">", ">"),
    ("<", "<"),
    ("不低于", "≥"),
    ("不少于", "≥"),
    ("不高于", "≤"),
    ("不超过", "≤"),
    ("=", "="),
)

# Powers of ten, so that every conversion is exact: 1 unit = 10**exponent 元.
MONEY_UNITS: Final = {"亿元": 8, "万元": 4, "千元": 3, "元": 0}
WAN_EXPONENT: Final = MONEY_UNITS["万元"]
POINT_UNIT: Final = "分"
WAN_UNIT: Final = "万元"
COUNT_UNITS: Final = ("人", "个", "名", "户", "次", "项", "家", "件", "份", "天", "期", "场", "篇", "台", "辆")

MOST_INTEGER_DIGITS: Final = 15
MOST_DECIMALS: Final = 6
LARGEST: Final = Decimal(10) ** MOST_INTEGER_DIGITS

# Numbers of lists.
LIST_DIGITS: Final = "一二三四五六七八九"
LIST_TEN: Final = "十"
ORDINAL: Final = "第"
YEAR: Final = "年"
