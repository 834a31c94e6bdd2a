"""The fixed words on the paper and in its files. Sentences for the user stand in `sentences`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

# xlsx
SONG: Final = "宋体"
HEI: Final = "黑体"
XLSX_SHEET: Final = "绩效自评表"
XLSX_NOTES: Final = "审核说明"
XLSX_RECORD: Final = "_jixiao"
XLSX_FOOTER: Final = "&C第 &P 页 / 共 &N 页"
XLSX_HEADER: Final = "&R{marking}"

UNFINISHED: Final = "（未填完）"

# pages
CONTINUED: Final = "（续）"
PAGE_FOOTER: Final = "第 {page} 页 / 共 {pages} 页"
CODE: Final = "校验码全文"

# editions
DRAFT: Final = "草稿"
FINAL: Final = "第 {number} 版 · 校验码 {code}"
# Not parted from the number before them, nor torn, where a line can hold them.
AMOUNT_UNITS: Final = frozenset({"万元", "亿元", "万", "亿", "元"})

# 佐证材料目录: its columns with their shares of the width
EVIDENCE: Final = "佐证材料目录"
EVIDENCE_COLUMNS: Final[Mapping[str, Decimal]] = {
    "序号": Decimal(6),
    "三级指标": Decimal(30),
    "材料名称": Decimal(40),
    "备注": Decimal(24),
}
EVIDENCE_OF_ALL: Final = "整张表"
EVIDENCE_BLANK: Final = "　"
