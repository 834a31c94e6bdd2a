"""The words by which tables of all regions name their blocks and columns. Patterns over texts without blanks, half-width.

Data only; `labels` decides what they mean. From the variants of domain.md §6.
"""

from typing import Final

# Before a label: 一、 (1) 1. and the like.
NUMBERED: Final = r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．:]+)?"

UNIT: Final = r"(?:(?:省|市|州|县|区|镇|乡)级?)?(?:填报|填表|报告|编制|预算|申报|报送|上报|被评价|评价|自评|实施|项目|承担)?(?:部门|单位)(?:\(单位\)|\(部门\)|/单位|/部门)?(?:名称|全称)?"
YEAR: Final = r"(?:预算|评价|自评|所属)?(?:年度|年份)"
_AHEAD: Final = r"(?:下一步|今后|下年度?|拟采取的?|工作|整改|改进|有关|相关|对策|解决|的)"
_REMEDY: Final = r"(?:举措|措施|意见|建议|计划|打算|安排|思路|办法|方案)"
_STAFF: Final = r"(?:部门|单位|内设)?(?:机构|人员|编制|科室|股室)(?:设置|配置|配备|编制|构成|组成)?(?:情况)?"
BLOCKS: Final = {
    "duties": r"(?:部门|单位|机构)?(?:主要)?(?:工作)?(?:职能|职责)(?:职责)?(?:概述|简介|简述)?",
    "staffing": rf"{_STAFF}(?:(?:及|和|与|、)?{_STAFF})*|部门概况|(?:部门|单位)基本(?:情况|概况)",
    "budget": r"(?:年度|项目|部门|单位|整体)*资金(?:总体)?情况(?:\(万元\)|\(元\))?|项目资金(?:\(万元\)|\(元\))?|"
    r"(?:部门|单位|年度|本年|整体)*(?:预算|资金|收支)(?:安排)?(?:及|和|与|、)?(?:支出|执行|使用|收支|资金)?(?:情况)?(?:\(万元\)|\(元\))?"
    r"|(?:部门|年度)*预算申请|部门整体支出(?:预算)?(?:情况)?(?:\(万元\)|\(元\))?",
    "achievements": r"(?:取得的?)?(?:主要)?(?:工作)?(?:成效|成绩|成果|绩效|亮点)(?:情况)?|主要经验及?做法(?:和|及)?成效",
    "problems": r"(?:存在|主要|突出)的?(?:主要|突出)?的?(?:问题|不足|短板|困难)(?:(?:及|和|与|、)不足)?(?:(?:及|和|与|、)(?:主要)?(?:原因(?:分析)?|(?:下一步)?(?:拟采取的?)?(?:整改|改进)?(?:的)?(?:举措|措施|建议|意见)))*",
    "measures": rf"(?:{_AHEAD}+{_REMEDY}(?:及|和|与|、)?)+{_REMEDY}?|下一步|意见和?建议",
}
LISTS: Final = ("duties", "achievements", "problems", "measures")
PLAIN: Final = ("staffing", *LISTS)
# What is listed behind the form: understood as a block of its own, but nothing of it can be typed.
EVIDENCE: Final = r"(?:佐证|证明|支撑)材料(?:目录|清单|一览表?)?"
# Blocks of other regions that no form of ours has: what stands in them is reported as not recognised.
FOREIGN: Final = (
    r"(?:年度|当年|部门|单位|整体|总体|绩效|履职|预期|阶段性)*目标(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:及|和|与)?(?:完成|实现)?(?:情况)?"
    r"|偏差(?:大|较大)?或?(?:目标)?未完成.*|改进措施及结果应用.*|结果应用.*|填[表报]人.*|填[表报](?:日期|时间).*|联系(?:人|电话|方式).*"
    r"|.*负责人(?:\(?签[字章]\)?)?(?::.*)?|审核人.*|主管部门(?:意见|审核).*|注\d?(?::.*)?|填[表报]说明.*|说明:.*|备注(?::.*)?"
    r"|(?:年度|重点|主要)+(?:工作)?任务(?:完成情况)?|自评结论|评价结论|其他(?:需要?)?说明的?(?:事项|问题|情况)?(?::.*)?"
)
HEADING: Final = r"(?:\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]部分|[(（][一二三四五六七八九十]{1,3}[)）]).{2,25}(?<![。;；])"
ANNEX: Final = r"附[件表录]?[\d一二三四五六七八九十]*(?:-\d+)?|表[\d一二三四五六七八九十]+(?:-\d+)?"
DATE: Final = r"日期|时间|电话|文号|号\)?$"
FIGURE: Final = r"-?[\d,]+(?:\.\d+)?分?"
DASHES: Final = r"[-—–―/\\]*"
TOTAL: Final = r"(?:自评|评价|综合|绩效|指标|部门|最终|最后)*(?:合计|总计|总分|总得分|总评分|合计得分|得分合计|得分总计|综合得分|最终得分)(?:合计|值|数|分)?"
GRADE: Final = r"(?:绩效|评价|自评|综合|考核|评定|最终|结果|得分)*等(?:级|次)(?:评定)?"
# Labels that state the grade only where a grade stands beside them; what they introduce may be a text as well.
RESULT: Final = r"(?:绩效|自评|评价|综合|考核|评定|最终|整体)*(?:自评|评价|考核|评定)(?:结果|结论)?"
GRADE_NAME: Final = r"[“\"]?(?:优秀?|良好?|中等?|较?差|较好|好|一般|(?:基本)?合格|不合格|不及格|及格|[一二三四]等|[甲乙丙丁](?:等|级)?|[a-d]级?)[”\"]?"
SUBTOTAL: Final = r"小计|分计|.{1,12}小计"
TITLE: Final = r".*绩效.*(?:自评|评价|目标).*表.*"
NUMBER_IN: Final = r"(?<!\d)(20\d\d)(?!\d)"
YEAR_ALONE: Final = r"(?P<year>20\d\d)(?:年度?)?"
YEAR_IN_WORDS: Final = r"二[〇○零0][一二三四五六七八九〇○零0]{2}(?=年)"
WORD_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
SEAL: Final = r"[(（](?:盖章|公章|签章|章)[)）]\s*$"
MONEY_NOTE: Final = r"(?:金额)?单位[:：]?(?P<unit>万元|元|亿元|千元)|[(（](?P<bracketed>万元|元|亿元|千元)[)）]"
MONEY: Final = r"(?:人民币)?(?:万元|元|亿元|千元)(?:[、,/;].*)?"
WEIGHT_BEHIND: Final = r"\(?-?\d+(?:\.\d+)?%?[分]?\)?$"
WHICH: Final = r"(?:其中|包括)[:：]?"
SPLIT: Final = r"(?:其中)?[:：]?[(（]?[一二12]?[)）、]?按.{2,8}(?:分|划分|分类)?"
PART_MARK: Final = r"(?:(?:其中|按.{2,8}分)[:：]\s*)+"
BRACKETS_BEHIND: Final = r"(?:\([^()]{0,15}\))+$"
BRACKETS_BEHIND_AS_TYPED: Final = r"(?:[(（][^()（）]{0,15}[)）])+$"
CONTINUED: Final = r"[(（]续[)）]$"

