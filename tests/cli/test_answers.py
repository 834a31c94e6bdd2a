"""What the command line says of a form, in words and in JSON."""

import json
from dataclasses import replace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from app.cli import describe, summarise
from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.form.quantity import Number, interpret
from app.form.reading.interchange import load_form
from app.form.reading.loader import blank_form, load_template
from app.form.resources import resource
from app.form.rows import Stated

SAMPLE: Final = load_form(resource("samples", "rugao-2024.json"))
BLANK: Final = blank_form(load_template("rugao-2024"), "市档案馆")

REAL_FORM: Final = """\
如皋市社会保险基金管理中心 2024 年 部门整体支出绩效自评价表
分值合计 102（原表写 100，应为 100）
得分合计 101.5（原表写 99.5）
绩效等级 优
未填 0 处
强制 9 条："""


def with_scores(form: Form, *scores: str) -> Form:
    """The first rows get these 得分, all other rows none."""
    rest = [""] * (len(form.indicators) - len(scores))
    rows = zip(form.indicators, [*scores, *rest], strict=True)
    return replace(form, indicators=tuple(replace(row, score=score) for row, score in rows))


def words(form: Form) -> list[str]:
    return list(describe(compute_outcome(form)))


def answer(form: Form) -> dict[str, object]:
    return summarise(compute_outcome(form))


def test_the_real_form_is_shown_beside_what_it_states() -> None:
    assert "\n".join(words(SAMPLE)[:6]) == REAL_FORM


def test_findings_are_said_mandatory_ones_first() -> None:
    said = words(SAMPLE)
    assert said[6] == "  C01 分值合计是 102 分，应为 100 分，多 2 分。请核对各行的分值。"
    assert said[15] == "提示 13 条："
    assert [line[2:5] for line in said[16:20]] == ["C12", "C13", "C23", "C23"]


def test_a_finding_as_json_says_level_and_place_in_words() -> None:
    spoken = answer(SAMPLE)["findings"]
    assert isinstance(spoken, list)
    assert [each["level"] for each in spoken] == ["强制"] * 9 + ["提示"] * 13
    assert spoken[0] == {
        "code": "C01",
        "level": "强制",
        "place": "指标评分分值",
        "message": "分值合计是 102 分，应为 100 分，多 2 分。请核对各行的分值。",
    }


def test_the_real_form_as_json() -> None:
    assert {key: value for key, value in answer(SAMPLE).items() if key != "findings"} == {
        "unit": "如皋市社会保险基金管理中心",
        "year": "2024",
        "template": "rugao-2024",
        "weight_total": "102",
        "score_total": "101.5",
        "grade": "优",
        "complete": True,
    }


def test_an_empty_form_has_no_score_and_no_grade() -> None:
    assert words(BLANK)[1:4] == ["分值合计 102（应为 100）", "得分合计 —", "绩效等级 —"]
    assert [answer(BLANK)[key] for key in ("score_total", "grade", "complete")] == [None, None, False]


def test_a_total_over_unfilled_rows_says_so() -> None:
    begun = with_scores(BLANK, "1", "0.5")
    assert words(begun)[2] == "得分合计 1.5（未填完）"
    assert [answer(begun)[key] for key in ("score_total", "complete")] == ["1.5", False]


def test_unfilled_cells_are_counted() -> None:
    filled = replace(SAMPLE, staffing=replace(SAMPLE.staffing, retired="", text=" "))
    assert words(filled)[4] == "未填 2 处"


def test_an_unreadable_cell_is_named_with_its_reason() -> None:
    sentence = "  C07 “中长期规划健全性”的得分看不懂：“满分”里没有数字。请改成看得懂的数。"
    assert sentence in words(with_scores(SAMPLE, "满分"))


def test_what_is_stated_is_only_shown_where_it_differs() -> None:
    agreeing = replace(SAMPLE, stated=Stated("１０２", "101.50 分", "优"))
    differing = replace(SAMPLE, stated=Stated("一百", "", "良"))
    assert words(agreeing)[1:4] == ["分值合计 102（应为 100）", "得分合计 101.5", "绩效等级 优"]
    assert words(differing)[1:4] == [
        "分值合计 102（原表写 一百，应为 100）",
        "得分合计 101.5",
        "绩效等级 优（原表写 良）",
    ]


def test_rows_that_do_not_apply_take_no_part() -> None:
    aside = replace(SAMPLE.indicators[0], applies=False)
    assert answer(replace(SAMPLE, indicators=(aside, *SAMPLE.indicators[1:])))["score_total"] == "100.5"


@given(st.lists(st.text(max_size=8) | st.decimals(0, 10, places=2).map(str), max_size=4), st.text(max_size=8))
def test_nothing_typed_stops_the_answer(scores: list[str], stated: str) -> None:
    form = replace(with_scores(BLANK, *scores), stated=Stated(stated, stated, stated))
    spoken = json.loads(json.dumps(answer(form)))
    read = [interpret(row.score) for row in form.indicators if row.applies]
    values = [each.value for each in read if isinstance(each, Number) and each.unit in ("", "分")]
    total = interpret(spoken["score_total"] or "")
    assert (total.value if isinstance(total, Number) else None) == (sum(values) if values else None)
    assert len(words(form)) >= 5
