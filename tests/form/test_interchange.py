"""The interchange format: written whole, read strictly; whatever is no form is refused in one plain sentence."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.interchange import (
    FORMAT,
    MOST_BYTES,
    MOST_OF_SOURCE,
    SOURCE,
    VERSION,
    load_form,
    read_form,
    write_form,
)
from app.form.reading.loader import read_template
from app.form.reading.strict import Misfit
from app.form.resources import resource
from app.form.rows import BudgetLine, Cover, Evidence, TextItem
from tests.strategies import forms
from tests.tables import form_of, real_form, template

BARE = {"format": FORMAT, "version": 1, "template": "rugao-2024"}
CHAIN = [{"key": f"b{number}", "part_of": f"b{number - 1}" if number else ""} for number in range(10)]


def file_of(**parts: object) -> str:
    return json.dumps(BARE | parts, ensure_ascii=False)


# What is in the file → why it is no form.
REFUSED = {
    "another format": ('{"format": "docx"}', "不是本程序的自评价表文件"),
    "no format": ("{}", "不是本程序的自评价表文件"),
    "a list": ("[]", "文件开头应为一组键值"),
    "a number": ("5", "文件开头应为一组键值"),
    "nothing": ("", "第 1 行不是正确的 JSON"),
    "no JSON": ('{\n"format": jixiao}', "第 2 行不是正确的 JSON"),
    "nothing after a comma": ('{"format": "jixiao-form",}', "第 1 行不是正确的 JSON"),
    "too deep": ("[" * 100_000, "内容嵌套过深，不是自评价表"),
    "a number too long to read": ("9" * 5000, "不是本程序的自评价表文件"),
    "a newer version": (
        file_of(version=4),
        "文件格式为第 4 版，本程序只能读到第 3 版，请升级程序",
    ),
    "a much newer version": (
        file_of(version=int("9" * 30)),
        "文件格式为第 999999999999… 版，本程序只能读到第 3 版，请升级程序",
    ),
    "a version that never was": (file_of(version=0), "文件开头中的“version”不能是“0”"),
    "a version in words": (file_of(version="1"), "文件开头中的“version”应为整数"),
    "a version that is yes": (file_of(version=True), "文件开头中的“version”应为整数"),
    "no version": (json.dumps({"format": FORMAT}), "文件开头中缺少“version”"),
    "no template": (json.dumps({"format": FORMAT, "version": 1}), "文件开头中缺少“template”"),
    "no template but null": (file_of(template=None), "文件开头中缺少“template”"),
    "an unknown part": (file_of(cvoer={}), "文件开头中的“cvoer”不认识，是否应为“cover”"),
    "an unknown field": (file_of(cover={"uint": ""}), "文件开头的 cover中的“uint”不认识，是否应为“unit”"),
    "a record that is a text": (file_of(cover="单位"), "文件开头中的“cover”应为一组键值"),
    "a record that is null": (file_of(cover=None), "文件开头中缺少“cover”"),
    "a table that is a record": (file_of(duties={}), "文件开头中的“duties”应为列表"),
    "a row that is a text": (file_of(duties=[{"key": "1"}, "职能"]), "文件开头的 duties 第 2 项应为一组键值"),
    "a number for a text": (
        file_of(indicators=[{"key": "1", "weight": 5}]),
        "文件开头的 indicators 第 1 项中的“weight”应为文字",
    ),
    "a text for yes": (
        file_of(indicators=[{"key": "1", "applies": "true"}]),
        "文件开头的 indicators 第 1 项中的“applies”应为是或否（true/false）",
    ),
    "no number": (
        '{"format": "jixiao-form", "version": NaN}',
        "文件开头中的“version”应为整数",
    ),
    "no number as text": (
        file_of(indicators=[{"key": "1", "score": float("inf")}]),
        "文件开头的 indicators 第 1 项中的“score”应为文字",
    ),
    "remarks that are no texts": (file_of(remarks=["说明", 5]), "文件开头中的“remarks”应为文字"),
    "a remark that is no list": (file_of(remarks="说明"), "文件开头中的“remarks”应为列表"),
    "no key": (file_of(duties=[{"text": "职能"}]), "文件开头的 duties 第 1 项中缺少“key”"),
    "an empty key": (file_of(duties=[{"key": ""}]), "duties中有一行没有标识（key）"),
    "a key that cannot be stored": (file_of(groups=[{"key": "\ud800"}]), "groups中有一行没有标识（key）"),
    "a key twice": (file_of(duties=[{"key": "1"}, {"key": "1"}]), "duties中的“1”出现了两次"),
    "a key twice after cleaning": (file_of(duties=[{"key": "1"}, {"key": "1\0"}]), "duties中的“1”出现了两次"),
    "a name twice": ('{"format": "jixiao-form", "cover": {"unit": "甲", "unit": "乙"}}', "文件中的“unit”出现了两次"),
    "a part of nothing": (
        file_of(budget=[{"key": "total"}, {"key": "1", "part_of": "totl"}]),
        "budget中有一行所属的“totl”不存在，是否应为“total”",
    ),
    "a group of nothing": (file_of(groups=[{"key": "1", "part_of": "zzz"}]), "groups中有一行所属的“zzz”不存在"),
    "an indicator of nothing": (
        file_of(groups=[{"key": "1"}], indicators=[{"key": "1", "group": "2"}]),
        "indicators中有一行所属的“2”不存在",
    ),
    "an indicator of an indicator": (
        file_of(indicators=[{"key": "row"}, {"key": "1", "group": "row"}]),
        "indicators中有一行所属的“row”不存在",
    ),
    "a part of itself": (file_of(budget=[{"key": "1", "part_of": "1"}]), "budget中的“1”归根到底又属于它自己"),
    "parts of each other": (
        file_of(groups=[{"key": "1", "part_of": "2"}, {"key": "2", "part_of": "1"}]),
        "groups中的“1”归根到底又属于它自己",
    ),
    "more levels than the paper has": (
        file_of(groups=[{"key": "1"}, {"key": "2", "part_of": "1"}, {"key": "3", "part_of": "2"}]),
        "groups中的“3”层级过深，最多 2 级",
    ),
    "evidence of nothing": (
        file_of(indicators=[{"key": "row"}], evidence=[{"key": "1", "indicator": "rwo", "sha256": "ab" * 32, "size": "1"}]),
        "evidence中有一行所属的“rwo”不存在",
    ),
    "evidence without what is in it": (
        file_of(evidence=[{"key": "1", "name": "批复.pdf", "size": "1"}]),
        "文件开头的 evidence 第 1 项中的“sha256”不能是“”",
    ),
    "evidence under a path": (
        file_of(evidence=[{"key": "1", "sha256": "../" * 20 + "abcd", "size": "1"}]),
        "文件开头的 evidence 第 1 项中的“sha256”不能是“../../../../../../../../../../../../../.…”",
    ),
    "evidence of no size": (
        file_of(evidence=[{"key": "1", "sha256": "ab" * 32, "size": "-1"}]),
        "文件开头的 evidence 第 1 项中的“size”不能是“-1”",
    ),
    "a budget without end": (file_of(budget=CHAIN), "budget中的“b9”层级过深，最多 9 级"),
}  # fmt: skip


def reason(text: str) -> str:
    with pytest.raises(Misfit) as misfit:
        read_form(text)
    return str(misfit.value)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_form_is_refused_with_the_reason(name: str) -> None:
    text, because = REFUSED[name]
    assert reason(text) == because


def test_a_form_of_another_template_is_refused() -> None:
    with pytest.raises(AppError, match=r"^没有名为“atlantis-1999”的表样，请升级程序或向财政部门索取该表样$"):
        read_form(file_of(template="atlantis-1999"))
    with pytest.raises(AppError) as failure:
        read_form(file_of(template="\ud800" + "长" * 100))
    assert len(str(failure.value)) < 80
    assert str(failure.value).encode("utf-8")


def test_the_least_file_is_an_empty_form() -> None:
    assert read_form(file_of()) == Form(template())
    assert read_form(file_of(budget=CHAIN[:9])).budget[8] == BudgetLine("b8", part_of="b7")


def test_a_file_of_the_first_version_is_read_and_written_as_it_was() -> None:
    text = resource("samples", "rugao-2024.json").read_text(encoding="utf-8")
    assert '"version": 1' in text
    written = json.loads(write_form(read_form(text)))
    assert {**written, "remarks": json.loads(text)["remarks"]} == {**json.loads(text), "explanations": []}


def test_a_file_with_evidence_says_that_an_older_program_cannot_read_it() -> None:
    form = replace(form_of(), evidence=(Evidence("e", "", "批复.pdf", "盖章件", "ab" * 32, "12"),))
    written = write_form(form)
    assert json.loads(written)["version"] == 2
    assert read_form(written) == form


def test_a_template_that_no_program_brings_along_is_in_the_file() -> None:
    source = template().source.replace('code = "rugao-2024"', 'code = "own-2023"', 1)
    form = replace(form_of(), template=read_template(source))
    document = json.loads(write_form(form, is_alone=True))
    assert (document["version"], document["template"], document[SOURCE]) == (VERSION, "own-2023", source)
    assert read_form(json.dumps(document)) == form
    assert SOURCE not in json.loads(write_form(form))  # who keeps the template beside it
    assert SOURCE not in json.loads(write_form(form_of(), is_alone=True))
    with pytest.raises(Misfit, match="“template”不能是“other”"):
        read_form(json.dumps(document | {"template": "other"}))
    with pytest.raises(Misfit, match="“template_source”不能是"):
        read_form(json.dumps(document | {SOURCE: source + "#" * MOST_OF_SOURCE}))
    with pytest.raises(AppError, match=r"^表样 own-2023 无法读取："):
        read_form(json.dumps(document | {SOURCE: "format = "}))


def test_texts_are_sanitised_at_this_edge_too() -> None:
    form = read_form(file_of(cover={"unit": "\ufeff单\x07位\ud800"}, duties=[{"key": "k", "text": "一\r\n二"}]))
    assert form == Form(template(), Cover("单位"), duties=(TextItem("k", "一\n二"),))


def test_remarks_are_about_the_file_and_no_part_of_the_form() -> None:
    text = write_form(real_form(), ("说明",))
    assert json.loads(text)["remarks"] == ["说明"]
    assert read_form(text) == real_form()


def test_the_sample_is_written_as_it_is_kept() -> None:
    """What `write_form` says today is what the documented format says."""
    kept = resource("samples", "rugao-2024.json").read_text(encoding="utf-8")
    remarks = tuple(json.loads(kept)["remarks"])
    assert filled(write_form(real_form(), remarks)) == json.loads(kept)


def test_fields_without_a_value_are_left_out() -> None:
    form = form_of("过程(1) | 执行(1) | 执行率 | 100% | 1 | | | 不适用")
    assert filled(write_form(form)) == BARE | {
        "cover": {"unit": "测试单位", "year": "2024"},
        "groups": [{"key": "g1", "label": "过程(1)"}, {"key": "g2", "label": "执行(1)", "part_of": "g1"}],
        "indicators": [
            {"key": "r1", "group": "g2", "name": "执行率", "target": "100%", "weight": "1", "applies": False}
        ],
    }


def filled(text: str) -> dict[str, object]:
    """The parts of a file that say something."""
    return {name: part for name, part in json.loads(text).items() if part not in ([], {})}


@given(forms())
def test_what_is_written_is_read_back_equal(form: Form) -> None:
    assert read_form(write_form(form)) == form
    assert write_form(form).encode("utf-8")


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["key", "total"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def damaged_files(draw: st.DrawFn) -> str:
    """A small form's file with one part, row or cell replaced by any JSON value, or left out."""
    document: Any = json.loads(write_form(form_of("过程(1) | 执行(1) | 率 | 1 | 1 | 1 | 1", "资金总额 | 1 | 1")))
    part = document
    key = draw(st.sampled_from([*part]))
    while isinstance(part[key], dict | list) and part[key] and draw(st.booleans()):
        part = part[key]
        key = draw(st.sampled_from([*part] if isinstance(part, dict) else [*range(len(part))]))
    if draw(st.booleans()):
        part[key] = draw(JSON_VALUES)
    else:
        del part[key]
    return json.dumps(document)


