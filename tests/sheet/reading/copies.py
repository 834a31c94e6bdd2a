"""Tables in HTML in the manner of three programs, as they put them on the clipboard; written for our tests."""

from collections.abc import Callable, Iterator
from html import escape

from app.sheet.grid import Cell, Grid

Manner = Callable[[Grid], str]

EXCEL_HEAD = r"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Excel 15">
<link rel=File-List href="file:///C:/Users/x/clip_filelist.xml">
<style>
<!--table
	{mso-displayed-decimal-separator:"\."; mso-displayed-thousand-separator:"\,";}
.xl65 {mso-style-parent:style0; white-space:normal; mso-number-format:"0\.00%";}
ruby {ruby-align:left;} rt {display:none;}
-->
</style>
</head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=576 style='border-collapse:collapse;width:432pt'>
<!--StartFragment-->
"""
EXCEL_TAIL = """<!--EndFragment-->
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'><td width=72 style='width:54pt'></td></tr>
 <![endif]>
</table>
</body>
</html>"""
WORD_HEAD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=ProgId content=Word.Document>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no; font-family:"Times New Roman";} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
"""
WORD_TAIL = "<!--EndFragment--></body></html>"
WPS_HEAD = """<html xmlns:et="urn:schemas-wps-et"><head><meta charset="utf-8"/><style>td{mso-style-parent:style0;}</style></head>
<body><!--StartFragment--><table width="576" border="0" style='width:432.00pt;border-collapse:collapse;'>
<colgroup><col width="72" span="8" style='width:54.00pt;'/></colgroup>
"""
WPS_TAIL = "</table><!--EndFragment--></body></html>"


def as_excel(grid: Grid) -> str:
    """Class names without quotation marks, breaks as <br>, long lines broken at spaces of the source, spaces as runs."""

    def write(cell: Cell) -> str:
        text = escape(cell.text, quote=False).replace("\n", "<br>\n    ")
        height = f" rowspan={cell.rows}" if cell.rows > 1 else ""
        width = f" colspan={cell.columns}" if cell.columns > 1 else ""
        return f"  <td{width}{height} height=19 class=xl65 width=72 style='height:14.25pt;width:54pt'>{text}</td>\n"

    rows = "".join(f" <tr height=19 style='height:14.25pt'>\n{''.join(map(write, row))} </tr>\n" for row in _rows(grid))
    return EXCEL_HEAD + " <col width=72 span=8 style='width:54pt'>\n" + rows + EXCEL_TAIL


def as_wps(grid: Grid) -> str:
    """Attributes in quotation marks, fonts in the cells, a picture beside."""

    def write(cell: Cell) -> str:
        text = escape(cell.text).replace("\n", "<br/>")
        return (
            f'<td class="et2" x:str rowspan="{cell.rows}" colspan="{cell.columns}" style="mso-protection:locked;">'
            f'<font class="font0">{text}</font><img src="file:///C:/logo.png" width="1"/></td>'
        )

    rows = "".join(f'<tr height="19.20">{"".join(map(write, row))}</tr>' for row in _rows(grid))
    return WPS_HEAD + rows + WPS_TAIL


def as_word(grid: Grid) -> str:
    """A paragraph per line, the text in runs by script, cells without a text hold a hard space."""

    def write(cell: Cell) -> str:
        lines = "".join(
            f"<p class=MsoNormal align=center style='text-align:center'><span\nstyle='font-family:宋体'>"
            f"{escape(line) or '<o:p>&nbsp;</o:p>'}</span><span lang=EN-US><o:p></o:p></span></p>\n"
            for line in cell.text.split("\n")
        )
        return (
            f"<td width=76 colspan={cell.columns} rowspan={cell.rows} valign=top style='width:57.0pt'>\n{lines}  </td>"
        )

    rows = "".join(
        f" <tr style='mso-yfti-irow:{number}'>{''.join(map(write, row))}\n"
        "<![if !supportMisalignedRows]><td style='height:20.0pt;border:none' width=0 height=27></td><![endif]></tr>"
        for number, row in enumerate(_rows(grid))
    )
    return f"{WORD_HEAD}<div align=center><table class=MsoNormalTable border=1>{rows}</table></div>{WORD_TAIL}"


MANNERS: dict[str, Manner] = {"excel": as_excel, "wps": as_wps, "word": as_word}


def _rows(grid: Grid) -> Iterator[list[Cell]]:
    cells: list[list[Cell]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        cells[cell.row].append(cell)
    yield from cells
