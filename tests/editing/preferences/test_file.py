"""Settings and their file: what is written comes back, what can't be used is said and its default taken, nothing is lost."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.preferences import captions
from app.editing.preferences.comparing import compare_preferences, take_fields
from app.editing.preferences.fields import (
    FIELDS,
    Book,
    Endings,
    Field,
    Folder,
    Line,
    Number,
    Option,
    Passage,
    Unfit,
    Value,
    read_book,
)
from app.editing.preferences.keeping import (
    FILE_NAME,
    MOST_BYTES,
    Found,
    export_preferences,
    find_preferences,
    import_preferences,
    store_preferences,
)
from app.editing.preferences.preferences import Address, Copies, Display, Margins, Post, Preferences, Profile, Scheme
from app.editing.preferences.reading import read_preferences, with_value
from app.editing.preferences.writing import write_preferences
from app.form.failure import AppError
from app.form.text import sanitise

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
OURS = Preferences(
    Profile("如皋市甲局", "101001", "王会计", "0513-1234", "李局长", "赵科长"),
    Post(
        (Address("财政局", "jx@b.cn", is_usual=True), Address("", "c@d.cn")),
        "",
        "{单位}",
        '一"二"""\\n\n三\n',
        (".pdf",),
    ),
    Margins(left=Decimal("25.5")),
    Copies(Decimal(60), r"D:\备份"),
    Display(Scheme.DARK, Decimal(12)),
)


def values(field: Field) -> st.SearchStrategy[Value]:
    lines = st.text(max_size=30).map(lambda text: sanitise(text, is_multiline=False).text.strip())
    match field.kind:
        case Number(least, most, places):
            return st.decimals(least, most, places=places)
        case Option(words):
            return st.sampled_from(tuple(words))
        case Passage():
            return st.text(max_size=60).map(lambda text: sanitise(text).text)
        case Folder():
            return st.just("") | lines.map(lambda text: f"/{text}".strip())
        case Endings():
            return st.sets(st.sampled_from(tuple(captions.ENDINGS))).map(
                lambda ends: tuple(each for each in captions.ENDINGS if each in ends)
            )
        case Book():
            rows = st.tuples(lines, st.from_regex("[a-z0-9]{1,8}@[a-z]{1,5}[.]cn", fullmatch=True), st.booleans())
            return st.lists(rows.map(lambda row: Address(*row)), max_size=4, unique_by=lambda each: each.mailbox).map(
                tuple
            )
        case Line():
            return lines


def any_preferences() -> st.SearchStrategy[Preferences]:
    def build(chosen: tuple[Value, ...]) -> Preferences:
        preferences = Preferences()
        for field, value in zip(FIELDS, chosen, strict=True):
            preferences = with_value(preferences, field, value)
        return preferences

    return st.tuples(*map(values, FIELDS)).map(build)


@given(any_preferences())
def test_what_is_written_comes_back(preferences: Preferences) -> None:
    loaded = read_preferences(write_preferences(preferences))
    assert loaded.complaints == ()
    assert loaded.preferences == preferences


@given(st.text() | st.recursive(st.text(max_size=5), lambda inner: inner.map(lambda text: f"[{text}]\nunit = {text}")))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert isinstance(read_preferences(text).preferences, Preferences)


def test_the_file_can_be_read_by_a_human() -> None:
    lines = write_preferences(OURS).splitlines()
    assert lines[:2] == [f"# {captions.FILE_HEAD}", "format = 1"]
    at = lines.index("# 左边距（毫米）")
    assert lines[at + 1] == "left = 25.5"
    assert '    { name = "财政局", mailbox = "jx@b.cn", usual = true },' in lines


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[margins]\ntop = 3", "打印·上边距：应在 8 到 50 之间，改用默认的“20 毫米”"),
        ("[margins]\ntop = 20.25", "打印·上边距：最多一位小数，改用默认的“20 毫米”"),
        ("[margins]\ntop = 1e999999999", "打印·上边距：请填写数字，例如 8，改用默认的“20 毫米”"),
        ("[margins]\ntop = true", "打印·上边距：写法不对，改用默认的“20 毫米”"),
        ("[margins]\ntop = nan", "打印·上边距：写法不对，改用默认的“20 毫米”"),
        ('[margins]\ntop = "20"', "打印·上边距：写法不对，改用默认的“20 毫米”"),
        ("[copies]\ninterval = 30.5", "备份·备份间隔：请填写整数，改用默认的“30 分钟”"),
        ('[copies]\nfolder = "备份"', "备份·第二份备份：请填写完整的文件夹路径，或点“选择”，改用默认的“（空）”"),
        ('[display]\nscheme = "pink"', "显示和启动·明暗：没有“pink”这一项，改用默认的“跟随系统”"),
        ("[profile]\nunit = 1", "单位·单位名称：写法不对，改用默认的“（空）”"),
        (f'[profile]\ncode = "{"1" * 31}"', "单位·单位编码：太长：最多 30 个字，现有 31 个，改用默认的“（空）”"),
        ('[post]\nattached = [".exe"]', "邮件·附件格式：没有“.exe”这种附件，改用默认的“Excel、PDF”"),
        ("[post]\nattached = [1]", "邮件·附件格式：写法不对，改用默认的“Excel、PDF”"),
        ("[post]\naddresses = 1", "邮件·收件人：写法不对，改用默认的“（空）”"),
        ('[post]\naddresses = ["a@b.cn"]', "邮件·收件人：写法不对，改用默认的“（空）”"),
        (
            '[post]\naddresses = [{ name = "局", mailbox = "无", usual = true }]',
            "邮件·收件人：第 1 行：“无”不是邮箱地址，改用默认的“（空）”",
        ),
        (
            '[post]\naddresses = [{ name = "局", mailbox = "a@b.cn", usual = 1 }]',
            "邮件·收件人：写法不对，改用默认的“（空）”",
        ),
        ("[profile]\nuint = 1", "不认识的设置“profile.uint”，没有使用"),
        ("profile = 1", "不认识的设置“profile”，没有使用"),
        ("[colours]\n", "不认识的设置“colours”，没有使用"),
    ],
)
def test_what_cannot_be_used_is_said(text: str, complaint: str) -> None:
    loaded = read_preferences(f"{text}\n")
    assert loaded.complaints == (complaint,)
    assert loaded.preferences == Preferences()


