"""The real 2024 form as a Grid built by hand, and ways to make bigger ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from app.sheet.grid import Align, Cell, Grid, Header, Role

DUTIES = (
    "贯彻执行国家和上级有关工伤、失业及职工养老等保险的法律、法规和方针政策，参与拟定全市工伤、失业及职工养老等保险政策、管理办法及年度工作计划，并组织实施。",
    "负责机关事业单位失业、工伤保险及企业单位养老、失业、工伤保险的登记，按规定建立各参保单位的社会保险登记档案。",
    "负责办理用人单位参保人员及险种的增减变化手续。",
    "负责无雇工的个体工商户、未在用人单位参加职工基本养老保险的非全日制从业人员以及其他灵活就业人员养老保险的参停保登记。",
    "负责所涉及险种社会保险个人权益记录管理，提供与社会保险个人权益记录相关的服务。",
    "负责所涉及险种保险缴费基数的申报核定工作。",
    "负责建筑施工企业施工工程办理工伤保险参保登记手续 。",
    "负责企业参保人员、退役军人养老保险关系转移接续工作。",
    "负责工伤保险待遇的审核、结算、工伤保险先行支付等业务工作。",
    "负责工伤定期待遇人员的管理和定期待遇的发放工作。",
    "负责补充工伤保险待遇的受理和审核工作。",
    "负责工伤人员转院转诊、居外就医备案及费用结算。",
    "负责实施工伤定点医疗和康复机构协议管理，检查、监督工伤定点医疗和康复机构服务协议履行情况。",
    "负责工伤定点医疗和康复机构工伤保险业务培训、指导和工伤保险费用的审核、结算。",
    "负责全市参保单位工伤预防宣传、工伤预防培训工作。",
    "负责所涉及险种的社会保险稽核工作。",
    "负责所涉及险种经办事项的档案管理工作。",
    "负责开展所涉及险种经办工作的内部控制制度的建立和组织实施。",
    "负责编报职工养老、失业保险收入预决算及工伤保险收支预决算。",
    "负责职工养老、失业保险基金收入情况和工伤保险基金收支情况的统计分析，为完善政策提供决策依据。",
    "负责职工养老、失业、工伤保险政策宣传、咨询工作，负责处理关于本部门业务的查询和来访工作。",
    "完成市人力资源和社会保障局及上级业务部门交办的其他工作。",
)
STAFFING = "经市机构编制委员会核定，如皋市社会保险基金管理中心设科室 6个，编制为 24 人，实有人数 21 人，合同制人员 24 人，另有 8名财政供养退休人员。"
BUDGET = (
    ("资金总额", "1546.91 万元", "1546.90 万元"),
    ("基本支出", "892.15 万元", "892.14 万元"),
    ("项目支出", "654.76 万元", "654.76 万元"),
    ("其中：《社会保险手册》印刷费", "5.00 万元", "5.00 万元"),
    ("打印纸及个人账户打印纸", "6.00 万元", "6.00 万元"),
    ("社保扩面业务经费", "9.00 万元", "9.00 万元"),
    ("社保业务运营经费", "155 万元", "155 万元"),
    ("“助保贷款”财政贴息", "0.39 万元", "0.39 万元"),
    ("居保转企保参保补助", "474.37 万元", "474.37 万元"),
)
HEADER = ("一级指标", "二级指标", "三级指标", "全年指标值", "分值", "评价要点及评分规则", "实际完成值", "得分")
# level 1, level 2, (level 3, target, weight, actual, score)
INDICATORS = """
决策(6)|计划制定（2）|中长期规划健全性 健全 1 健全 1|工作计划健全性 健全 1 健全 1
|目标设定(2)|绩效目标合理性 合理 1 合理 1|绩效指标明确性 明确 1 明确 1
|预算编制(2)|预算编制科学性 科学 1 科学 1|预算编制规范性 规范 1 规范 1
过程(26)|预算执行(8)|预算调整率 0% 1 0% 1|支付进度符合率 100% 1 100% 1|预算执行率 100% 2 100% 2|结转结余率 0% 1 0% 1\
|公用经费控制率 ≤100% 1 ≤100% 1|"三公经费"变动率 ≤0% 1 ≤0% 1|政府采购执行率 100% 1 100% 1|非税收入预算完成率 ≥100% - ≥100% -
|预算管理(6)|预算管理制度健全性 健全 1 健全 1|资金使用合规性 合规 2 合规 2|绩效管理覆盖率 100% 1 100% 1|基础信息完善性 完善 1 完善 1\
|预决算信息公开度 公开 1 公开 1|非税收入管理合规性 合规 - 合规 -
|资产管理(3)|资产管理制度健全性 健全 1 健全 1|资产管理规范性 规范 1 规范 1|固定资产利用率 100% 1 100% 1
|项目管理(3)|项目管理制度健全性 健全 1 健全 1|项目管理制度执行规范性 规范 2 规范 2
|人员管理(3)|人员管理制度健全性 健全 1 健全 1|人员管理制度执行有效性 有效 1 有效 1|在职人员控制率 100% 1 100% 1
|机构建设(3)|组织建设工作及时完成率 100% 1 100% 1|业务学习与培训及时完成率 100% 1 100% 1|纪检监察工作有效性 有效 1 有效 1
履职(30)|职能(30)|高质量持续推进全民参保计划 社保扩面完成率 5 100% 5\
|继续推行社保业务同城通办，推进风险防控措施，研究制定高风险业务管控细则，经办权限管理规范。 风险可控性 5 风险可控 5\
|继续抓好阳光扶贫助保贷款，及时与合作银行沟通，使贷款及时落实到位。 及时落实到位 5 及时落实到位 5\
|建筑施工企业施工工程办理工伤保险参保登记手续 应保尽保 5 应保尽保 5|工伤人员转院转诊、居外就医备案及费用结算。 及时结算 5 及时结算 5\
|全面完成上级交给的目标任务，统一思想、强化举措、狠抓落实，做好“居转企”工作，推动全市社会保障水平不断提升。 严格筛选受助群体，及时发放居保转企保参保补助 5 及时发放居保转企保参保补助 5
效益(30)|经济效益(10)|发放助保贷款，解决群众缴费困难问题。 及时享受养老保险待遇 10 及时享受养老保险待遇 10
|社会效益(10)|切实维护社会和谐稳定，让广大老百姓共享改革发展成果。 切实维护社会和谐稳定，让广大老百姓共享改革发展成果 10 切实维护社会和谐稳定，让广大老百姓共享改革发展成果 10
|可持续影响(10)|及时发现和查处瞒报漏报社会保险费 提高社保运行的质量和效率 10 提高社保运行的质量和效率 10
满意度（10)|服务对象满意度(10)|服务对象满意度 ≥98% 10 ≥95% 9.5
""".strip()
RESULTS = (
    "居转企高质量考核任务圆满完成，排名处于第一方阵。",
    "完成南通市委下达的核心考核指标及如皋市委市政府、局党组下达的各项社保扩面、基金征缴任务。",
    "宣传工作创新创效，制作工伤预防宣传片、三期社保微课堂，开展“社保扩面”政策宣传志愿服务活动，扩大社保服务“一码十办”宣传覆盖面，通过进企业、进乡村、进银行、进园区“四进”方式开展“社保服务进万家”的活动。",
    "根据皋政发〔2022〕10 号文件，发放居保转企保参保补助 4542 人共计 454.2 万元、居保转企保延龄补助 69 人共计 20.17 万元，提升群众参保积极性。",
    "响应省市号召推进“就近办”工作，协同如皋农商行成功创建 62 个社保业务“就近办”网点，融合多项线上公共服务渠道，创新打造如皋特色服务品牌，创新成果得到省级媒体专版报道。",
    "推动工伤保险医疗（康复）协议机构工伤待遇结算网络覆盖，与 33 家定点医疗医院和康复医院签署协议，主动申报我市 2家定点医院为首批省内异地联网结算医院。",
)
PROBLEMS = "居民养老保险转职工养老保险在实际工作过程中，难度较大，遇到的困难很多。随着劳动年龄段农村居民数量空间的缩小，以后年度完成难度更大，任务更艰巨。"
MEASURES = (
    "企业职工养老保险扩面，特别是居民养老保险转职工养老保险考核指标，是根据国家乡村振兴和城镇化建设战略，为全面提升广大城乡居民养老保障层次，"
    "立足长远解决好劳动年龄段农村居民老有所养问题的举措。我们建议推动政府层面出台相关政策，一是给予参保缴费补贴、提供财政贷款贴息;"
    "二是设立补缴条件、强化行政推动有序引导劳动年龄段居保对象转入企保;三是加大激励力度，鼓励失地农民参加企业职工养老保险。"
    "多管齐下，加强引导，提高社会参与度。"
)


@dataclass(frozen=True)
class Group:
    """A level-2 group: its level-1 name, its own, its rows of five texts."""

    top: str
    name: str
    rows: tuple[tuple[str, ...], ...]


def groups() -> tuple[Group, ...]:
    """The indicators of the real form."""
    found: list[Group] = []
    for line in INDICATORS.splitlines():
        top, name, *rows = line.split("|")
        texts = tuple(tuple("" if text == "-" else text for text in row.split(" ")) for row in rows)
        found.append(Group(top or found[-1].top, name, texts))
    return tuple(found)


def many_groups(times: int) -> tuple[Group, ...]:
    """The indicators of the real form again and again, every text different."""

    def numbered(turn: int, group: Group) -> Group:
        rows = tuple((f"{row[0]}{turn}", *row[1:]) for row in group.rows)
        return Group(f"{group.top}{turn}", f"{group.name}{turn}", rows)

    return tuple(numbered(turn, group) if turn else group for turn in range(times) for group in groups())


def indicator_rows(found: Iterable[Group], start: int) -> Iterator[Cell]:
    """Cells of an indicator table's body: eight columns, levels merged down."""
    grouped = list(found)
    row = start
    for index, group in enumerate(grouped):
        if index == 0 or group.top != grouped[index - 1].top:
            following = (other for other in grouped[index:])
            height = 0
            for other in following:
                if other.top != group.top:
                    break
                height += len(other.rows)
            yield Cell(row, 0, group.top, height, 1, Role.LABEL, Align.CENTER, is_repeated=True)
        yield Cell(row, 1, group.name, len(group.rows), 1, Role.LABEL, Align.CENTER, is_repeated=True)
        for name, target, weight, actual, score in group.rows:
            yield Cell(row, 2, name)
            yield Cell(row, 3, target, align=Align.CENTER)
            yield Cell(row, 4, weight, align=Align.CENTER)
            yield Cell(row, 5, "")
            yield Cell(row, 6, actual, align=Align.CENTER)
            yield Cell(row, 7, score, align=Align.CENTER)
            row += 1


