"""How a template scores is read strictly: every rule and policy, and every mistake in words."""

from decimal import Decimal
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.failure import AppError
from app.form.reading.loader import read_template
from app.form.reading.rules_loader import LINKED_READERS, RULE_READERS
from app.form.rules import (
    Band,
    Bands,
    ByExecution,
    ByTarget,
    Checklist,
    Equal,
    FromAdjustment,
    FromBudget,
    FromInputs,
    FromStaffing,
    Linked,
    LinkedKind,
    Manual,
    Mode,
    NotApplicable,
    Policy,
    Positive,
    Qualitative,
    Range,
    Reverse,
    Rule,
    RuleKind,
    Step,
    Tier,
    Violations,
)
from app.form.template import Template, linked_of, rule_of
from tests.tables import template

TEMPLATE: Final = """
format = 1
code = "short"
name = "简表"
year = "2024"
title = "简表"
subtitle = ""
total = 100
grades = [{{ name = "优", at_least = 0 }}]
{scoring}
[[tabs]]
title = "指标"
[[tabs.blocks]]
kind = "indicators"
total_label = "合计"
grade_label = "等级"
columns = [{{ field = "name", label = "", width = 1 }}, {{ field = "score", label = "", width = 1, as = "points" }}]
groups = []
indicators = [{{ key = "r1", name = "指标"{row} }}, {{ key = "r2", name = "指标二" }}]
"""
PART: Final = "文件开头的 tabs 第 1 项的 blocks 第 1 项的 indicators 第 1 项的"


def read(scoring: str = "", row: str = "") -> Template:
    return read_template(TEMPLATE.format(scoring=scoring, row=row and f", {row}"))


def sentence_of(scoring: str = "", row: str = "") -> str:
    with pytest.raises(AppError) as failure:
        read(scoring, row)
    return str(failure.value).removeprefix("表样  无法读取：")


RULES: Final[dict[str, Rule]] = {
    'kind = "target"': ByTarget(),
    'kind = "positive"': Positive(),
    'kind = "equal"': Equal(),
    'kind = "reverse"': Reverse(1),
    'kind = "reverse", form = 2': Reverse(2),
    'kind = "range", low = -1.5, high = 3': Range(Decimal("-1.5"), Decimal(3)),
    'kind = "range", low = 3, high = 3': Range(Decimal(3), Decimal(3)),
    'kind = "qualitative"': Qualitative(),
    'kind = "execution"': ByExecution(),
    'kind = "step", points = 0.5, per = 2': Step(Decimal("0.5"), Decimal(2)),
    'kind = "step", points = 0.5, per = 2, ceiling = true': Step(Decimal("0.5"), Decimal(2), is_ceiling=True),
    'kind = "bands", bands = [{ up_to = 0, points = 5 }, { up_to = 10, points = 4.5 }, { points = 0 }]': Bands(
        (Band(Decimal(0), Decimal(5)), Band(Decimal(10), Decimal("4.5")), Band(None, Decimal(0)))
    ),
    'kind = "bands", bands = [{ points = 1 }]': Bands((Band(None, Decimal(1)),)),
    'kind = "checklist", points = 2': Checklist(Decimal(2)),
    'kind = "violations", points = 0.2': Violations(Decimal("0.2")),
    'kind = "manual"': Manual(),
}


@pytest.mark.parametrize("text", RULES)
def test_a_rule_is_read(text: str) -> None:
    found = read(row=f"scoring = {{ {text} }}")
    assert rule_of(found, "r1") == RULES[text]
    assert rule_of(found, "r2") == rule_of(found, "unknown") == ByTarget()


LINKED: Final[dict[str, Linked]] = {
    'kind = "budget"': FromBudget(),
    'kind = "adjustment"': FromAdjustment(),
    'kind = "staffing"': FromStaffing(),
    'kind = "inputs", part = "在用", whole = "全部"': FromInputs("在用", "全部"),
    'kind = "inputs", part = "本年", whole = "上年", change = true': FromInputs("本年", "上年", is_change=True),
}


