"""What the handing over says to the user, in one place: verdicts, reasons, the list in a package. Sentences only."""

from types import MappingProxyType
from typing import Final

# files that can't be opened
MISSING: Final = "找不到这个文件，可能已被移动、改名，或 U 盘已拔出"
NO_ACCESS: Final = "没有读取权限，或文件正被别的程序占用；请关闭它后重试"
EMPTY: Final = "文件是空的，没有任何内容；请向发来文件的人重新要一份"
TOO_LARGE: Final = "文件超过 50 MB，不像是一张自评价表"
BROKEN: Final = "文件已损坏或没有传完整；请向发来文件的人重新要一份"
ENCRYPTED: Final = "文件设有打开密码；请先用 WPS 或 Excel 去掉密码并保存"
UNSAFE: Final = "文件的类型不认识或内部结构不正常，为安全起见没有读取"
NO_PACKAGE: Final = "压缩包里没有本程序导出的自评价表"
NEWER: Final = "文件由另一版本（{program}）的程序导出，本程序读不懂它的校验信息；请升级程序后再核对，文件没有改动"

# verdicts
HEADLINES: Final = MappingProxyType(
    {"same": "一致", "changed": "导出后被修改", "bare": "无校验信息", "unreadable": "打不开"}
)
SAME: Final = "文件内容与导出时相同：表上的每一格，都与文件内保存的原表一致。"
CHANGED: Final = "有 {count} 处与导出时不同，逐格列在下面。修改不等于作弊，是否采用由收件单位决定。"
RECORD_DAMAGED: Final = "文件内保存的原表（隐藏的工作表“_jixiao”）被改动过，读不出来，无法逐格核对。"
RECORD_ALTERED: Final = "文件内保存的原表（隐藏的工作表“_jixiao”）与它的校验码不符，被改动过；请以盖章纸质件为准。"
TABLE_GONE: Final = "找不到自评价表所在的工作表，无法逐格核对。"
BARE: Final = "文件里没有本程序写入的校验信息，可能是手工填写的，或由别的程序另存过。无法核对，不表示内容有错。"
BARE_OTHER: Final = (
    "只有 Excel 文件（.xlsx，以及由它另存的 .xls、.ods）带有校验信息。请核对同时导出的 Excel 文件，或直接比对纸质件。"
)
BARE_FORM: Final = "交换文件（.json）不带校验信息。按它现在的内容算出的校验码是 {code}，可与盖章纸质件上的校验码比对。"

# what the code is worth
VERSION: Final = "第 {number} 版 · "
CODE: Final = "校验码 {code}（16 个字符）"
FULL_CODE: Final = "校验码全文（SHA-256）：{code}"
DRAFT_CODE: Final = "这是草稿，没有校验码；只能发现改动，没有纸质件可以比对。"
COMPARE: Final = "请把上面的校验码与盖章纸质件上的校验码逐字核对；两者不同，就不是盖章的那一版。"
HONESTY: Final = "核对能发现传输损坏和导出后的改动，不能证明是谁填的，也不能证明数据真实；它不是电子签名。"

# beside the verdict
HIDDEN_ROWS: Final = "工作表“{sheet}”有隐藏的行：{rows}"
HIDDEN_COLUMNS: Final = "工作表“{sheet}”有隐藏的列：{columns}"
EXTRA_SHEET: Final = "多出一张工作表“{sheet}”，不在核对范围内"
EXTRA_HIDDEN_SHEET: Final = "多出一张隐藏的工作表“{sheet}”，不在核对范围内"
TABLE_HIDDEN: Final = "自评价表所在的工作表“{sheet}”被隐藏了"
NOTES_GONE: Final = "工作表“审核说明”已被删除"
NOTES_OTHER: Final = "工作表“审核说明”由另一版本的程序写成，没有核对"
HEADER: Final = "每页上方印的版本和校验码被改动或删去了"
NO_HIDDEN_CHECK: Final = "这种格式（.xls）查不出隐藏的行和列；需要时请打开文件查看"
OTHER_PROGRAM: Final = "文件由版本 {program} 的程序导出，本程序是 {own}；两个版本的排版若有不同，也会列为修改"
OTHER_ALGORITHM: Final = "文件的校验码由另一版本的算法算出，没有重新计算；请与纸质件上的校验码核对"
ORDER: Final = "审核说明第 {row} 行“{header}”"
CELL: Final = "“{row}”{header}"
OUTSIDE: Final = "原来空白的格子"

# changes as lines
CHANGE: Final = "{address}　{name}：{before} → {after}"
BLANK: Final = "（空白）"
FORMULA: Final = "公式 {formula}"

# files opened again after writing
NOT_REREAD: Final = "写成的文件重新打开时读不出表格，没有写出，原来的文件未改动；请重试，或换一种格式"
OTHER_NUMBER: Final = "写成的文件重新打开核对（C50）时，表上的“{wanted}”读出来是“{found}”，没有写出，原来的文件未改动；请重试，或换一种格式"
UNCHECKED: Final = "表太长或电脑太忙，这个 {suffix} 文件没有重新打开核对合计"

# packages
LIST_NAME: Final = "清单.txt"
LIST_HEAD: Final = "{unit} {year} 年 {title}：报送文件清单"
LIST_DRAFT: Final = "草稿，没有校验码"
LIST_CODE: Final = "定稿第 {number} 版 · 校验码 {code}"
LIST_CONTACT: Final = "填报人：{contact}"
LIST_FILES: Final = "每个文件的 SHA-256、大小（字节）和名称："
LIST_NOTE: Final = "在本程序中“装入”本文件夹或压缩包，会按这份清单逐个核对。校验码应与盖章纸质件上的相同。"
PAINTING: Final = "正在绘制表格…"
SUMMING: Final = "正在计算校验值…"
CHECKING: Final = "正在重新打开核对…"
WRITING: Final = "正在写入…"
READING: Final = "正在读取…"
ENCRYPTED_PACKAGE: Final = "压缩包设有密码；请先解压，再装入解压后的文件夹"
NOT_RECEIVED: Final = "“{name}”没有装入：{because}"
NO_RECORD: Final = (
    "里面没有本程序保存的原表。可以装入的是本程序导出的 .xlsx、传出的文件夹或 .zip，以及 .json 文件；别的表请用“导入”"
)
NO_EDITION: Final = "交换文件（.json）不带版本和校验码"
CHANGED_SINCE: Final = (
    "Excel 表里有 {count} 处在导出后被修改；装入的是导出时的原内容。要采用修改后的内容，请用“导入”读取那个 Excel 文件"
)
NO_LIST: Final = "没有找到“清单.txt”，无法核对其他文件是否齐全"
FILE_GONE: Final = "缺少文件“{name}”"
FILE_CHANGED: Final = "文件“{name}”与清单不符，导出后被修改过"
FILE_ADDED: Final = "文件“{name}”不在清单里"
