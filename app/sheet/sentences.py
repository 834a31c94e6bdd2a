"""What the sheet room tells the user, in one place. Sentences only; who says them decides when."""

from typing import Final

# writing files
DISK_FULL: Final = (
    "磁盘已满，“{name}”没有写成（需要约 {size} MB），原来的文件未改动；请腾出空间后重试，或另存到别的磁盘"
)
FILE_IN_USE: Final = (
    "“{name}”写不进去，原来的文件未改动；可能正被 Excel 或 WPS 打开，或者此处不允许写入："
    "①关闭该文件后重试 ②另存为“{other}”或换一个文件夹"
)
FOLDER_READ_ONLY: Final = "“{folder}”只能读、不能写，“{name}”没有写成；请另选一个文件夹"
FOLDER_MISSING: Final = "文件夹“{folder}”不存在（可能已被移动，或 U 盘已拔出）；请重新选择保存位置"
TARGET_IS_FOLDER: Final = "“{name}”是一个文件夹，不能当作文件写入；请换一个文件名"
FOLDER_EXISTS: Final = "此处已经有名为“{name}”的文件夹，没有改动它；请换一个名字或位置"
FILE_TOO_LARGE: Final = "“{name}”超过此处允许的文件大小，没有写成，原来的文件未改动；请另存到别的磁盘"
NAME_TOO_LONG: Final = "文件名“{name}”太长；请缩短后重试"
WRITE_FAILED: Final = "“{name}”没有写成（磁盘读写错误 {code}），原来的文件未改动；请重试，或另存到别的磁盘"
COPY_DAMAGED: Final = "“{name}”写入后核对不符，原来的文件未改动；请重试，或另存到别的磁盘"

# xlsx
CELL_TOO_LONG: Final = (
    "“{start}…”这一格有 {length} 个字符，超过 Excel 单元格的上限 {most} 个；请缩短这一格的文字，或改为导出 PDF"
)