# What a heading probably means that none of these patterns fits, and which headings are figures of their own.
LIKELY_COLUMNS: Final = (
    ("level1", r"一级.*|.*大类"),
    ("level2", r"二级.*|.*子类.*|.*小类.*"),
    ("weight", r".*(?:权数|权重|分值|标准分|满分).*"),
    ("score", r".*(?:得分|评分|自评分).*"),
    ("target", r".*(?:计划|预期|预计|年初|应).*"),
    ("actual", r".*(?:完成|实绩|实际|实现|达成|落实).*"),
    ("target", r".*(?:目标|指标值|标准|(?:年度|全年)指标).*"),
    ("rule", r".*(?:解释|口径|方法|指标说明).*"),
    ("note", r"(?!.*指标(?!.*完成)).*(?:说明|备注).*"),
)
UNLIKELY: Final = r".*(?:[率%人号]|(?<!维)度|序|编码|代码|系数|时间|日期|单位|部门|方式|来源)(?:\(.*\))?"
# Which of several columns of one field counts: the one with the first of these words.
THIRD: Final = "三级"
INDICATOR: Final = "指标"
FIRST_CHOICE: Final = {
    "name": ("四级", THIRD, "具体", "内容", "名称"),
    "rule": ("分", "规则", "标准"),
    "target": ("调整",),
}
FIRST_AMOUNT: Final = {"annual": ("全年", "调整后")}
# Headings of several columns, with the headings we know below them; and what stands below those.
OVER_HEADING: Final = (
    r"(?:绩效|评价|考核)?(?:自评|评价)?指标(?:体系|完成情况|情况)?|评分(?:情况)?|(?:自评|评价|得分|完成)情况"
)
UNDER_HEADING: Final = r"(?:指标)?名称|(?:指标)?内容|指标"
# How a unit's name ends: in a title that begins with it, or where it stands alone above the table.
UNIT_ENDS: Final = (
    r"局|厅|委|会|办|中心|站|所|院|校|园|馆|社|队|处|政府|委员会|办公室|学校|医院|集团|公司|法院|检察院|部|街道办事处"
)
UNIT_IN_TITLE: Final = rf"(?:附[件表]?\d*[:：]?)?(?P<unit>[^\d(（:：]{{2,28}}?(?:{UNIT_ENDS}))(?=[(（]?(?:20\d\d|二[〇○零0]|部门(?:整体|支出)|整体支出|绩效))"
UNIT_ALONE: Final = rf"[^\d:：,，。;；]{{2,28}}(?:{UNIT_ENDS})"
# Columns of the indicator table: the first pattern that fits a heading wins.
INDICATOR_COLUMNS: Final = (
    ("level1", r"一级(?:指标)?(?:名称)?|指标(?:类别|分类|维度)"),
    ("level2", r"二级(?:指标)?(?:名称)?"),
    ("name", r"(?:三级|四级|具体|绩效|考核|个性|年度绩效|评价)?指标(?:名称|内容)?|三级(?:指标.*)?"),
    (
        "target",
        (
            r"(?:全年|年度|年初|本年|计划|预期|预算|设定|调整后?)*(?:绩效)?(?:指标值|目标值|预期值|计划值|指标目标值?|设定值|预期指标值?)"
            r"|(?:全年|年度|年初|本年|当年|绩效|预期)*目标|指标值\(目标值\)|评价标准值|(?:计划|预期|预计|年初)(?:当年)?(?:完成|实现)(?:值|数|量)"
        ),
    ),
    (
        "actual",
        r"(?:全年|年度|本年|实际)?(?:实际)?(?:完成|实现|达成)(?:指标)?(?:值|情况|结果)|(?:全年|年度)?实际(?:指标)?值|(?:实际|指标)?完成(?:值|情况)?|完成数",
    ),
    ("weight", r"(?:指标|三级指标)?(?:分值|权重|标准分值?|满分|分数)(?:权重|值|分)?"),
    (
        "score",
        r"(?:单位|部门)?(?:自评|实际|指标|评价)?(?:得分|评分|自评分|分数)(?:情况|值)?|(?:单位|部门)?自评(?:价|分值)?",
    ),
    (
        "rule",
        r"(?:评价要点|评价内容|指标解释|指标说明|计算公式|计算方法)?(?:及|和|与|、)?(?:评分|评价|计分|打分|赋分|考核)(?:(?:规则|标准|细则|办法|方法|要点|依据)(?:及|和|与|、)?)+|评价要点|指标解释|计算(?:公式|方法)",
    ),
    (
        "reason",
        r".{0,10}原因.{0,15}|偏差(?![率值度额]).*|(?:扣分|评分|得分|打分|自评|差异|偏离)(?:说明|理由|事由|依据|情况)",
    ),
    ("nature", r"指标值?(?:性质|方向|属性|类型)|(?:运算|比较|计算|指标值?)?符号"),
    ("measure", r"(?:度量|计量|指标|数量)?单位"),
    ("note", r"备注|说明|其他说明"),
)
BUDGET_COLUMNS: Final = (
    ("initial", r"(?:年初|批复|年初批复|年初部门)(?:部门)?(?:预算)?(?:批复)?(?:数|金额|安排|资金)*"),
    (
        "annual",
        r"(?:全年|本年|年度|调整|调整后|\(调整后?\)|\(含调整\))*(?:部门)?(?:预算|指标)(?:安排)?(?:数|金额|总额|调整数)?(?:\(调整后?\))?",
    ),
    (
        "spent",
        r"(?:实际|全年|本年|年度|决算|预算|资金|累计)*(?:支出|执行|使用|完成)(?:数|金额|总额)?|(?:全年|本年|年度|支出)*决算(?:数|金额)?",
    ),
    ("rate", r"(?:预算|资金|支付)?(?:执行|完成|支出|使用)?(?:率|进度)"),
    ("weight", r"(?:指标)?(?:分值|权重|满分)"),
    ("score", r"(?:自评|评价|单位自评)?得分"),
)
# What a heading among those of amounts probably means, where none of these patterns fits.
LIKELY_AMOUNTS: Final = (
    ("initial", r".*(?:年初|批复|期初).*"),
    ("spent", r".*(?:决算|支出|执行|使用|完成|实际).*"),
    ("annual", r".*(?:预算|调整|安排|计划).*"),
)
UNLIKELY_AMOUNT: Final = r".*(?:[率%]|差[额异]|结余|结转|上年|增减|原因|说明|名称|项目|进度|分).*"
BUDGET_NAME: Final = r"(?:预算|经费|收入|支出|资金|收支)?(?:项目|科目|指标|名称|内容|类型|类别|性质|来源|构成|组成|结构|用途)(?:名称)?|收入|支出|资金|备注|说明"
MAIN_NAME: Final = r"(?:基本|项目)(?:支出)?"
SUM_NAME: Final = r".{0,8}(?:合计|总计|总额|总数|总支出)(?:数|金额|\(.*\))?|(?:部门|单位)*(?:整体|总)支出"
INCOME: Final = "收入"
COMPUTED: Final = ("rate", "weight", "score")
# National forms score the execution in the table of the money: the row that it is among the indicators.
EXECUTION: Final = "预算执行率"
EXECUTION_TARGET: Final = "100%"


