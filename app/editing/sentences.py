"""What edits are called in the 编辑 menu and in the journal, in one place."""

from typing import Final

SET: Final = "修改{what}"
SET_MANY: Final = "修改 {count} 个单元格"
ADD: Final = "增加一项{what}"
REMOVE: Final = "删除{what}"
MOVE_UP: Final = "上移{what}"
MOVE_DOWN: Final = "下移{what}"
SET_ASIDE: Final = "将{what}设为不适用"
TAKE_IN: Final = "将{what}设为适用"

# what differs between two states
ROW_ADDED: Final = "增加{what}"
ORDER: Final = "{what}的顺序"
APPLIES: Final = "适用"
APPLIES_NOT: Final = "不适用"

EXPLAIN: Final = "填写 {code} 的审核说明"

CREATED: Final = "新建"
COPIED: Final = "复制自“{unit}”{year} 年的表"
IMPORTED: Final = "读自文件 {name}"
EXAMPLE: Final = "打开样例"

# places
ITEM: Final = "{label}第 {number} 项"
ROW: Final = "“{row}”"
ROW_LABELS: Final = {
    "duties": "主要职能",
    "budget": "支出项目",
    "groups": "指标分级",
    "indicators": "指标",
    "achievements": "主要成效",
    "problems": "存在问题",
    "measures": "整改举措",
    "explanations": "审核说明",
    "evidence": "佐证材料",
}
# For fields that the template of a form does not show.
FIELD_LABELS: Final = {
    "cover": {"unit": "单位名称", "year": "年度"},
    "staffing": {
        "text": "机构设置及人员配置",
        "departments": "科室",
        "authorised": "编制",
        "actual": "实有人数",
        "contract": "合同制人员",
        "retired": "财政供养退休人员",
    },
    "stated": {"weight_total": "原表分值合计", "score_total": "原表得分合计", "grade": "原表绩效等级"},
    "budget": {
        "label": "名称",
        "part_of": "所属",
        "initial": "年初预算数",
        "annual": "全年预算数",
        "spent": "实际支出数",
    },
    "groups": {"label": "名称", "part_of": "所属"},
    "indicators": {
        "group": "所属",
        "name": "三级指标",
        "nature": "指标性质",
        "measure": "度量单位",
        "target": "全年指标值",
        "weight": "分值",
        "rule": "评分规则",
        "actual": "实际完成值",
        "score": "得分",
        "reason": "原因",
        "note": "备注",
        "part": "部分数",
        "whole": "总数",
        "applies": "是否适用",
    },
    "explanations": {"text": "审核说明", "basis": "审核意见"},
    "evidence": {"indicator": "所属指标", "name": "材料名称", "note": "备注", "sha256": "校验值", "size": "大小"},
}
ITEM_FIELD: Final = "内容"

REPLACE: Final = "将“{old}”替换为“{new}”（{count} 处）"

# lists: names of edits of several items
ADD_MANY: Final = "增加 {count} 项{what}"
REMOVE_MANY: Final = "删除 {count} 项{what}"
SPLIT: Final = "将{what}分开"
JOIN: Final = "将{what}与下一项合并"
SET_LIST: Final = "修改{what}的多项"

# several cells or rows at once
CUT: Final = "剪切 {count} 个单元格"
CLEAR: Final = "清除 {count} 个单元格"
FILL: Final = "向下填充 {count} 个单元格"
PASTE: Final = "粘贴 {count} 个单元格"
PASTE_ROWS: Final = "粘贴 {count} 个单元格并增加 {rows} 行"
REMOVE_ROWS: Final = "删除 {count} 行"
WITH_EVIDENCE: Final = "{name}及其 {count} 份佐证材料"
ADD_EVIDENCE: Final = "添加佐证材料{what}"
ADD_EVIDENCES: Final = "添加 {count} 份佐证材料"
MOVE_ROWS_UP: Final = "上移 {count} 行"
MOVE_ROWS_DOWN: Final = "下移 {count} 行"

# 修改记录
MOVED: Final = "移动{what}"
POSITION: Final = "第 {number} 行"
UNDONE: Final = "撤销：{text}"
REDONE: Final = "重做：{text}"
RESTORE_VALUE: Final = "恢复{what}"
RESTORE_FORM: Final = "恢复到 {time} 的内容"
