"""What plans call things, in one place."""

from typing import Final

IMPORT: Final = "导入 {name}"
REMOVED: Final = "删除{what}"
MISSING: Final = "表样规定的{what}，文件中没有"

# before texts that were taken over from last year
LAST_YEARS: Final = "【上年内容待更新】"
