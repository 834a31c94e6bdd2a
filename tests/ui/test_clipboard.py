"""Blocks of cells on the clipboard: what other programs write is read cell by cell, and what is written is read back."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.text import sanitise
from app.ui.face import Span
from app.ui.table.clipboard import Texts, read_block, read_text, write_text
from app.ui.table.markup import read_markup, write_markup

EXCEL: Final = r"""Version:1.0
StartHTML:0000000105
EndHTML:0000001234
StartFragment:0000000900
EndFragment:0000001180
SourceURL:file:///C:/2024.xlsx

<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<style>
<!--table
	{mso-displayed-decimal-separator:"\.";}
td	{white-space:nowrap; mso-rotate:0;}
-->
</style>
</head>
<body link="#0563C1">
<table border=0 cellpadding=0 cellspacing=0 width=192 style='border-collapse:collapse;width:144pt'>
<!--StartFragment-->
 <col width=64 span=3 style='width:48pt'>
 <tr height=19 style='height:14.4pt'>
  <td rowspan=2 height=38 class=xl65 width=64 style='height:28.8pt;width:48pt'>过程(26)</td>
  <td class=xl63 width=64 style='width:48pt'>预算
  执行率</td>
  <td colspan=2 class=xl66 style='mso-ignore:colspan'>≥&nbsp;98%<br>
    &lt;100%</td>
 </tr>
 <tr height=19 style='height:14.4pt'>
  <td height=19 class=xl63 style='height:14.4pt'>结转<span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>结余</td>
  <td class=xl64 align=right x:num>1,546.91</td>
  <td></td>
 </tr>
<!--EndFragment-->
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'><td width=64 style='width:48pt'></td></tr>
 <![endif]>
</table>
</body>
</html>"""
WORD: Final = """<html><head><title>自评</title></head><body lang=ZH-CN><!--StartFragment--><div align=center>
<table class=MsoTableGrid border=1><tr><td width=284 valign=top style='width:213.05pt'>
<p class=MsoNormal><span style='font-family:宋体'>第一段，</span><b>加粗</b><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal>第二段</p></td><td><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></td></tr>
<tr><td><ul><li>甲</li><li>乙<br></li></ul></td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>
</div><!--EndFragment--></body></html>"""

texts = st.text() | st.text('a1 \t\n"<>&;\u00a0=＝，nbsp', max_size=8)
cells = texts.map(lambda text: sanitise(text).text)
blocks = st.lists(st.lists(cells, min_size=1, max_size=4).map(tuple), min_size=1, max_size=4).map(tuple)


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ()),
        ("甲", (("甲",),)),
        ("甲\t乙\r\n丙\t丁\r\n", (("甲", "乙"), ("丙", "丁"))),
        ("甲\t乙\n丙\t丁", (("甲", "乙"), ("丙", "丁"))),
        ("1\n\n3\n", (("1",), ("",), ("3",))),
        ("\n", (("",),)),
        ("\t\n", (("", ""),)),
        ("1\t2\t3\n4\n", (("1", "2", "3"), ("4",))),
        ('"一\n二"\t"三\t四"\n"他说""好"""\t五\n', (("一\n二", "三\t四"), ('他说"好"', "五"))),
        ('"一\r\n二"\r\n', (("一\n二",),)),
        ('"党建"引领\t"未完\n', (('"党建"引领', '"未完'),)),
        ('5"\t""\n', (('5"', ""),)),
        ("甲\r乙\r", (("甲",), ("乙",))),
    ],
)
def test_text_is_read_as_spreadsheets_write_it(text: str, read: Texts) -> None:
    assert read_text(text) == read


def test_text_is_written_as_spreadsheets_do() -> None:
    assert write_text((("100%", "2"),)) == "100%\t2"
    assert write_text((("1", "一\n二"), ("=1", 'a"b'))) == '1\t"一\n二"\n=1\t"a""b"\n'
    assert write_text((("",),)) == "\n"


@given(blocks)
def test_what_is_written_as_text_is_read_back(block: Texts) -> None:
    assert read_text(write_text(block)) == block


@given(st.text('"\t\n\ra', max_size=12))
def test_any_text_is_cells(text: str) -> None:
    kept = "".join(cell for row in read_text(text) for cell in row)
    assert kept.count("a") == text.count("a")


