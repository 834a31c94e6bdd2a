"""The mail draft: what a mail program reads out of it is what was put in, and older programs find an ASCII name."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.text import sanitise
from app.sheet.handover.mail import Attachment, Letter, ascii_name, read_addresses, write_draft

NAME = "如皋市社会保险基金管理中心-2024-部门整体支出绩效自评价表-v1.xlsx"
LETTER = Letter(
    ("财政局绩效科 <jx@rugao.gov.cn>", "b@c.cn"),
    "报送：如皋市社会保险基金管理中心 2024 年部门整体支出绩效自评价表（第 1 版）",
    "财政局：\n\n附件是我单位的自评价表。\n校验码 DY6N-X9X3-QXA0-JC6F\n",
    attachments=(Attachment(NAME, b"PK\x03\x04" + bytes(range(256)) * 9), Attachment("a.pdf", b"%PDF-")),
)


def read(letter: Letter) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(write_draft(letter))
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_program_reads_what_was_written() -> None:
    message = read(LETTER)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == LETTER.subject
    assert [each.addr_spec for each in message["To"].addresses] == ["jx@rugao.gov.cn", "b@c.cn"]
    assert message["To"].addresses[0].display_name == "财政局绩效科"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text  # type: ignore[union-attr]  # there is one
    files = [(part.get_filename(), part.get_content()) for part in message.iter_attachments()]
    assert files == [(each.name, each.content) for each in LETTER.attachments]
    assert not message.defects


def test_lines_end_in_crlf_and_are_short_and_ascii() -> None:
    content = write_draft(LETTER)
    assert content.isascii()
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, content.split(b"\r\n"))) <= 78


def test_older_programs_find_an_ascii_name_and_an_encoded_one() -> None:
    text = write_draft(LETTER).decode()
    assert 'filename="2024-v1.xlsx"' in text.replace("--", "-")
    assert 'name="=?utf-8?' in text


@pytest.mark.parametrize(
    ("name", "plain"), [("自评表.pdf", "attachment.pdf"), ("局2024年.xlsx", "2024.xlsx"), ("", "attachment")]
)
def test_an_ascii_name_is_never_empty(name: str, plain: str) -> None:
    assert ascii_name(name) == plain


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("a@b.cn；c@d.com.cn", ("a@b.cn", "c@d.com.cn"), ()),
        ("财政局 <a@b.cn>, 李四", ("财政局 <a@b.cn>",), ("李四",)),
        (" \n", (), ()),
        ("a@b", (), ("a@b",)),
    ],
)
def test_addresses_are_read_as_people_type_them(text: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert read_addresses(text) == (good, bad)


@given(st.text(max_size=120), st.text(max_size=300), st.binary(max_size=500))
def test_any_subject_and_text_comes_back(subject: str, text: str, content: bytes) -> None:
    letter = Letter(("a@b.cn",), subject, text, attachments=(Attachment("表.xlsx", content),))
    message = read(letter)
    one_line = sanitise(subject, is_multiline=False).text
    assert "".join(str(message["Subject"]).split()) == "".join(one_line.split())
    body = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there is one
    assert body.replace("\r\n", "\n") == sanitise(text).text
    (part,) = message.iter_attachments()
    assert part.get_content() == content


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=80))
def test_any_file_name_comes_back(name: str) -> None:
    letter = Letter((), "报送", "", attachments=(Attachment(f"{name}.xlsx", b"1"),))
    (part,) = read(letter).iter_attachments()
    assert part.get_filename() == f"{name}.xlsx".replace("/", "_").replace("\\", "_")
    assert max(map(len, write_draft(letter).split(b"\r\n"))) <= 998


def test_nobody_to_send_it_to_yet_is_a_draft_all_the_same() -> None:
    assert read(Letter((), "报送", "见附件"))["To"] is None
