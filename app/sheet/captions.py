"""The fixed words on the paper and in its files. Sentences for the user stand in `sentences`."""

from typing import Final

# xlsx
SONG: Final = "宋体"
HEI: Final = "黑体"
XLSX_SHEET: Final = "绩效自评表"
XLSX_FOOTER: Final = "&C第 &P 页 / 共 &N 页"

UNFINISHED: Final = "（未填完）"

# pages
CONTINUED: Final = "（续）"
PAGE_FOOTER: Final = "第 {page} 页 / 共 {pages} 页"
# Not parted from the number before them, nor torn, where a line can hold them.
AMOUNT_UNITS: Final = frozenset({"万元", "亿元", "万", "亿", "元"})
