"""What the settings are called, and what is said beside each."""

from collections.abc import Mapping
from typing import Final

USUAL_SUBJECT: Final = "{单位} {年度} 年部门整体支出绩效自评价表"
USUAL_TEXT: Final = """您好：

现报送{单位} {年度} 年部门整体支出绩效自评价表，得分 {得分}，等级“{等级}”，请查收附件。

校验码：{校验码}
请与盖章纸质件上的校验码核对。

{单位}"""

FILE_HEAD: Final = "绩效自评的设置。可以用记事本查看；请在程序的“设置”里修改。"

PAGES: Final[Mapping[str, str]] = {
    "profile": "单位",
    "post": "邮件",
    "margins": "打印",
    "copies": "备份",
    "display": "显示和启动",
}

LABELS: Final[Mapping[str, str]] = {
    "profile.unit": "单位名称",
    "profile.code": "单位编码",
    "profile.person": "填报人",
    "profile.phone": "联系电话",
    "profile.head": "单位负责人",
    "profile.finaliser": "默认定稿人",
    "post.addresses": "收件人",
    "post.copy": "抄送",
    "post.subject": "主题模板",
    "post.text": "正文模板",
    "post.attached": "附件格式",
    "margins.top": "上边距",
    "margins.bottom": "下边距",
    "margins.left": "左边距",
    "margins.right": "右边距",
    "copies.interval": "备份间隔",
    "copies.folder": "第二份备份",
    "display.scheme": "明暗",
    "display.points": "字号",
    "display.digits": "数字写法",
    "display.opening": "启动时",
}

EXPLANATIONS: Final[Mapping[str, str]] = {
    "profile.unit": "新建自评价表时自动填入，可以再改。已有的表不变。",
    "profile.code": "预算单位编码。可在邮件模板里用 {单位编码}。",
    "profile.person": "写进报送包的“清单.txt”；可在邮件模板里用 {填报人}。",
    "profile.phone": "写进报送包的“清单.txt”；可在邮件模板里用 {电话}。",
    "profile.head": "可在邮件模板里用 {负责人}。",
    "profile.finaliser": "定稿时先填好的姓名，可以再改。",
    "post.addresses": "主管部门的名称和邮箱。打勾的，写新邮件时自动填入收件人；其余的可以从“地址簿”里选。",
    "post.copy": "可写多个，用分号隔开。",
    "post.subject": "可用 {单位} {年度} {得分} {等级} {校验码} {单位编码} {填报人} {电话} {负责人}。",
    "post.text": "与主题可用的相同；发邮件时自动换成这份表的内容。",
    "post.attached": "写新邮件时先选好的附件，发送前可以再改。",
    "margins.top": "PDF、Excel、Word、打印都用；页眉的标记印在这里面。",
    "margins.bottom": "页码印在这里面。",
    "margins.left": "需要装订时可以加大。",
    "margins.right": "只改变纸上的排版，表的内容和校验码不变。",
    "copies.interval": "内容有变化时，每隔这么久备份一次；启动、导入、删除前另有备份。",
    "copies.folder": "例如另一块硬盘。每份核对过的备份都另存一份到这里；不用就留空。写不进去时会提示，不影响填写和保存。",
    "display.scheme": "窗口的颜色。打印和导出的文件不变。",
    "display.points": "窗口里文字的大小。打印和导出的文件不变。",
    "display.digits": "只用于窗口里自动算出的合计、得分；填写的内容、打印和导出的文件都不变。",
    "display.opening": "启动程序后先看到什么。",
}

UNITS: Final[Mapping[str, str]] = {
    "margins.top": "毫米",
    "margins.bottom": "毫米",
    "margins.left": "毫米",
    "margins.right": "毫米",
    "copies.interval": "分钟",
    "display.points": "磅",
}

CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "display.scheme": {"system": "跟随系统", "light": "浅色", "dark": "深色"},
    "display.digits": {"plain": "普通（1234.5）", "grouped": "千分位（1,234.5）"},
    "display.opening": {"last": "打开上次的表", "start": "显示开始页"},
}

ENDINGS: Final[Mapping[str, str]] = {".xlsx": "Excel", ".pdf": "PDF", ".docx": "Word"}

NOTHING: Final = "（空）"
USUAL: Final = "（默认）"
