"""What was copied in WPS, Excel or Word: the table with its merges, soon or one sentence, and nothing that it names is opened."""

import socket
import time

import pytest

from app.form.failure import AppError
from app.scoring.assessment import assess
from app.sheet.grid import Grid
from app.sheet.layout import layout
from app.sheet.reading.sentences import COPY_TOO_MUCH, HIDDEN_IN_COPY, NO_TABLE
from app.sheet.reading.source import MOST_COPIED, Kind, read_copied
from app.ui.table.copied import read_copy
from tests.sheet.grids import real_grid
from tests.sheet.reading.copies import MANNERS, WORD_HEAD, WORD_TAIL, Manner, as_excel
from tests.sheet.recognising.test_recognition import comparable, recognise
from tests.tables import real_form

SECONDS = 5.0


def texts(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return sorted((each.row, each.column, each.rows, each.columns, each.text) for each in grid.cells if each.text)


@pytest.mark.parametrize("manner", MANNERS.values(), ids=list(MANNERS))
def test_the_real_form_comes_back_from_a_copy(manner: Manner) -> None:
    form = real_form()
    source = read_copied(manner(layout(form, assess(form))))
    assert (source.name, source.kind, source.remarks) == ("剪贴板", Kind.TEXT, ())
    assert comparable(recognise(*source.grids).form) == comparable(form)


@pytest.mark.parametrize("manner", MANNERS.values(), ids=list(MANNERS))
def test_merged_cells_are_kept(manner: Manner) -> None:
    (grid,) = read_copied(manner(real_grid())).grids
    assert texts(grid) == texts(real_grid())


def test_paragraphs_above_and_tables_in_cells_stand_where_they_stood() -> None:
    (grid,) = read_copied(
        WORD_HEAD
        + "<p class=MsoNormal><b>部门整体支出<br>绩效自评价表</b></p><p class=MsoNormal><span>单位：市档案馆</span></p>"
        "<table><tr><td><p>主要职能</p></td><td><p><!--[if !supportLists]--><span>1、</span><!--[endif]-->收集</p><p>2、保管</p></td></tr>"
        "<tr><td>预算</td><td><p>万元</p><table><tr><td>基本支出</td><td>1</td></tr></table></td></tr></table>"
        "<p>填表人：王会计<span style='display:none;mso-hide:all'>批注</span></p>" + WORD_TAIL
    ).grids
    assert [text for *_, text in texts(grid)] == [
        *("部门整体支出\n绩效自评价表", "单位：市档案馆", "主要职能", "1、收集\n2、保管"),
        *("预算", "万元", "基本支出", "1", "填表人：王会计"),
    ]


def test_tables_of_other_columns_are_tables_of_their_own() -> None:
    grids = read_copied(
        "<p>一</p><table><tr><td>甲<td>乙</table><p>二</p><table><tr><td>丙<td>丁</table><table><tr><td>戊</table>"
    ).grids
    assert [[text for *_, text in texts(grid)] for grid in grids] == [["一", "甲", "乙", "二", "丙", "丁"], ["戊"]]


def test_hidden_rows_are_read_and_said() -> None:
    source = read_copied(
        as_excel(real_grid()).replace("<tr height=19 style='", "<tr height=19 style='display:none;", 3)
    )
    assert source.remarks == (HIDDEN_IN_COPY.format(count=3),)
    assert texts(source.grids[0]) == texts(real_grid())


def test_nothing_is_opened_that_a_copy_names() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        place = f"http://127.0.0.1:{server.getsockname()[1]}"
        (grid,) = read_copied(
            f"<link rel=stylesheet href={place}/a.css><script src='{place}/a.js'>secret</script><table background={place}/b>"
            f"<tr><td>甲<img src={place}/c.png><iframe src=file:///etc/passwd></iframe><td>乙</table>"
        ).grids
        with pytest.raises(TimeoutError):
            server.accept()
    assert [text for *_, text in texts(grid)] == ["甲", "乙"]


@pytest.mark.parametrize("tail", ["", "</p>", "</span></p>", "</b></i></td></tr></table></table></table>"])
def test_what_nobody_closed_ends_with_its_cell(tail: str) -> None:
    (grid,) = read_copied(f"<table><tr><td>甲<p style='display:none'>无<td>乙{tail}").grids
    assert [text for *_, text in texts(grid)] == ["甲", "乙"]


HOSTILE = {
    "fifty megabytes": "<table><tr><td>" + "甲" * 50_000_000,
    "just too many rows": "<table>" + "<tr><td>甲<td>乙" * 130_000,
    "giant merges": "<table><tr>" + "<td rowspan=1000 colspan=1000>1" * 50,
    "tables in tables": "<table><tr><td>" * 5_000,
    "many columns": "<table><tr>" + "<td>1" * 1_000,
    "tags that never end": "<table><tr><td>1</td>" + "<a " * 3_000_000,
    "comments that never end": "<table>" + "<!--" * (MOST_COPIED // 4 - 10),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_copy_gives_one_sentence_soon(name: str) -> None:
    start = time.monotonic()
    with pytest.raises(AppError) as caught:
        read_copy("", HOSTILE[name])
    assert str(caught.value) in (COPY_TOO_MUCH, NO_TABLE)
    assert (
        time.monotonic() - start < SECONDS + 3
    )  # this machine may do other things beside it; the child itself gets 4 s


@pytest.mark.parametrize(
    ("text", "markup"),
    [("", ""), ("只有一段话\n又一段", "<p>只有一段话</p>"), ("", "<table><tr><td> </td></tr></table>"), ("\t", "")],
)
def test_a_clipboard_without_a_table_says_so(text: str, markup: str) -> None:
    with pytest.raises(AppError, match=NO_TABLE):
        read_copy(text, markup)


def test_too_long_a_text_is_not_read() -> None:
    with pytest.raises(AppError, match=COPY_TOO_MUCH):
        read_copy("甲\t" * MOST_COPIED, "")


def test_text_with_tabs_is_a_table_where_there_is_no_html() -> None:
    source = read_copy("一级指标\t得分\r\n过程\t1\r\n", "<p>一级指标 得分</p>")
    assert texts(source.grids[0]) == [
        (0, 0, 1, 1, "一级指标"),
        (0, 1, 1, 1, "得分"),
        (1, 0, 1, 1, "过程"),
        (1, 1, 1, 1, "1"),
    ]
