"""What is said about the files of 佐证材料, and the words in their names within a package."""

from typing import Final

# Adding: {name} is the file's.
IS_FOLDER: Final = "“{name}”是一个文件夹，没有添加；请选择其中的文件"
IS_EMPTY: Final = "“{name}”是空文件（0 字节），没有添加；请核对后重新选择"
IS_NO_FILE: Final = "“{name}”不是普通文件，没有添加；请选择文件"
TOO_LARGE: Final = "“{name}”有 {size} MB，超过每份 {most} MB 的限制，没有添加；请压缩或拆分后再添加"
GONE: Final = "“{name}”不见了，没有添加；请核对它所在的位置（U 盘是否已拔出）"
NO_ACCESS: Final = "“{name}”没有读取权限，或正被占用，没有添加；请关闭正在使用它的程序后重试"
DISK_FULL: Final = "磁盘已满，“{name}”没有添加；请腾出空间后重试"
NOT_KEPT: Final = "“{name}”没有添加（{reason}），请检查磁盘后重试"
COPY_DAMAGED: Final = "“{name}”存入后与原文件不一致，没有添加；请检查磁盘后重试"

# What became of a file that was kept.
MISSING: Final = "“{name}”的文件不见了；重新添加同一个文件，或从备份中放回，即可恢复"
ALTERED: Final = "“{name}”的文件与添加时不一致，可能被改动或损坏；重新添加同一个文件，或从备份中放回，即可恢复"
UNREADABLE: Final = "“{name}”的文件读不出来；请检查磁盘和权限"
NOT_COPIED: Final = "“{name}”没有写到 {folder}（{reason}），请检查磁盘空间和权限后重试"
NOT_OPENED: Final = "“{name}”是可以运行的程序，为安全起见不从这里打开；需要时请另存，核对来源后再用"

# In a package.
ROOT: Final = "佐证材料"
WHOLE_FORM: Final = "整张表"
FOLDER: Final = "{number:02}-{name}"
UNNAMED: Final = "未命名"
AGAIN: Final = "{stem}({number}){suffix}"