def test_what_can_be_used_counts_beside_what_cannot() -> None:
    loaded = read_preferences('[margins]\ntop = 3\nleft = 30\n[profile]\nhead = "李"\n[old]\n')
    assert loaded.preferences == Preferences(Profile(head="李"), margins=Margins(left=Decimal(30)))
    assert len(loaded.complaints) == 2


def test_a_file_that_is_none_gives_the_defaults() -> None:
    loaded = read_preferences("= =")
    assert loaded.preferences == Preferences()
    assert loaded.complaints[0].startswith("设置文件损坏（")


def test_settings_are_found_again(tmp_path: Path) -> None:
    assert find_preferences(tmp_path, AT) == Found(Preferences(), is_stored=False)
    store_preferences(tmp_path, OURS)
    assert find_preferences(tmp_path, AT) == Found(OURS)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
def test_nobody_else_reads_the_settings(tmp_path: Path) -> None:
    store_preferences(tmp_path, OURS)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_file_with_faults_is_said_once_and_kept_aside(tmp_path: Path) -> None:
    text = '[profile]\nunit = "甲局"\n[margins]\ntop = 3\n'
    for number in (1, 2):
        (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
        found = find_preferences(tmp_path, AT)
        aside = tmp_path / f"settings-20260301-{number}.toml"
        assert found.preferences.profile.unit == "甲局"
        assert "上边距：应在 8 到 50 之间" in found.remark
        assert str(aside) in found.remark
        assert aside.read_text(encoding="utf-8") == text
        assert find_preferences(tmp_path, AT) == Found(found.preferences)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"=", b"#" * (MOST_BYTES + 1)])
def test_a_broken_file_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    found = find_preferences(tmp_path, AT)
    assert found.preferences == Preferences()
    assert found.remark
    assert (tmp_path / "settings-20260301-1.toml").read_bytes() == content


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    found = find_preferences(tmp_path, AT)
    assert found.preferences == Preferences()
    assert "这次使用默认设置" in found.remark
    assert (tmp_path / FILE_NAME).is_dir()


def test_a_folder_that_takes_nothing_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE_NAME).write_text("colour = 1", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    found = find_preferences(tmp_path, AT)
    assert "原文件没有改动" in found.remark
    assert (tmp_path / FILE_NAME).exists()


def test_settings_go_to_another_computer(tmp_path: Path) -> None:
    path = tmp_path / "设置.toml"
    export_preferences(path, OURS)
    assert import_preferences(path).preferences == OURS


@pytest.mark.parametrize("content", [b"format = 1", b"[profile]", b"PK\x03\x04\xff"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "设置.toml"
    path.write_bytes(content)
    with pytest.raises(AppError, match="这个文件里没有设置"):
        import_preferences(path)


def test_a_file_that_is_too_big_or_gone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "设置.toml"
    with pytest.raises(AppError, match=r"设置\.toml：No such file"):
        import_preferences(path)
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(AppError, match="文件太大，不是设置文件"):
        import_preferences(path)


def test_blank_lines_of_the_address_book_are_left_out_and_none_is_there_twice() -> None:
    row = Address(" 财政局 ", "jx@b.cn ", is_usual=True)
    assert read_book([Address("", " "), row]) == (Address("财政局", "jx@b.cn", is_usual=True),)
    with pytest.raises(Unfit, match=r"第 3 行：邮箱 JX@b\.cn 重复"):
        read_book([row, Address("", ""), Address("", "JX@b.cn")])


def test_what_would_change_is_told_and_can_be_taken_in_part() -> None:
    old = replace(OURS, profile=replace(OURS.profile, phone=""), post=replace(OURS.post, addresses=(), attached=()))
    turns = compare_preferences(old, OURS)
    assert [(turn.field.key, turn.old, turn.new) for turn in turns] == [
        ("profile.phone", "（空）", "0513-1234"),
        ("post.addresses", "（空）", "财政局 <jx@b.cn>（默认）\nc@d.cn"),
        ("post.attached", "（空）", "PDF"),
    ]
    assert take_fields(old, OURS, [turn.field for turn in turns]) == OURS
    assert take_fields(old, OURS, [turns[0].field]).post == old.post
    shown = {turn.field.key: turn.new for turn in compare_preferences(Preferences(), OURS)}
    assert shown["display.scheme"] == "深色"
    assert shown["margins.left"] == "25.5 毫米"


def test_every_setting_has_its_words() -> None:
    keys = {field.key for field in FIELDS}
    assert captions.LABELS.keys() == captions.EXPLANATIONS.keys() == keys
    assert {field.page for field in FIELDS} == captions.PAGES.keys()
    assert captions.UNITS.keys() == {field.key for field in FIELDS if isinstance(field.kind, Number)}
    for field in FIELDS:
        if isinstance(field.kind, Option):
            assert captions.CHOICES[field.key].keys() == {word.value for word in field.kind.words}