# A template made from a file.
DERIVED_TITLE: Final = "部门整体支出绩效自评价表"
DERIVED_NAME: Final = "{title}（取自文件）"
DERIVED_SUBTITLE: Final = "（{year} 年）"
DERIVED_GRADES: Final = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
DERIVED_PREFIX: Final = "其中："
DERIVED_TOTAL: Final = "合计"
DERIVED_GRADE: Final = "绩效等级"
NUMBERING: Final = "（{n}）"
NUMBERING_BELOW: Final = "{n}."
TAB_COVER: Final = "基本信息·主要职能"
TAB_STAFFING: Final = "机构人员"
TAB_BUDGET: Final = "预算支出"
TAB_INDICATORS: Final = "指标评分"
TAB_TEXTS: Final = "成效·问题·整改"
LABEL_UNIT: Final = "单位名称"
LABELS: Final = {
    "duties": "主要职能",
    "staffing": "机构设置及人员配置",
    "budget": "预算安排及支出情况",
    "achievements": "主要成效",
    "problems": "存在问题",
    "measures": "整改举措",
}
FIGURES: Final = (
    ("departments", "科室（个）"),
    ("authorised", "编制（人）"),
    ("actual", "实有人数（人）"),
    ("contract", "合同制人员（人）"),
    ("retired", "财政供养退休人员（人）"),
)
COLUMN_LABELS: Final = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "name": "三级指标",
    "score": "得分",
}
