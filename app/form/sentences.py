"""What the form's own room tells the user, in one place. Sentences only; who says them decides when."""

from typing import Final

# quantity
NO_DIGITS: Final = "“{text}”里没有数字"
NOT_A_NUMBER: Final = "“{text}”不是数字，请写成 1546.91 这样的形式"
UNKNOWN_ENDING: Final = "“{text}”中“{ending}”无法识别，请只写数字和单位（如 155 万元、87.5%）"
CURRENCY_WITHOUT_UNIT: Final = "“{text}”带有￥，但没有写明是元还是万元，请补上单位"
BAD_GROUPING: Final = "千分位逗号的位置不对，请写成 1,546.91 或 1546.91"
TOO_LONG: Final = "数字过长，整数部分最多 {whole} 位，小数最多 {decimals} 位"
NOT_MONEY: Final = "“{text}”不是金额，请填写以万元为单位的数字"
NOT_POINTS: Final = "“{text}”不是分数，请只填写数字"
NOT_A_COUNT: Final = "“{text}”不是人数或个数，请填写不带小数的数字"
NEGATIVE_COUNT: Final = "“{text}”小于 0，人数或个数不能为负"
BOUND_IS_NO_VALUE: Final = "“{text}”是一个范围，这里要填写具体的数字"

# strict reading of templates and interchange files
UNKNOWN_KEY: Final = "{where}中的“{key}”不认识{near}"
NEAREST_KEY: Final = "，是否应为“{key}”"
KEY_MISSING: Final = "{where}中缺少“{key}”{near}"
WRONG_TYPE: Final = "{where}中的“{key}”应为{wanted}"
NO_MAPPING: Final = "{where}应为一组键值"
BAD_VALUE: Final = "{where}中的“{key}”不能是“{value}”{near}"
EMPTY_KEY: Final = "{where}中有一行没有标识（key）"
DUPLICATE_KEY: Final = "{where}中的“{key}”出现了两次"
DANGLING_KEY: Final = "{where}中有一行所属的“{key}”不存在{near}"
CYCLIC_KEY: Final = "{where}中的“{key}”归根到底又属于它自己"
TOO_MANY_LEVELS: Final = "{where}中的“{key}”层级过深，最多 {most} 级"
FILE: Final = "文件"
ROOT: Final = "文件开头"
KEY_NEARBY: Final = "，文件里写的“{key}”是否就是它"
INNER: Final = "{where}的 {key}"
ITEM: Final = "{where}的 {key} 第 {number} 项"
TYPE_NAMES: Final = {
    "str": "文字",
    "Decimal": "数字",
    "int": "整数",
    "bool": "是或否（true/false）",
    "list": "列表",
    "dict": "一组键值",
}

# templates
TEMPLATE_MISSING: Final = "没有名为“{code}”的表样，请升级程序或向财政部门索取该表样"
TEMPLATE_UNREADABLE: Final = "表样 {name} 无法读取：{reason}"
TEMPLATE_SYNTAX: Final = "不是正确的 TOML 文件（{reason}）"
HELP_UNREADABLE: Final = "说明文件 {name} 无法读取：{reason}"
HELP_ABOUT: Final = "{where}应当写明 {names} 中的一个，而且只写一个"
TEMPLATE_BANDS: Final = "等级界限须从高到低排列，最低一档从 0 开始，且不超过总分"
TEMPLATE_COLUMNS: Final = "{where}的列须以文字列 level1、level2 … 依次开头，不能重复，且第一列之后有分值或得分列"
TEMPLATE_BUDGET_WIDE: Final = "预算表的列太多，应少于指标表的列"
TEMPLATE_BLOCK_ONCE: Final = "栏目“{kind}”应当只有一个"
TEMPLATE_TIERS: Final = "{where}须从高到低首尾相接，从 1 到 0，不能有空档或重叠"
TEMPLATE_TIER_WORDS: Final = "{where}中的“{word}”属于两个档次"
TEMPLATE_STEPS: Final = "{where}的档次须从低到高排列，只有最后一档不写 up_to"

# interchange
FILE_MISSING: Final = "找不到文件 {name}，请检查文件名和所在文件夹"
FILE_UNREADABLE: Final = "无法读取文件 {name}：{reason}"
FILE_IS_FOLDER: Final = "这是一个文件夹，请选择其中的文件"
FILE_NO_ACCESS: Final = "没有读取权限，或文件正被占用"
FILE_NOT_TEXT: Final = "不是 UTF-8 编码的文本文件"
FILE_TOO_LARGE: Final = "文件大于 {most} MB，不是自评价表"
FILE_NOT_JSON: Final = "第 {line} 行不是正确的 JSON"
FILE_TOO_DEEP: Final = "内容嵌套过深，不是自评价表"
FILE_NOT_OURS: Final = "不是本程序的自评价表文件"
FILE_NEWER: Final = "文件格式为第 {found} 版，本程序只能读到第 {known} 版，请升级程序"
