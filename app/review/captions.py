"""The catalogue of checks: what each one compares, how grave it is, an example; and the words the checks look for.

Data only; a code is never used again for another check. The sentences stand in `sentences`, the table for readers in
docs/checks.md (scripts/list_checks.py).
"""

from dataclasses import dataclass
from typing import Final

from app.review.finding import Level


@dataclass(frozen=True, slots=True)
class Check:
    """One check as it is explained: ``formula`` in words, ``example`` of what it finds."""

    code: str
    level: Level
    title: str
    formula: str
    example: str


_MUST: Final = Level.MANDATORY
_NOTE: Final = Level.ADVISORY

# fmt: off - one check, one line
CHECKS: Final = (
    Check("C01", _MUST, "分值合计", "各适用行分值之和 = 表样规定的总分", "合计 102 分，应为 100 分"),
    Check(
        "C02",
        _MUST,
        "各级分值",
        "各行之和 = 所在组写明的分值；下级组之和 = 上级组；最上级之和 = 总分",
        "6+26+30+30+10 = 102，应为 100",
    ),
    Check("C03", _MUST, "原表合计", "读入的表上写的合计 = 各行相加的合计", "写 99.5，相加是 101.5"),
    Check("C04", _MUST, "得分范围", "0 ≤ 得分 ≤ 分值", "分值 2，得分 2.5"),
    Check("C05", _MUST, "得分合计", "得分合计 ≤ 总分", "得分合计 101.5，总分 100"),
    Check("C06", _MUST, "绩效等级", "读入的表上写的等级 = 得分合计对应的等级", "写“优”，85 分是“良”"),
    Check("C07", _MUST, "填写完整", "必填的格子都已填写、看得懂，没有留下填写提示", "得分一格空着"),
    Check("C08", _NOTE, "按规则得分", "得分 = 规则测算的得分 ±0.01，否则写明原因", "填 10，10 × 95 ÷ 98 = 9.69"),
    Check("C09", _MUST, "实际值是数", "定量指标的实际完成值是数或百分比，不带 ≥ ≤ > <", "实际完成值“≥95%”"),
    Check("C10", _MUST, "指标值可读", "指标值由符号、数、单位组成，与实际完成值单位相同", "指标值“≥95%”，实际“96”"),
    Check("C11", _MUST, "档次得分", "定性指标的得分在所选档次的范围内", "“部分达成”得 10 分中的 9 分"),
    Check("C12", _NOTE, "定性用语", "定性指标的实际完成值是评价档次或评分规则的用语，不照抄指标值", "照抄整句指标值"),
    Check("C13", _NOTE, "扣分原因", "得分低于分值时写明原因；表上有原因一列的为强制", "10 分得 9.5 分，没有原因"),
    Check("C14", _NOTE, "原因与满分", "满分的指标，原因里没有“未完成”“延期”“滞后”等", "满分，原因写“延期至下年”"),
    Check("C15", _NOTE, "超额完成", "实际 ≥ 1.3 倍指标值时说明原因；≥ 2 倍时核对指标值", "指标值 100 人，实际 250 人"),
    Check("C16", _NOTE, "全部满分", "不是每一行都得满分", "39 行全部满分"),
    Check("C17", _NOTE, "得分率与执行率", "得分率不比预算执行率高出 5 个百分点以上", "得分率 98%，执行率 80%"),
    Check("C18", _NOTE, "未支出", "未支出的预算不超过 20%", "预算 100 万元，支出 70 万元"),
    Check(
        "C19",
        _MUST,
        "写出的执行率",
        "表上写的预算执行率 = 实际支出数 ÷ 全年预算数 ±0.01 个百分点",
        "写 100%，70 ÷ 100 = 70.00%",
    ),
    Check("C21", _NOTE, "超预算支出", "支出不超过预算", "预算 5 万元，支出 6 万元"),
    Check("C22", _MUST, "资金总额", "资金总额 = 基本支出 + 项目支出，每一列", "100 ≠ 60 + 39"),
    Check("C23", _NOTE, "项目合计", "列出的项目之和 = 项目支出（列全时）或 ≤ 项目支出", "649.76 与 654.76"),
    Check("C24", _MUST, "合计为空", "各部分有数时，合计不空、不为 0", "合计空着，下面有 60 万元"),
    Check("C25", _NOTE, "预算调整", "预算调整率的绝对值不超过 30%，否则说明原因", "年初 100 万元，全年 150 万元"),
    Check(
        "C26",
        _MUST,
        "预算表决定的比率",
        "预算执行率等 = 按预算表计算的数 ±0.01 个百分点",
        "填 100%，1400 ÷ 1546.91 = 90.50%",
    ),
    Check(
        "C27", _MUST, "人员数", "在职人员控制率 = 实有 ÷ 编制；文字里的人数 = 填写的人数", "填 100%，21 ÷ 24 = 87.50%"
    ),
    Check("C28", _NOTE, "其他比率", "由填入的数计算的比率 = 实际完成值 ±0.01 个百分点", "填 100%，48 ÷ 50 = 96.00%"),
    Check("C29", _NOTE, "符号方向", "成本、三公、投诉、结余不用 ≥；完成率、满意度、覆盖率不用 ≤", "满意度“≤95%”"),
    Check(
        "C30", _NOTE, "满意度得分", "满意度得分 = 分值 × 实际 ÷ 指标值，不是分值 × 实际", "95% × 10 = 9.5，应为 9.69"
    ),
    Check("C31", _NOTE, "调查人数", "满意度写明有效调查人数", "没有填有效调查人数"),
    Check("C32", _NOTE, "佐证材料", "表样要求列明佐证材料的指标，列出了材料", "要求列明佐证材料的指标没有列出材料"),
    Check("C33", _MUST, "指标重名", "三级指标名称不重复（财政系统按名称取数）", "“培训次数”出现两次"),
    Check(
        "C35", _NOTE, "效益可评价", "效益指标的实际完成值是数、评价档次或评分规则的用语", "“提高社保运行的质量和效率”"
    ),
    Check("C36", _NOTE, "指标值是名称", "实际完成值是数时，指标值也是数", "指标值“社保扩面完成率”，实际“100%”"),
    Check("C37", _NOTE, "不适用的行", "没有分值 = 没有得分 = 不适用；不适用的行不填数", "不适用的行写着“≥100%”"),
    Check("C38", _NOTE, "评分规则", "评价要点及评分规则已填写", "39 行没有填写"),
    Check("C40", _NOTE, "文字里的金额", "文字里的金额与预算表一致，与自己的合计一致", "454.2 + 20.17 = 474.37"),
    Check("C41", _NOTE, "金额单位", "同一项的两个金额不相差约一万倍；万元不超过两位小数", "预算 15.5，支出 155000"),
    Check("C42", _NOTE, "年度和单位", "文字里没有别的年度、别的单位", "2024 年的表写着“2023 年”"),
    Check("C43", _MUST, "年度一致", "年度是四位数的年份，与标题中的年份相同", "年度“24”"),
    Check("C44", _NOTE, "字数", "文字不超过表样规定的字数", "限 200 字，写了 230 字"),
    Check("C47", _NOTE, "单项分值", "三行以上的一级指标里，一行的分值不超过一半", "30 分中一行占 20 分"),
    Check(
        "C49",
        _NOTE,
        "与上年核对",
        "指标值不低于上年的实际完成值；成效、问题、整改与上年文字不同",
        "指标值 95%，上年实际 98%",
    ),
    Check("X01", _NOTE, "没有做成的检查", "程序自身出错，其余检查照常进行", "C08 没有做成"),
)
# fmt: on

