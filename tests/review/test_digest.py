"""The digest changes with everything that is typed, and with nothing else."""

import unicodedata
from dataclasses import replace
from hashlib import sha256

from hypothesis import assume, given
from hypothesis import strategies as st

from app.form.change import Change, MoveRow, SetValue, apply_change, apply_patch
from app.form.form import Form, rows_of, with_rows
from app.form.rows import (
    LATER,
    TABLES,
    BudgetLine,
    CellValue,
    Cover,
    Evidence,
    Explanation,
    Group,
    Indicator,
    Place,
    Row,
    TextItem,
)
from app.review.digest import ALPHABET, VERSION, canonical, digest, short_code
from tests.strategies import forms, set_values
from tests.tables import real_form, template


def spelled(value: CellValue) -> CellValue:
    return value if isinstance(value, bool) else unicodedata.normalize("NFC", value)


@st.composite
def forms_and_cells(draw: st.DrawFn) -> tuple[Form, SetValue]:
    form = draw(forms())
    return form, draw(set_values(form))


@given(forms_and_cells())
def test_any_other_text_in_any_cell_changes_it(pair: tuple[Form, SetValue]) -> None:
    form, patch = pair
    changed = apply_patch(form, patch)
    assert (digest(changed) != digest(form)) is (spelled(patch.old) != spelled(patch.new))


@given(forms(), st.sampled_from(TABLES), st.data())
def test_a_row_more_or_less_changes_it(form: Form, table: str, data: st.DataObject) -> None:
    name = next(each for each in TABLES if each == table)
    rows = rows_of(form, name)
    assume(rows)
    gone = data.draw(st.integers(0, len(rows) - 1))
    fewer = with_rows(form, name, (*rows[:gone], *rows[gone + 1 :]))
    assert digest(fewer) != digest(form)


def test_the_order_of_rows_changes_it() -> None:
    form = real_form()
    moved = apply_patch(form, MoveRow("duties", form.duties[0].key, 0, 1))
    assert digest(moved) != digest(form)


@given(forms())
def test_row_keys_are_no_part_of_it(form: Form) -> None:
    assert digest(renamed(form)) == digest(form)


def renamed(form: Form) -> Form:
    """The same form under other row keys."""
    for table in TABLES:
        form = with_rows(form, table, tuple(_renamed(row) for row in rows_of(form, table)))
    return form


def _renamed(row: Row) -> Row:
    match row:
        case Explanation():
            return row
        case BudgetLine() | Group():
            return replace(row, key=f"other {row.key}", part_of=row.part_of and f"other {row.part_of}")
        case Indicator():
            return replace(row, key=f"other {row.key}", group=row.group and f"other {row.group}")
        case Evidence():
            return replace(row, key=f"other {row.key}", indicator=row.indicator and f"other {row.indicator}")
        case TextItem():
            return replace(row, key=f"other {row.key}")


def test_an_explanation_belongs_to_the_row_not_to_its_key() -> None:
    form = Form(template(), duties=(TextItem("a:b", "甲"),), explanations=(Explanation("C44:duties:a:b:text", "已核"),))
    other = Form(template(), duties=(TextItem("x", "甲"),), explanations=(Explanation("C44:duties:x:text", "已核"),))
    elsewhere = replace(other, explanations=(Explanation("C44:duties:y:text", "已核"),))
    assert digest(form) == digest(other) != digest(elsewhere)


def test_line_ends_and_composed_letters_are_spelled_one_way() -> None:
    one = Form(template(), cover=Cover("é局\n二"))
    other = Form(template(), cover=Cover("e\u0301局\r\n二"))
    assert digest(one) == digest(other)


def test_another_template_text_changes_it() -> None:
    other = replace(template(), source=template().source + "\n")
    assert digest(Form(other)) != digest(Form(template()))


def test_what_is_hashed_is_as_documented() -> None:
    form = Form(template(), cover=Cover("甲", "2024"), groups=(Group("g", "决策(6)"), Group("h", "二", "g")))
    source = sha256(template().source.encode()).hexdigest()
    assert canonical(form) == (
        f'["jixiao-digest",1,["rugao-2024","{source}"],'
        '[["cover",[["unit","\\u7532"],["year","2024"]]],'
        '["staffing",[["text",""],["departments",""],["authorised",""],["actual",""],["contract",""],["retired",""]]],'
        '["stated",[["weight_total",""],["score_total",""],["grade",""]]],'
        '["duties",[]],["budget",[]],'
        '["groups",[[["label","\\u51b3\\u7b56(6)"],["part_of",-1]],[["label","\\u4e8c"],["part_of",0]]]],'
        '["indicators",[]],["achievements",[]],["problems",[]],["measures",[]],["explanations",[]]]]'
    )
    assert digest(form) == sha256(canonical(form).encode()).hexdigest()


def test_the_codes_that_are_printed_stay_as_they_are() -> None:
    """Every final version there is was printed with its code: no newer program may give another one."""
    code = digest(real_form())
    assert code == "5766bf8fc927887b16d27bc474cc0b89461916ed066c33aa4ba99f545361125d"
    assert short_code(code) == "AXKB-Z3Y9-4Y47-P5PJ"


def test_a_table_that_came_later_counts_from_its_first_row_on() -> None:
    form = Form(template(), indicators=(Indicator("a"), Indicator("b")))
    filed = replace(form, evidence=(Evidence("e", "b", "批复.pdf", "盖章件", "ab" * 32, "12"),))
    assert max(LATER.values()) == VERSION
    assert "evidence" not in canonical(form)
    assert canonical(filed).startswith('["jixiao-digest",2,')
    assert canonical(filed).endswith(
        '["evidence",[[["indicator",1],["name","\\u6279\\u590d.pdf"],["note","\\u76d6\\u7ae0\\u4ef6"],'
        f'["sha256","{"ab" * 32}"],["size","12"]]]]]]'
    )
    other = Place("evidence", "e", "sha256")
    assert digest(apply_patch(filed, SetValue(other, "ab" * 32, "cd" * 32))) != digest(filed) != digest(form)


def test_the_code_is_the_first_eighty_bits() -> None:
    assert short_code("0" * 64) == "0000-0000-0000-0000"
    assert short_code("f" * 20 + "0" * 44) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert short_code("0" * 19 + "1" + "f" * 44) == "0000-0000-0000-0001"
    number = int.from_bytes(bytes(range(10)))
    assert short_code(bytes(range(32)).hex()).replace("-", "") == "".join(
        ALPHABET[number // 32**place % 32] for place in range(15, -1, -1)
    )


def test_undo_brings_the_digest_back() -> None:
    form = real_form()
    place = Place("cover", "", "year")
    there = apply_change(form, Change("改", (SetValue(place, "2024", "2023"),)))
    back = apply_change(there, Change("改", (SetValue(place, "2023", "2024"),)))
    assert digest(there) != digest(form) == digest(back)
