"""What the documents for users name: commands, menu entries, keys, pictures, links."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
MANUAL: Final = ROOT / "docs" / "manual"
PAGES: Final = (ROOT / "README.md", *sorted(MANUAL.glob("*.md")))
MENUS: Final = ("文件", "编辑", "查看", "定稿", "帮助")

_ENTRY: Final = re.compile(rf"“({'|'.join(MENUS)}) → ([^”→]+?)…?”")
_KEYS: Final = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+(?:[A-Z]\w*|F?\d+|[←→↑↓,+=-]|滚轮)|(?<![\w+])F\d{1,2}(?!\w)")
_LINK: Final = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_FENCE: Final = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND: Final = re.compile(r"^(?: {4}|\t)?((?:jixiao|make|py|ISCC|\.venv[/\\]\S+)(?: .*)?)$", re.MULTILINE)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_page(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def menu_entries(text: str) -> set[tuple[str, str]]:
    """Menu and entry of every “文件 → 导出 Excel”."""
    return set(_ENTRY.findall(text))


def keys(text: str) -> set[str]:
    return set(_KEYS.findall(text))


def links(text: str) -> Iterator[tuple[bool, str]]:
    """Whether it is a picture, and where it leads."""
    return ((bool(sign), target) for sign, target in _LINK.findall(text))


def commands(text: str) -> list[str]:
    """The lines of shell that a page shows, fenced or indented; what other text says of them is none."""
    shown = [*_FENCE.findall(text), *re.findall(r"^ {4}\S.*$", _FENCE.sub("", text), re.MULTILINE)]
    return [re.split(r" {2,}#", line)[0].strip() for part in shown for line in _COMMAND.findall(part)]