@given(damaged_files() | JSON_VALUES.map(json.dumps) | st.text(st.characters()))
def test_any_text_is_a_form_or_refused_in_words(text: str) -> None:
    try:
        form = read_form(text)
    except (Misfit, AppError) as refusal:
        sentence = str(refusal)
    else:
        assert read_form(write_form(form)) == form
        return
    assert sentence.encode("utf-8")
    assert "\n" not in sentence
    assert len(sentence) < 200


def make_folder(path: Path) -> None:
    path.mkdir()


def make_other_encoding(path: Path) -> None:
    path.write_bytes(write_form(real_form()).encode("gb18030"))


def make_wide(path: Path) -> None:
    path.write_bytes(write_form(real_form()).encode("utf-16"))


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)


def make_empty(path: Path) -> None:
    path.touch()


def make_nothing(path: Path) -> None:
    assert not path.exists()


def make_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_nothing, "找不到文件 自评表.json，请检查文件名和所在文件夹"),
        (make_folder, "无法读取文件 自评表.json：这是一个文件夹，请选择其中的文件"),
        (make_other_encoding, "无法读取文件 自评表.json：不是 UTF-8 编码的文本文件"),
        (make_wide, "无法读取文件 自评表.json：不是 UTF-8 编码的文本文件"),
        (make_huge, "无法读取文件 自评表.json：文件大于 20 MB，不是自评价表"),
        (make_empty, "无法读取文件 自评表.json：第 1 行不是正确的 JSON"),
        (make_loop, "无法读取文件 自评表.json：没有读取权限，或文件正被占用"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "自评表.json"
    make(path)
    with pytest.raises(AppError) as failure:
        load_form(path)
    assert str(failure.value) == sentence


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "自评表.json"
    path.write_text(write_form(real_form()), encoding="utf-8-sig")
    assert load_form(path) == real_form()


def test_a_file_of_just_the_most_bytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "自评表.json"
    content = write_form(real_form()).encode()
    path.write_bytes(content + b" " * (MOST_BYTES - len(content)))
    assert load_form(path) == real_form()


def test_the_copy_of_a_form_is_not_the_form() -> None:
    """A control: the comparisons above can fail."""
    assert replace(real_form(), cover=Cover("另一单位", "2024")) != real_form()


def test_a_stored_form_is_read_with_its_own_copy_of_the_template() -> None:
    form = real_form()
    own = read_template(form.template.source.replace("（{year} 年）", "{year} 年度"), "own")
    text = write_form(replace(form, template=own))
    assert read_form(text, own).template == own
    assert read_form(text).template != own
    with pytest.raises(Misfit):
        read_form(text.replace('"rugao-2024"', '"atlantis-1999"'), own)
