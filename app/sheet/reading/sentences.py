"""What reading tells the user, in one place: why a file is not read, and what of it was not seen. Sentences only."""

from types import MappingProxyType
from typing import Final

from app.sheet.reading.refusal import Reason

REFUSED: Final = "“{name}”没有读取：{because}。文件和表里的内容都没有改动"
_SAVE_WORKBOOK: Final = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入"
_SAVE_DOCUMENT: Final = "请用 WPS 或 Word 打开，另存为 .docx 后再导入"
_SAVE_AGAIN: Final = "请用 WPS、Excel 或 Word 打开它，另存为一个新文件后再导入"
_ASK_AGAIN: Final = "请向发来文件的人重新要一份"

REASONS: Final = MappingProxyType(
    {
        Reason.EMPTY: f"这个文件是空的，里面没有任何内容；{_ASK_AGAIN}",
        Reason.TOO_LARGE: "文件超过 50 MB，不像是一张自评价表；请删去图片和无关内容，另存后再导入",
        Reason.OLD_WORD: f"这是旧版的 Word 文档（.doc、.wps 或 .rtf）；{_SAVE_DOCUMENT}",
        Reason.BINARY_WORKBOOK: f"这是 Excel 的二进制工作簿（.xlsb）；{_SAVE_WORKBOOK}",
        Reason.OLD_WORKBOOK: f"这是 Excel 5.0/95 或更早版本的工作簿；{_SAVE_WORKBOOK}",
        Reason.STRICT: "这是“Strict Open XML”格式的文件；请用 WPS、Excel 或 Word 打开，另存为普通的 .xlsx 或 .docx 后再导入",
        Reason.OPEN_DOCUMENT: "这是 OpenDocument 文件（.odt 等）；请打开它，另存为 .xlsx 或 .docx 后再导入",
        Reason.OFD: "这是 OFD 版式文件；请向对方要 Excel、Word 或 PDF 格式的文件，或用 OFD 阅读器转换成 PDF 后再导入",
        Reason.PRESENTATION: "这是演示文稿，不是表格；请把其中的表格复制到 Excel 或 WPS 表格里再导入",
        Reason.OTHER_OFFICE: f"里面没有可以读取的表格或文档；{_SAVE_AGAIN}",
        Reason.ENCRYPTED: "文件设有打开密码；请用 WPS、Excel 或 Word 输入密码打开，去掉密码并保存后再导入",
        Reason.PAGE_OF_WEB: f"这其实是网页或 XML 格式的文件，只是名字写成了表格；{_SAVE_WORKBOOK}",
        Reason.TEXT: f"这是纯文本（或 CSV）文件，没有表格的样式；{_SAVE_WORKBOOK}",
        Reason.PICTURE: "这是图片，里面的文字无法读取；请向对方要 Excel、Word 或 PDF 格式的文件",
        Reason.SCANNED: "这是扫描件或图片，没有可以取出的文字；请对照录入，或向对方要 Excel、Word 格式的文件再导入",
        Reason.ARCHIVE: "这是压缩包；请先解压，再导入其中的表格文件",
        Reason.RAR: "这是 RAR 压缩包；请先解压，再导入其中的表格文件",
        Reason.SEVEN_ZIP: "这是 7z 压缩包；请先解压，再导入其中的表格文件",
        Reason.UNKNOWN: "看不出这是什么文件，请检查是否选错了；可以导入的有 .xlsx、.xls、.et、.ods、.docx、.pdf 和本程序的 .json",
        Reason.BROKEN: f"文件已损坏或没有传完整；{_SAVE_AGAIN}；如果打不开，{_ASK_AGAIN}",
        Reason.UNSAFE: f"文件的内部结构不正常（有重名、越出文件夹或互相重叠的部分），可能被人动过手脚；{_SAVE_AGAIN}",
        Reason.BLOATED: f"文件解开后大得不正常，可能是用来使电脑死机的“压缩炸弹”；请不要打开它，{_ASK_AGAIN}",
        Reason.DOCTYPE: f"文件里有 Office 从不写入的声明（DOCTYPE），可能被人动过手脚；{_SAVE_AGAIN}",
        Reason.MISPLACED: f"“{{place}}”处的行、列或单元格排列不合规范；{_SAVE_AGAIN}",
        Reason.FAR: "“{place}”处有内容，离表格太远；请打开文件，删除那一处的内容后保存，再导入",
        Reason.TOO_MUCH: "“{place}”的内容太多，不像是一张自评价表；请只留下自评价表，另存为一个新文件后再导入",
        Reason.NOTHING: "里面没有任何文字；请检查是否选错了文件，隐藏的工作表不会读取",
        Reason.SLOW: f"读取时间过长，已经停止；{_SAVE_AGAIN}",
        Reason.HUNGRY: f"读取时占用的内存过多，已经停止；{_SAVE_AGAIN}",
        Reason.STOPPED: f"文件的内容不正常，读取时出错；{_SAVE_AGAIN}",
        Reason.NOT_STARTED: "读取程序没有启动起来，可能被杀毒软件拦截，或者内存不足；请关闭一些程序后重试",
    }
)
PLACELESS: Final = "文件"

MISSING: Final = "找不到文件“{name}”，可能已被移动、改名，或 U 盘已拔出；请重新选择"
IS_FOLDER: Final = "“{name}”是一个文件夹；请选择其中的文件"
NO_ACCESS: Final = "“{name}”打不开：没有读取权限，或正被别的程序占用；请关闭它后重试"

# the clipboard
COPY: Final = "剪贴板"
NO_TABLE: Final = "剪贴板里没有表格。请在 WPS、Excel 或 Word 里选中整张表，复制以后再试"
COPY_TOO_MUCH: Final = (
    "剪贴板里的内容太多，不像是一张自评价表，没有读取。请在 WPS、Excel 或 Word 里只选中自评价表，复制以后再试"
)

# what was not seen
NO_RESULT: Final = (
    "“{sheet}”里 {places} 是公式，文件没有保存它的结果，按空白读入；请用 WPS 或 Excel 打开文件，保存一次后再导入"
)
MORE_PLACES: Final = "{first} 等 {count} 处"
HIDDEN: Final = "隐藏的工作表“{sheet}”没有读取；需要时请先取消隐藏并保存"
HIDDEN_PARTS: Final = "“{sheet}”{places}是隐藏的，也已读取，请核对"
HIDDEN_ROWS: Final = "第 {numbers} 行"
HIDDEN_COLUMNS: Final = "{letters} 列"
TEXT_BOXES: Final = "文本框或图形里的文字没有读取：“{text}”；需要时请写到单元格里再导入"
MARGINS: Final = "页眉、页脚里的文字没有读取：“{text}”"
HIDDEN_IN_COPY: Final = "复制的内容里有 {count} 行是隐藏的，也已读取，请核对"
RECORD_DAMAGED: Final = "文件里供本程序装入的隐藏内容已被改动，或由更新版本写成，没有采用；请核对按表格读出的内容"
NO_FORMATS: Final = (
    "这个文件的样式写得不合规范，数字格式读不出来：百分数可能显示为小数（如 0.875），单位可能缺失，请逐项核对；"
    "用 WPS 或 Excel 打开并另存一次后再导入，就能完整读出"
)
