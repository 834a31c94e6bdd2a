"""Which versions of what run here: what whoever is asked for help wants to know first. Nothing of any form's content."""

import platform
from typing import Final

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from app import VERSION
from app.form.template import Template
from app.models.connection import library_version
from app.models.opening import VERSION as SCHEMA

NO_FORM: Final = "没有打开的表"


def list_versions(template: Template | None) -> tuple[tuple[str, str], ...]:
    """What has which version; ``template`` is the open form's."""
    return (
        ("程序", VERSION),
        ("数据文件格式", f"第 {SCHEMA} 版"),
        ("当前表的表样", f"{template.name}（{template.code}）" if template else NO_FORM),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()}（{QGuiApplication.platformName()}）"),
        ("PySide6", pyside_version),
        ("SQLite", library_version()),
        ("系统", f"{QSysInfo.prettyProductName()} · {QSysInfo.currentCpuArchitecture()}"),
    )
