"""What storage tells the user, in one place: one polite sentence each, with the way out."""

from typing import Final

# opening
FOLDER_UNUSABLE: Final = "无法使用数据文件夹 {folder}（{reason}），请检查权限，或用 --data 指定另一个文件夹"
FILE_IS_FOLDER: Final = "{path} 是一个文件夹，不是数据文件，请将它移走后重试"
FILE_EMPTY: Final = "数据文件 {path} 是空的（0 字节），可能已经损坏；程序没有改动它，请从备份恢复，或将它移走后重新开始"
FILE_FOREIGN: Final = "{path} 不是本程序的数据文件，程序没有改动它，请将它移走，或用 --data 指定另一个文件夹"
FILE_NEWER: Final = (
    "数据文件由更新版本的程序创建（第 {found} 版格式，本程序支持到第 {known} 版），请升级程序；数据未改动"
)
UPGRADE_BROKEN: Final = "数据文件 {path} 未能升级到第 {version} 版格式（检查没有通过），数据未改动，请联系维护人员"

FILE_UNUSABLE: Final = "无法打开数据文件 {path}：{reason}；数据未改动"

# what the disk or the system refused
DISK_FULL: Final = "磁盘已满，请腾出空间"
LOCKED: Final = "数据文件正被另一个程序使用，请关闭那个程序"
READ_ONLY: Final = "数据文件所在位置只能读取，请检查权限"
MOVED: Final = "数据文件已被移动、删除或替换，请将它放回原处"
UNREADABLE: Final = "读写数据文件时出错，请检查磁盘"

# saving
CHANGED_ELSEWHERE: Final = "这张表已在别处被修改，请导出后重新打开"
INTERNAL: Final = "程序内部错误，请联系维护人员"
FORM_LOCKED: Final = "这张表已经定稿（第 {number} 版），不能修改；需要修改请先取消定稿"
FORM_NOT_FINAL: Final = "这张表没有定稿，不需要取消"
UNSAVED: Final = "未能确认已保存：{reason}。内容仍在窗口里，请勿关闭，程序会继续重试"
BEHIND: Final = "前面的改动还没有保存（{reason}），请保存后再试"

# names of journal rows that change no cell
FINALISED: Final = "定稿（第 {number} 版）"
REOPENED: Final = "取消定稿：{reason}"

# reading
VERSION_MISSING: Final = "没有第 {number} 版，请刷新列表"
FORM_MISSING: Final = "这张表不存在，可能已被清除，请刷新列表"
DAMAGED: Final = "数据文件中的{what}已经损坏，为避免出错没有打开，请从备份恢复"
DAMAGED_ROW: Final = "“{unit}”{year} 年“{table}”的第 {number} 行"
DAMAGED_FORM: Final = "“{unit}”{year} 年的表（基本信息或行数）"
DAMAGED_JOURNAL: Final = (
    "“{unit}”{year} 年的第 {number} 条修改记录被改动过、缺失或者位置不对，从这一条起不能作准；"
    "表格内容另有核对，不受影响，需要完整的修改记录请从备份恢复"
)
DAMAGED_VERSION: Final = "“{unit}”{year} 年的第 {number} 个定稿版本"
DAMAGED_UNIT: Final = "单位“{name}”的记录"
DAMAGED_TEMPLATE: Final = "表样 {code} 的记录"
TABLE_NAMES: Final = {
    "duties": "主要职能",
    "budget_lines": "预算支出",
    "groups": "指标分级",
    "indicators": "指标评分",
    "achievements": "主要成效",
    "problems": "存在问题",
    "measures": "整改举措",
    "explanations": "审核说明",
    "evidence": "佐证材料",
}
