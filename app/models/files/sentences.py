"""What is said about data files, their copies and their recovery, in `files` and `safety`: what is wrong, where, what to do."""

from typing import Final

# opening; the dialog shown with them offers the ways out
MISSING: Final = "数据文件 {path} 不见了（被移走或删除），但它的备份还在；请将它放回原处，或从备份恢复"
IS_FOLDER: Final = "{path} 是一个文件夹，不是数据文件，请将它移走后重试"
EMPTY: Final = "数据文件 {path} 是空的（0 字节），可能已经损坏；程序没有改动它，请从备份恢复，或保留它并重新开始"
TEXT: Final = "{path} 是一个文本文件，不是本程序的数据文件；程序没有改动它，请从备份恢复，或用 --data 指定另一个文件夹"
ZIP: Final = "{path} 是一个压缩文件（或表格、文档），不是本程序的数据文件；程序没有改动它，请解压后放回，或从备份恢复"
TRUNCATED: Final = (
    "数据文件 {path} 不完整：应有 {expected} 字节，实有 {found} 字节（可能复制时中断）；程序没有改动它，请从备份恢复"
)
FOREIGN: Final = "{path} 不是本程序的数据文件，程序没有改动它，请将它移走，或用 --data 指定另一个文件夹"
HOSTILE: Final = (
    "{path} 不是本程序的数据文件：其中有本程序没有的内容（{name}），为安全起见没有打开，也没有改动；请从备份恢复"
)
READ_ONLY: Final = "数据文件 {path} 只能读取，填写的内容无法保存；请检查文件和文件夹的权限（或写保护开关）后重试"
NEWER: Final = "数据文件由更新版本的程序创建（第 {found} 版格式，本程序支持到第 {known} 版），请升级程序；数据未改动"
DAMAGED: Final = "数据文件 {path} 已经损坏（{reason}），程序没有改动它，请从备份恢复"
NOT_MIGRATED: Final = "数据文件 {path} 需要升级格式，但升级前{reason}；为安全起见没有升级，数据未改动，请处理后重试"
SCHEMA: Final = "表的结构与第 {version} 版格式不符"

# soundness
STRUCTURE: Final = "完整性检查没有通过"
REFERENCES: Final = "有 {count} 条记录失去了所属的表"
FORM: Final = "“{unit}”{year} 年的表有 {count} 处与写入时不一致"
FORM_ROWS: Final = "“{unit}”{year} 年的表缺少或多出了行"
FORM_JOURNAL: Final = "“{unit}”{year} 年的表缺少或多出了修改记录"
SHARED: Final = "单位或表样的记录有 {count} 处与写入时不一致"
STRAY: Final = "有 {count} 处与写入时不一致的记录找不到所属的表"

# copies
UNSOUND: Final = "没有做成备份：数据文件与写入时不一致（{reason}）"
COPY_FAILED: Final = "没有做成备份（{reason}）"
NO_BACKUP: Final = "备份 {name} 不存在，请刷新列表"

# safety
BACKUP_FAILED: Final = "{reason}。填写的内容不受影响，仍照常保存；程序稍后会再备份一次"
NO_SECOND_COPY: Final = (
    "第二份备份没有存到 {folder}（{reason}）；本机的备份照常，接通后会自动补上，也可以在“设置”的“备份”里改"
)
SAME_SHELF: Final = "这里就是本机放备份的文件夹，请另选一个"
LOW_SPACE: Final = "磁盘空间不足：只剩 {free} MB，请尽快清理，否则可能无法保存"
INSPECTED: Final = "检查发现数据文件有损坏：{found}。请打开“文件”菜单的“备份与恢复”，选择一个完好的备份恢复"
AND_MORE: Final = "{first}，另有 {count} 处"
CHAIN: Final = "“{unit}”{year} 年的修改记录被改动或缺失"
NOT_SOUND: Final = "备份 {name} 已经损坏（{reason}），没有恢复；当前内容未改动，请选择另一个备份"
NOT_RESTORED: Final = "没有恢复（{reason}）；当前内容未改动"
SALVAGED: Final = "从损坏的数据文件中救出"