# What is checked of every file that is written, not of the form: where the sum differs, nothing is written.
ON_EXPORT: Final = (
    (
        "C50",
        "导出的文件读回后合计相同",
        "Excel、Word、PDF 写好后重新打开，读出表上的每一个数，合计重新相加；有一处不符就不写出，原来的文件不变",
    ),
)

LEVELS: Final = {Level.MANDATORY: "强制", Level.ADVISORY: "提示"}
REPORT: Final = ("序号", "类别", "编号", "位置", "审核发现", "审核说明")

# Words for fields that a template does not show under a label of its own.
FIELDS: Final = {
    "name": "三级指标",
    "target": "指标值",
    "weight": "分值",
    "rule": "评价要点及评分规则",
    "actual": "实际完成值",
    "score": "得分",
    "reason": "原因",
    "initial": "年初预算数",
    "annual": "全年预算数",
    "spent": "实际支出数",
}
SECTIONS: Final = {
    "cover": "封面",
    "staffing": "机构人员",
    "stated": "原表",
    "duties": "主要职能",
    "budget": "预算支出",
    "groups": "指标分级",
    "indicators": "指标评分",
    "achievements": "主要成效",
    "problems": "存在问题",
    "measures": "整改举措",
    "explanations": "审核说明",
    "evidence": "佐证材料",
}
RECORD_FIELDS: Final = {
    "unit": "单位名称",
    "year": "年度",
    "weight_total": "分值合计",
    "score_total": "得分合计",
    "grade": "绩效等级",
}
ROW: Final = "“{row}”"
CELL: Final = "{label}“{text}”"
ITEM: Final = "{label}第 {number} 项"
LIST: Final = "、"
AND_MORE: Final = "{names}等"
TEXT: Final = "内容"

SATISFACTION: Final = "满意度"
BENEFIT: Final = "效益"
EXECUTION: Final = ("预算执行率", "执行率")
ADJUSTMENT: Final = "预算调整率"
LESS_IS_BETTER: Final = ("成本", "三公", "投诉", "结余")
MORE_IS_BETTER: Final = ("完成率", "满意度", "覆盖率")
SHORTFALLS: Final = ("未完成", "延期", "滞后", "未达", "没有完成", "推迟")
PROMPTS: Final = ("上年内容待更新", "请填写", "此处填写", "在此填写", "填写说明", "XXX", "×××")
# The words by which a staffing paragraph names a figure.
HEADCOUNTS: Final = {
    "departments": "科室",
    "authorised": "编制",
    "actual": "实有",
    "contract": "合同制",
    "retired": "退休",
}
COUNT_AFTER: Final = r"{word}[^0-9，。；、,;]{{0,6}}([0-9]+)"
COUNT_BEFORE: Final = r"([0-9]+)\s*[个名人位][^0-9，。；、,;]{{0,6}}{word}"
YEAR_IN_TEXT: Final = r"(?<![0-9])(20[0-9]{2})\s*年"
TITLES: Final = r"《[^》]*》|〔[^〕]*〕"
MONEY_IN_TEXT: Final = r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(亿元|万元|元)"
SUM_IN_TEXT: Final = r"(?:合计|共计|总计)[^0-9，。；]{{0,4}}{money}[，,（(]?\s*其中[:：]?([^。；）)]*)".format(  # noqa: UP032 - the pattern has braces of its own
    money=MONEY_IN_TEXT
)
UNIT_IN_TEXT: Final = r"([\u4e00-\u9fff]{4,}?(?:局|中心|委员会|办公室|学校|医院|站|所|大队|馆))(?=(?:内|下)?设)"