@pytest.mark.parametrize("text", LINKED)
def test_a_link_is_read(text: str) -> None:
    found = read(row=f"linked = {{ {text} }}")
    assert linked_of(found, "r1") == LINKED[text]
    assert linked_of(found, "r2") is None


def test_every_kind_can_be_written() -> None:
    assert {rule.kind for rule in RULES.values()} == {*RULE_READERS} == {*RuleKind}
    assert {*LINKED_READERS} == {*LinkedKind}


def test_a_template_that_does_not_speak_of_scoring_has_the_defaults() -> None:
    found = read()
    assert found.policy == Policy(Mode.SUGGEST, Decimal("1.3"), NotApplicable.NONE, ())
    assert (found.rules, found.linked) == ({}, {})
    assert read("scoring = {}").policy == Policy()


def test_a_policy_is_read() -> None:
    found = read(
        """scoring = { mode = "locked", over_fulfilment = 1.5, not_applicable = "scale", tiers = [
        { name = "好", words = ["优良", "好\\u0007"], from = 0.5, to = 1 }, { name = "差", from = 0, to = 0.5 }] }"""
    ).policy
    good = Tier("好", ("好", "优良", "好"), Decimal("0.5"), Decimal(1))
    bad = Tier("差", ("差",), Decimal(0), Decimal("0.5"))
    assert found == Policy(Mode.LOCKED, Decimal("1.5"), NotApplicable.SCALE, (good, bad))


def test_the_template_of_2024_suggests_by_its_own_tiers() -> None:
    policy = template().policy
    assert (policy.mode, policy.over_fulfilment, policy.not_applicable) == (
        Mode.SUGGEST,
        Decimal("1.3"),
        NotApplicable.NONE,
    )
    assert [(tier.name, tier.least, tier.most) for tier in policy.tiers] == [
        ("达成", Decimal("0.8"), Decimal(1)),
        ("部分达成并具有一定效果", Decimal("0.6"), Decimal("0.8")),
        ("未达成且效果较差", Decimal(0), Decimal("0.6")),
    ]
    assert dict(template().rules) == {"indicator-09": ByExecution(), "indicator-28": Reverse()}


# What is written → the sentence.
ROW_MISTAKES: Final = {
    'scoring = { kind = "postive" }': f"{PART} scoring中的“kind”不能是“postive”，是否应为“positive”",
    "scoring = {}": f"{PART} scoring中缺少“kind”",
    'scoring = "positive"': "文件开头的 tabs 第 1 项的 blocks 第 1 项的 indicators 第 1 项中的“scoring”应为一组键值",
    'scoring = { kind = "positive", low = 1 }': f"{PART} scoring中的“low”不认识",
    'scoring = { kind = "reverse", form = 3 }': f"{PART} scoring中的“form”不能是“3”",
    'scoring = { kind = "range", low = 2, high = 1 }': f"{PART} scoring中的“high”不能是“1”",
    'scoring = { kind = "range", low = 2, hihg = 1 }': f"{PART} scoring中缺少“high”，文件里写的“hihg”是否就是它",
    'scoring = { kind = "step", points = 0, per = 1 }': f"{PART} scoring中的“points”不能是“0”",
    'scoring = { kind = "step", points = 1, per = -1 }': f"{PART} scoring中的“per”不能是“-1”",
    'scoring = { kind = "step", points = 1, per = 1, ceiling = 1 }': f"{PART} scoring中的“ceiling”应为是或否（true/false）",
    'scoring = { kind = "checklist", points = "2" }': f"{PART} scoring中的“points”应为数字",
    'scoring = { kind = "violations", points = -2 }': f"{PART} scoring中的“points”不能是“-2”",
    'scoring = { kind = "bands", bands = [] }': f"{PART} scoring的档次须从低到高排列，只有最后一档不写 up_to",
    'scoring = { kind = "bands", bands = [{ points = -1 }] }': f"{PART} scoring的 bands 第 1 项中的“points”不能是“-1”",
    'linked = { kind = "staff" }': f"{PART} linked中的“kind”不能是“staff”，是否应为“staffing”",
    'linked = { kind = "budget", part = "甲" }': f"{PART} linked中的“part”不认识",
    'linked = { kind = "inputs", part = "甲" }': f"{PART} linked中缺少“whole”",
    'linked = { kind = "inputs", part = "甲", whole = "乙", change = "no" }': f"{PART} linked中的“change”应为是或否（true/false）",
}


