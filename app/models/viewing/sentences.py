"""What is said about data that are open for viewing only."""

from typing import Final

ONLY_VIEWED: Final = "现在是只读打开：可以查看、打印和导出，不能修改。原因和办法见窗口上方的提示"
NOT_READ: Final = "不能只读打开数据文件 {path}（{reason}）；数据未改动，请稍后重试"
