"""关于: versions and the data folder on one page, licences on another."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.about.licences import list_licences, read_font_licence
from app.ui.asking import show_outside
from app.ui.look.labels import make_label
from app.ui.look.spacing import set_spaces, size_window
from app.ui.window import TITLE

SUBTITLE: Final = "部门整体支出绩效自评价表填报。离线使用，不连接网络。"
FOLDER: Final = "数据文件夹"
HEADINGS: Final = ("名称", "版本", "许可")
COPIED: Final = "已复制"
LARGER: Final = 1.5
WIDE: Final = 44
HIGH: Final = 24


class AboutDialog(QDialog):
    """Remembers what is copied."""

    def __init__(self, versions: tuple[tuple[str, str], ...], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        self._folder = folder
        self._report = "\n".join(f"{name}：{text}" for name, text in ((TITLE, ""), *versions, (FOLDER, str(folder))))
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("关于和许可")
        self.tabs.addTab(self._versions_page(versions), "版本")
        self.tabs.addTab(self._licences_page(), "许可")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copy = buttons.addButton("复制", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setToolTip("复制版本和数据文件夹的位置，便于求助时说明")
        self.copy.clicked.connect(self._on_copy)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        size_window(self, WIDE, HIGH)

    def _versions_page(self, versions: tuple[tuple[str, str], ...]) -> QWidget:
        page = QWidget()
        title = _label(TITLE)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * LARGER)
        font.setBold(True)
        title.setFont(font)
        rows = QFormLayout()
        for name, text in versions:
            rows.addRow(name, _label(text))
        rows.addRow(FOLDER, self._folder_row())
        column = QVBoxLayout(page)
        set_spaces(column, (4, 4, 4, 4), 3)
        column.addWidget(title)
        column.addWidget(_label(SUBTITLE))
        column.addLayout(rows)
        column.addStretch(1)
        return page

    def _folder_row(self) -> QHBoxLayout:
        path = _label(str(self._folder).replace("/", "/\u200b").replace("\\", "\\\u200b"))  # so that it can be broken
        self.folder = QPushButton("打开文件夹")
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(lambda: show_outside(self, self._folder))
        row = QHBoxLayout()
        row.addWidget(path, 1)
        row.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _licences_page(self) -> QWidget:
        page = QWidget()
        licences = list_licences()
        table = QTableWidget(len(licences), len(HEADINGS))
        table.setHorizontalHeaderLabels(HEADINGS)
        table.setAccessibleName("随程序提供的字体和程序库")
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)
        for row, texts in enumerate(licences):
            for place, text in enumerate(texts):
                table.setItem(row, place, QTableWidgetItem(text))
        font_licence = QPlainTextEdit(read_font_licence())
        font_licence.setReadOnly(True)
        font_licence.setAccessibleName("字体的许可")
        font_licence.setTabChangesFocus(True)
        column = QVBoxLayout(page)
        column.addWidget(_label("随程序提供的字体和程序库，及各自的许可："))
        column.addWidget(table, 3)
        column.addWidget(_label("字体的许可全文："))
        column.addWidget(font_licence, 2)
        return page

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._report)
        self.copy.setText(COPIED)


def _label(text: str) -> QLabel:
    label = make_label(text, is_wrapped=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