@pytest.mark.parametrize("text", ROW_MISTAKES)
def test_a_mistake_in_a_rule_is_named(text: str) -> None:
    assert sentence_of(row=text) == ROW_MISTAKES[text]


TIER: Final = '{ name = "好", from = 0.5, to = 1 }'
POLICY_MISTAKES: Final = {
    'mode = "suggested"': "文件开头的 scoring中的“mode”不能是“suggested”，是否应为“suggest”",
    "over_fulfilment = 0": "文件开头的 scoring中的“over_fulfilment”不能是“0”",
    'not_applicable = "scaled"': "文件开头的 scoring中的“not_applicable”不能是“scaled”，是否应为“scale”",
    "tier = []": "文件开头的 scoring中的“tier”不认识，是否应为“tiers”",
    'tiers = [{ name = "好", words = [1], from = 0, to = 1 }]': "文件开头的 scoring的 tiers 第 1 项中的“words”不能是“[1]”",
    'tiers = [{ name = "好", words = [" "], from = 0, to = 1 }]': "文件开头的 scoring的 tiers 第 1 项中的“words”不能是“”",
    'tiers = [{ name = "", from = 0, to = 1 }]': "文件开头的 scoring的 tiers 第 1 项中的“name”不能是“”",
    f'tiers = [{TIER}, {{ name = "差", words = ["好"], from = 0, to = 0.5 }}]': "文件开头的 scoring的 tiers中的“好”属于两个档次",
    f'tiers = [{TIER}, {{ name = "差", from = 0, to = 0.4 }}]': "文件开头的 scoring的 tiers须从高到低首尾相接，从 1 到 0，不能有空档或重叠",
}


@pytest.mark.parametrize("text", POLICY_MISTAKES)
def test_a_mistake_in_a_policy_is_named(text: str) -> None:
    assert sentence_of(f"scoring = {{ {text} }}") == POLICY_MISTAKES[text]


shares = st.sampled_from([Decimal(each) for each in ("-0.1", "0", "0.5", "0.6", "0.8", "1", "1.1")])


@given(
    st.lists(st.tuples(shares, shares), min_size=1, max_size=3)
    | st.just([(Decimal("0.6"), Decimal(1)), (Decimal(0), Decimal("0.6"))])
)
def test_tiers_are_accepted_exactly_when_they_fall_from_1_to_0_without_gap_or_overlap(
    bounds: list[tuple[Decimal, Decimal]],
) -> None:
    fits = all(least < most for least, most in bounds) and bounds[0][1] == 1 and bounds[-1][0] == 0
    fits = fits and all(upper[0] == lower[1] for upper, lower in pairwise(bounds))
    rows = ", ".join(
        f'{{ name = "{number}", from = {least}, to = {most} }}' for number, (least, most) in enumerate(bounds)
    )
    try:
        read(f"scoring = {{ tiers = [{rows}] }}")
    except AppError:
        assert not fits
    else:
        assert fits


@given(st.lists(st.none() | st.integers(-3, 3), max_size=4) | st.just([0, 10, None]))
def test_bands_are_accepted_exactly_when_they_rise_and_only_the_last_is_open(ends: list[int | None]) -> None:
    closed = [end for end in ends if end is not None]
    fits = bool(ends) and ends == [*closed, None] and closed == sorted({*closed})
    bands = ", ".join("{ points = 1 }" if end is None else f"{{ up_to = {end}, points = 1 }}" for end in ends)
    try:
        read(row=f'scoring = {{ kind = "bands", bands = [{bands}] }}')
    except AppError:
        assert not fits
    else:
        assert fits
