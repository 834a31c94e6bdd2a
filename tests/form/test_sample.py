"""The bundled form of 2024 is the published one, whole and uncorrected; its template has the same rows."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from app.form.form import Form
from app.form.quantity import interpret
from app.form.reading.loader import blank_form, bundled_codes, load_template
from app.form.rows import Indicator
from app.form.template import RowKind, row_kind
from app.form.vocabulary import NARROW
from app.scoring.assessment import label_weight
from tests.tables import golden, real_form, template


def show(form: Form) -> Iterator[str]:
    """The form as text in the order of the paper, with what it states itself as totals."""
    duties, staffing, budget, table, achievements, problems, measures = form.template.blocks[1:]
    yield from (form.template.title, form.template.subtitle.replace("{year}", form.cover.year))
    yield f"{form.template.blocks[0].label} | {form.cover.unit}"
    yield duties.label
    yield from (f"（{number}）{item.text}" for number, item in enumerate(form.duties, 1))
    yield from (staffing.label, form.staffing.text, budget.label)
    yield from show_budget(form)
    yield from show_indicators(form)
    assert table is form.template.indicator_table
    yield achievements.label
    yield from (f"{number}.{item.text}" for number, item in enumerate(form.achievements, 1))
    yield from (problems.label, *(item.text for item in form.problems))
    yield from (measures.label, *(item.text for item in form.measures))


def show_budget(form: Form) -> Iterator[str]:
    block = form.template.budget_table
    assert block
    yield " | ".join(column.label for column in (block.name, *block.columns))
    first_part = next(line for line in form.budget if line.part_of == "project")
    for line in form.budget:
        yield f"{block.item_prefix * (line is first_part)}{line.label} | {line.annual} | {line.spent}"


def show_indicators(form: Form) -> Iterator[str]:
    table = form.template.indicator_table
    groups = {group.key: group for group in form.groups}
    yield " | ".join(column.label for column in table.columns)
    for row in form.indicators:
        level2 = groups[row.group]
        labels = (groups[level2.part_of].label, level2.label)
        yield " | ".join((*labels, row.name, row.target, row.weight, row.rule, row.actual, row.score)).rstrip()
    yield f"{table.total_label} | {form.stated.weight_total} | {form.stated.score_total}"
    yield f"{table.grade_label} | {form.stated.grade}"


def test_every_text_and_figure_of_the_published_form_is_there() -> None:
    assert list(show(real_form())) == golden("rugao-2024.txt").splitlines()


def test_no_character_of_the_published_form_is_lost_or_added() -> None:
    """Against the characters of the publication itself, white space and the repeated heading left out."""
    printed = "".join(golden("rugao-2024-characters.txt").split())
    shown = "".join("".join(show(real_form())).replace("|", "").split())
    level_cells = [(0, 6), (1, 25), (2, 6), (3, 3), (4, 1)]
    repeated = Counter[str]()
    for number, rows in level_cells:
        level1 = [group for group in real_form().groups if not group.part_of][number]
        repeated += Counter(level1.label * (rows - 1))
    for group in real_form().groups:
        rows = sum(row.group == group.key for row in real_form().indicators)
        repeated += Counter(group.label * (rows - 1))
    assert Counter(shown) - repeated == Counter(printed)


@pytest.mark.parametrize("section", ["duties", "achievements", "problems", "measures"])
def test_the_narratives_stand_in_the_publication_word_for_word(section: str) -> None:
    printed = "".join(golden("rugao-2024-characters.txt").split())
    position = 0
    for item in getattr(real_form(), section):
        found = printed.find("".join(item.text.split()), position)
        assert found >= position
        position = found + 1
    assert "".join(real_form().staffing.text.split()) in printed


def test_the_tree_has_5_and_14_groups_and_41_rows_of_which_39_are_scored() -> None:
    form = real_form()
    level1 = [group.key for group in form.groups if not group.part_of]
    assert len(level1) == 5
    assert len([group for group in form.groups if group.part_of in level1]) == 14
    assert len(form.groups) == 19
    assert len(form.indicators) == 41
    assert [row.name for row in form.indicators if not row.applies] == ["非税收入预算完成率", "非税收入管理合规性"]
    assert all(bool(row.score) == bool(row.weight) == row.applies for row in form.indicators)


def test_the_staffing_figures_are_those_of_the_paragraph() -> None:
    staffing = real_form().staffing
    figures = (staffing.departments, staffing.authorised, staffing.actual, staffing.contract, staffing.retired)
    assert figures == ("6", "24", "21", "24", "8")
    assert [word for word in staffing.text.replace("个", " ").replace("名", " ").split() if word.isdecimal()] == list(
        figures
    )


def test_the_form_states_what_it_printed() -> None:
    stated = real_form().stated
    assert (stated.weight_total, stated.score_total, stated.grade) == ("100", "99.5", "优")


def narrow(label: str) -> str:
    return label.translate(NARROW)


def test_template_and_sample_have_the_same_rows() -> None:
    """The published form writes two brackets in full width; otherwise every name is the template's, letter for letter."""
    form, blank = real_form(), blank_form(template())
    assert [(group.key, narrow(group.label), group.part_of) for group in form.groups] == [
        (group.key, narrow(group.label), group.part_of) for group in blank.groups
    ]
    given = [(row.key, row.group, row.name, row.target, row.weight, row.applies) for row in form.indicators]
    assert [(row.key, row.group, row.name, row.target, row.weight, row.applies) for row in blank.indicators] == given
    lines = [(line.key, line.label, line.part_of) for line in form.budget]
    assert [(line.key, line.label, line.part_of) for line in blank.budget] == lines[:3]
    assert {part_of for _, _, part_of in lines[3:]} == {"project"}


