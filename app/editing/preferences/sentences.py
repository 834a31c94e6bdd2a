"""What is said of a setting that cannot be used, and of a file of settings that is not quite right."""

from typing import Final

TOO_LONG: Final = "太长：最多 {most} 个字，现有 {length} 个"
NO_NUMBER: Final = "请填写数字，例如 {least}"
OUT_OF_RANGE: Final = "应在 {least} 到 {most} 之间"
TOO_MANY_PLACES: Final = "最多一位小数"
NO_FRACTION: Final = "请填写整数"
NO_CHOICE: Final = "没有“{text}”这一项"
NO_PATH: Final = "请填写完整的文件夹路径，或点“选择”"
NO_MAILBOX: Final = "第 {number} 行：“{text}”不是邮箱地址"
TWICE: Final = "第 {number} 行：邮箱 {text} 重复"
NO_ENDING: Final = "没有“{text}”这种附件"
WRONG_KIND: Final = "写法不对"

UNREADABLE: Final = "设置文件损坏（{reason}），全部改用默认设置"
UNKNOWN: Final = "不认识的设置“{name}”，没有使用"
DEFAULTED: Final = "{name}：{reason}，改用默认的“{default}”"
NO_FILE: Final = "读不出设置文件 {path}（{reason}），这次使用默认设置"
ASIDE: Final = "设置文件里有不能用的内容：\n{complaints}\n原文件保留在 {path}"
NOT_ASIDE: Final = "设置文件里有不能用的内容：\n{complaints}\n原文件没有改动：{path}"
TOO_BIG: Final = "文件太大，不是设置文件"
NO_PREFERENCES: Final = "这个文件里没有设置"