# --- HTML -------------------------------------------------------------------------------------------------------------


def test_excel_s_tables_are_read_with_merges_breaks_and_spaces() -> None:
    assert read_markup(EXCEL) == (
        ("过程(26)", "预算 执行率", "≥ 98%\n<100%", ""),
        ("", "结转   结余", "1,546.91", ""),
    )


def test_word_s_paragraphs_lists_and_tables_in_cells_stay_in_their_cell() -> None:
    assert read_markup(WORD) == (("第一段，加粗\n第二段", ""), ("甲\n乙", "1\n2"))


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<table><tr><td>1<td>2<tr><td>3</table>", (("1", "2"), ("3",))),
        ("<TABLE><TR><TH>&#30002;</TH><TD>&lt;b&gt;&amp;</TD></TR></TABLE>", (("甲", "<b>&"),)),
        ("<table><tr><td rowspan=9>1</td><td>2</td></tr><tr><td>3</td></tr></table>", (("1", "2"), ("", "3"))),
        ("<table><tr><td colspan=2 rowspan=2>1<td>2<tr><td>3</table>", (("1", "", "2"), ("", "", "3"))),
        ("<table><tr><td colspan=0>1<td rowspan=x>2<td colspan=>3</table>", (("1", "2", "3"),)),
        ("<table><tr><td>1</table><table><tr><td>2</table>", (("1",), ("2",))),
        ("<table><tr><td><ruby>汉<rp>(</rp><rt>han</rt></ruby></table>", (("汉",),)),
        ("<table><td>1", (("1",),)),
        ("<table><tr></tr></table>", ((),)),
    ],
)
def test_tables_of_other_programs_are_read(markup: str, read: Texts) -> None:
    assert read_markup(markup) == read


@pytest.mark.parametrize("markup", ["", "甲", "<p>甲</p>", "<p>甲</p><table><tr><td>1</td></tr></table>", "<td>1</td>"])
def test_html_without_a_table_or_with_text_beside_it_is_read_from_its_text(markup: str) -> None:
    assert read_markup(markup) == ()
    assert read_block("甲\t1", markup) == (("甲", "1"),)


def test_a_table_is_trusted_more_than_its_text() -> None:
    assert read_block("第一段\r\n第二段\t", WORD)[0] == ("第一段，加粗\n第二段", "")


def test_a_giant_merge_is_cut() -> None:
    (row,) = read_markup(f"<table><tr><td colspan={'9' * 5000}>1</table>")
    assert len(row) == 1000


@given(st.lists(st.sampled_from(("<table>", "</table>", "<tr>", "<td colspan=2>", "</td>", "<![if x]>", "<![CDATA[", "<span>",
    "</span>", "<!--", "-->", "<br>", "</p>", "<", "&", "&#x110000;", "甲", "<style>", "<!x", "<?")), max_size=12))  # fmt: skip
def test_broken_html_is_no_error(parts: list[str]) -> None:
    assert isinstance(read_markup("".join(parts)), tuple)


@given(blocks)
def test_what_is_written_as_html_is_read_back(block: Texts) -> None:
    assert read_markup(write_markup(block)) == block


@given(st.data())
def test_merged_cells_are_written_as_such_and_read_back(data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    span = Span(top, left, data.draw(st.integers(1, rows - top)), data.draw(st.integers(1, columns - left)))
    within = {(row, column) for row in range(top, top + span.rows) for column in range(left, left + span.columns)}
    block = tuple(
        tuple("" if (row, column) in within - {(top, left)} else data.draw(cells) for column in range(columns))
        for row in range(rows)
    )
    assert read_markup(write_markup(block, [span])) == block


def test_what_looks_like_a_formula_goes_out_as_text() -> None:
    written = write_markup((("=1+1", "<script>"),))
    assert 'td{mso-number-format:"\\@"}' in written
    assert "<td>=1+1</td><td>&lt;script&gt;</td>" in written


def test_spaces_reach_programs_that_join_them() -> None:
    foreign = write_markup((("  甲  乙 ",),)).replace("white-space:pre-wrap", "")
    assert read_markup(foreign) == (("  甲  乙 ",),)
