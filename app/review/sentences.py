"""What the checks say: by code, and by variant where one check finds different things.

Each sentence says what is wrong with both figures, where, and what to do. {target}, {actual}, {weight}, {score}, {rule},
{annual}, {spent} … are the labels of the form's own columns. Knows no check.
"""

from typing import Final

SENTENCES: Final[dict[str, dict[str, str]]] = {
    "C01": {"": "{weight}合计是 {sum} 分，应为 {total} 分，{gap}。请核对各行的{weight}。"},
    "C02": {
        "rows": "{name}写明 {stated} 分，下面各行的{weight}合计是 {sum} 分。请改成一致。",
        "groups": "{name}写明 {stated} 分，下面各组写明的分值合计是 {sum} 分。请改成一致。",
        "total": "最上级各组写明的分值合计是 {sum} 分，应为 {total} 分。请调整各组的分值。",
    },
    "C03": {
        "weight": "原表写的{weight}合计是“{stated}”，各行相加是 {sum} 分。请核对后更正其中一个。",
        "score": "原表写的{score}合计是“{stated}”，各行相加是 {sum} 分。请核对后更正其中一个。",
    },
    "C04": {
        "above": "{name}的{score} {value} 分高于{weight} {limit} 分。请把{score}改到{weight}以内。",
        "below": "{name}的{score} {value} 分低于 0 分。请改成 0 分或以上。",
    },
    "C05": {"": "{score}合计是 {sum} 分，超过总分 {total} 分。请核对各行的{weight}和{score}。"},
    "C06": {"": "原表写的绩效等级是“{stated}”，{score}合计 {sum} 分对应的等级是“{grade}”。请更正等级。"},
    "C07": {
        "blank": "{name}还没有填：{fields}。请补填。",
        "empty": "{name}还没有内容。请至少填写一项。",
        "misread": "{name}的{field}看不懂：{because}。请改成看得懂的数。",
        "prompt": "{name}里还留着填写提示“{prompt}”。请换成实际内容。",
    },
    "C08": {
        "": "{name}的{score}是 {value} 分，按规则测算是 {suggested} 分（{formula}）。请改用测算的得分，或说明原因。"
    },
    "C09": {
        "bound": "{name}的{actual}“{text}”是一个范围，不是实际的数。请填写实际数，例如“{number}”。",
        "words": "{name}的{target}是“{goal}”，{actual}“{text}”却不是数。请填写数或百分比。",
    },
    "C10": {
        "unreadable": "{name}的{target}“{goal}”看不懂。请按符号、数、单位的顺序填写，例如“≥95%”。",
        "unit": "{name}的{target}“{goal}”和{actual}“{text}”单位不同。请用同一个单位。",
    },
    "C11": {"": "{name}的{actual}“{text}”对应 {least} 至 {most} 分，现在的{score}是 {value} 分。请调整{score}或档次。"},
    "C12": {
        "copied": "{name}的{actual}“{text}”照抄了{target}，看不出完成程度。请写明评价档次，或写出数。",
        "word": "{name}的{actual}“{text}”不是评价档次，也不是{target}“{goal}”或评分规则的用语。请写明评价档次，或写出数。",
    },
    "C13": {"": "{name}的{weight}是 {limit} 分，得 {value} 分，没有写明扣 {gap} 分的原因。请补写原因。"},
    "C14": {"": "{name}得满分 {value} 分，原因里却写着“{word}”。请核对{score}或原因。"},
    "C15": {
        "over": "{name}的{actual}“{text}”是{target}“{goal}”的 {ratio} 倍。请说明超额完成的原因。",
        "double": "{name}的{actual}“{text}”是{target}“{goal}”的 {ratio} 倍，指标值可能定低了。请核对指标值并说明原因。",
    },
    "C16": {"": "{count} 行全部得满分，合计 {sum} 分。请核对有没有应当扣分的指标。"},
    "C17": {"": "得分率 {rate}% 比预算执行率 {execution}% 高 {gap} 个百分点，超过 5 个。请核对得分，或说明原因。"},
    "C18": {"": "{name}的{annual} {budget} 万元，{spent} {paid} 万元，{share}% 没有支出，超过 20%。请说明原因。"},
    "C19": {"": "{name}的{actual}写的是“{text}”，按预算表计算是 {shown}（{paid} ÷ {budget}）。请更正，或核对预算表。"},
    "C21": {"": "{name}的{spent} {paid} 万元超过{annual} {budget} 万元。请核对，或说明原因。"},
    "C22": {"": "{name}的{column}是 {typed} 万元，{parts}合计是 {sum} 万元，{gap}。请核对更正。"},
    "C23": {
        "less": "{name}的{column}是 {typed} 万元，列出的项目合计是 {sum} 万元，还有 {gap} 万元没有列出。请补列项目，或说明原因。",
        "more": "{name}的{column}是 {typed} 万元，列出的项目合计是 {sum} 万元，多出 {gap} 万元。请核对更正。",
    },
    "C24": {"": "{name}的{column}“{text}”是空的或 0，下面各项合计却是 {sum} 万元。请补填。"},
    "C25": {
        "budget": "{name}的{initial} {before} 万元，{annual} {after} 万元，调整率 {rate}%，超过 30%。请说明调整原因。",
        "row": "{name}的{actual}是“{text}”，超过 30%。请说明调整原因。",
    },
    "C26": {"": "{name}的{actual}填的是“{text}”，按预算表计算是 {shown}（{formula}）。请更正，或核对预算表。"},
    "C27": {
        "rate": "{name}的{actual}填的是“{text}”，按人员数计算是 {shown}（{formula}）。请更正，或核对人员数。",
        "text": "“{title}”的文字里{label}是 {found}，填写的数是 {value}。请改成一致。",
    },
    "C28": {"": "{name}的{actual}填的是“{text}”，按填入的数计算是 {shown}（{formula}）。请核对更正。"},
    "C29": {
        "less": "{name}应当越低越好，{target}却写成“{goal}”。请核对符号。",
        "more": "{name}应当越高越好，{target}却写成“{goal}”。请核对符号。",
    },
    "C30": {
        "": "{name}的{score} {value} 分是{weight} {limit} × 实际 {rate}；应为 {formula} = {right} 分。请更正{score}。"
    },
    "C31": {"": "{name}的{actual}是“{text}”，没有写明有效调查人数。请填写满意人数和有效调查人数。"},
    "C32": {"": "{name}按表样要求列明佐证材料，现在列出了 0 份。请在“编辑”菜单的“佐证材料”里添加，或说明原因。"},
    "C33": {"": "{name}这个三级指标出现了 {count} 次，财政系统按名称取数。请改成不同的名称。"},
    "C35": {"": "效益指标{name}的{actual}“{text}”既没有数，也不是评价档次，无法评价。请写出数或评价档次。"},
    "C36": {"": "{name}的{actual}是“{text}”，{target}却是名称“{goal}”。请把{target}改成数，例如“{text}”。"},
    "C37": {
        "aside": "{name}设为不适用，却还写着：{fields}。请清空，或改为适用。",
        "weightless": "{name}没有{weight}，{score}却是“{text}”。请补填{weight}，或设为不适用。",
    },
    "C38": {"": "{count} 行没有填“{rule}”：{names}。请补填，或说明依据的评分办法。"},
    "C40": {
        "line": "{name}提到“{line}”，写的金额是 {found} 万元，预算表上{annual} {budget} 万元、{spent} {paid} 万元。请核对。",
        "sum": "{name}写的合计是 {stated} 万元，其中各项相加是 {sum} 万元。请核对。",
    },
    "C41": {
        "slip": "{name}的{annual}“{budget}”和{spent}“{paid}”相差约 {ratio} 倍。请核对单位是万元还是元。",
        "decimals": "{name}的{column}“{text}”超过两位小数。请核对单位和数字。",
    },
    "C42": {
        "year": "{name}写着 {found} 年，这张表是 {year} 年的。请核对年度。",
        "unit": "{name}写着“{found}”，本单位是“{unit}”。请核对单位名称。",
    },
    "C43": {
        "unreadable": "年度“{text}”不是四位数的年份。请改成例如“{year}”。",
        "title": "标题“{title}”里的年份与年度“{text}”不同。请核对年度。",
    },
    "C44": {"": "{name}有 {count} 字，超过限定的 {limit} 字。请删减 {gap} 字。"},
    "C47": {"": "{name}的{weight}是 {value} 分，超过“{branch}”合计 {sum} 分的一半。请核对分值分配。"},
    "C49": {
        "target": "{name}的{target}是“{goal}”，低于上年的{actual}“{reached}”。请核对，或说明原因。",
        "text": "{name}与上年的文字完全相同。请按今年的情况改写，或说明原因。",
    },
    "X01": {"": "程序在做检查 {codes} 时出错，这些检查没有结果。请把日志交给维护人员；其他检查不受影响。"},
}

MORE: Final = "多 {gap} 分"
LESS: Final = "少 {gap} 分"
MORE_MONEY: Final = "合计多 {gap} 万元"
LESS_MONEY: Final = "合计少 {gap} 万元"
NOTHING: Final = "空白"