def test_a_blank_form_has_nothing_but_the_templates_rows() -> None:
    blank = blank_form(template())
    assert blank.cover.year == "2024"
    assert {(row.rule, row.actual, row.score, row.reason, row.note) for row in blank.indicators} == {("",) * 5}
    assert {(line.initial, line.annual, line.spent) for line in blank.budget} == {("",) * 3}
    assert blank.duties == blank.achievements == blank.problems == blank.measures == ()
    named = blank_form(template(), "测试单位", "2025")
    assert (named.cover.unit, named.cover.year) == ("测试单位", "2025")


def weights_below(key: str) -> int:
    rows = sum(int(row.weight or 0) for row in blank_form(template()).indicators if row.group == key)
    return rows + sum(weights_below(group.key) for group in template().indicator_table.groups if group.part_of == key)


def test_every_level_label_states_the_sum_of_its_rows() -> None:
    """All of them agree; together they make 102 and not the total of 100: the bureau's slip, kept."""
    groups = template().indicator_table.groups
    assert [label_weight(group.label) for group in groups] == [Decimal(weights_below(group.key)) for group in groups]
    assert [weights_below(group.key) for group in groups if not group.part_of] == [6, 26, 30, 30, 10]
    assert weights_below("") == 102
    assert template().total == 100


def kinds() -> dict[RowKind, list[Indicator]]:
    rows = template().indicator_table.indicators
    return {kind: [row for row in rows if row_kind(template(), row.key) is kind] for kind in RowKind}


def test_the_units_own_rows_are_free_and_those_about_revenue_optional() -> None:
    found = kinds()
    assert [row.key for row in found[RowKind.FREE]] == [f"indicator-{number}" for number in range(32, 41)]
    assert [row.key for row in found[RowKind.OPTIONAL]] == ["indicator-14", "indicator-20"]
    assert len(found[RowKind.FIXED]) == 30
    assert row_kind(template(), "a row of the unit's own") is RowKind.FREE


def test_amounts_are_kept_as_printed() -> None:
    """155 万元 is not made 155.00."""
    printed = [line.annual for line in real_form().budget]
    assert printed[6] == "155 万元"
    assert all(type(interpret(text)).__name__ == "Number" for text in printed)


def test_every_bundled_template_is_read_and_called_as_its_file() -> None:
    assert "rugao-2024" in bundled_codes()
    assert [load_template(code).code for code in bundled_codes()] == [*bundled_codes()]