def items(row: int, label: str, texts: tuple[str, ...]) -> Iterator[Cell]:
    """A block: its label merged down beside one row per item."""
    yield Cell(row, 0, label, len(texts), 1, Role.LABEL, Align.CENTER, is_repeated=True)
    for index, text in enumerate(texts):
        is_open_above, is_open_below = index > 0, index < len(texts) - 1
        yield Cell(row + index, 1, text, 1, 7, is_open_above=is_open_above, is_open_below=is_open_below)


def budget(row: int) -> Iterator[Cell]:
    """The block of amounts."""
    yield Cell(row, 0, "预算安排及支出情况", len(BUDGET) + 1, 1, Role.LABEL, Align.CENTER, is_repeated=True)
    for column, columns, text in ((1, 3, ""), (4, 2, "全年预算数"), (6, 2, "实际支出数")):
        yield Cell(row, column, text, 1, columns, Role.HEADER, Align.CENTER)
    for offset, (name, planned, spent) in enumerate(BUDGET, 1):
        yield Cell(row + offset, 1, name, 1, 3)
        yield Cell(row + offset, 4, planned, 1, 2, align=Align.RIGHT)
        yield Cell(row + offset, 6, spent, 1, 2, align=Align.RIGHT)


def form_grid(times: int = 1) -> Grid:
    """The whole form, with its indicators so many times."""
    cells = [
        Cell(0, 0, "部门整体支出绩效自评价表", 1, 8, Role.TITLE, Align.CENTER),
        Cell(1, 0, "（2024 年）", 1, 8, Role.SUBTITLE, Align.CENTER),
        Cell(2, 0, "单位名称", 1, 1, Role.LABEL, Align.CENTER),
        Cell(2, 1, "如皋市社会保险基金管理中心", 1, 7),
        *items(3, "主要职能", tuple(f"（{number}）{duty}" for number, duty in enumerate(DUTIES, 1))),
    ]
    row = 3 + len(DUTIES)
    cells += [Cell(row, 0, "机构设置及人员配置", 1, 1, Role.LABEL, Align.CENTER), Cell(row, 1, STAFFING, 1, 7)]
    cells += budget(row + 1)
    first = row + 2 + len(BUDGET)
    cells += [Cell(first, column, text, 1, 1, Role.HEADER, Align.CENTER) for column, text in enumerate(HEADER)]
    cells += indicator_rows(many_groups(times), first + 1)
    last = first + sum(len(group.rows) for group in many_groups(times))
    cells += [
        Cell(last + 1, 0, "合计", 1, 4, Role.TOTAL, Align.CENTER),
        Cell(last + 1, 4, "102", role=Role.TOTAL, align=Align.CENTER),
        Cell(last + 1, 5, "", role=Role.TOTAL),
        Cell(last + 1, 6, "", role=Role.TOTAL),
        Cell(last + 1, 7, "101.5", role=Role.TOTAL, align=Align.CENTER),
        Cell(last + 2, 0, "绩效等级", 1, 4, Role.LABEL, Align.CENTER),
        Cell(last + 2, 4, "优", 1, 4, Role.TOTAL, Align.CENTER),
        *items(last + 3, "主要成效", tuple(f"{number}.{text}" for number, text in enumerate(RESULTS, 1))),
    ]
    row = last + 3 + len(RESULTS)
    cells += [*items(row, "存在问题", (PROBLEMS,)), *items(row + 1, "整改举措", (MEASURES,))]
    return Grid(
        title="部门整体支出绩效自评价表（2024 年）",
        author="如皋市社会保险基金管理中心",
        widths=tuple(map(Decimal, (11, 11, 20, 14, 7, 13, 14, 7))),
        row_count=row + 2,
        cells=tuple(cells),
        headers=(Header(first, first, last),),
    )


def table_grid(texts: tuple[tuple[str, ...], ...], header: tuple[str, ...] = ()) -> Grid:
    """A plain table; with a header row if there is one."""
    rows = (header, *texts) if header else texts
    cells = tuple(
        Cell(row, column, text, role=Role.HEADER if header and row == 0 else Role.BODY)
        for row, row_texts in enumerate(rows)
        for column, text in enumerate(row_texts)
    )
    headers = (Header(0, 0, len(rows) - 1),) if header else ()
    return Grid("表", "单位", tuple(Decimal(1) for _text in rows[0]), len(rows), cells, headers)


def with_text(grid: Grid, row: int, column: int, text: str) -> Grid:
    """The same Grid with another text in one cell."""
    cells = tuple(replace(cell, text=text) if (cell.row, cell.column) == (row, column) else cell for cell in grid.cells)
    return replace(grid, cells=cells)
