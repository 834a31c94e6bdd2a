"""Writes the chapter of the manual that explains every code of the review, from the catalogue; a test compares the two.

`make manual` runs it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.review.captions import CHECKS, LEVELS, ON_EXPORT
from app.review.finding import Level
from scripts.manual.advice import ADVICE

TARGET: Final = Path(__file__).parents[2] / "docs" / "manual" / "13-checks.md"
INTRODUCTION: Final = """\
# 审核发现一览

审核发现分两类：

- **强制**：不改正，不能定稿。填写、保存、打印草稿不受影响。
- **提示**：可能有问题，也可能有道理。改正，或者写一句审核说明。

分数相差不超过 0.005 分、金额相差不超过 0.01 万元时，视为相符；比率按两位小数比较。

在审核结果里选中一条，按 `F1`，或用右键点它，选“这一条是什么意思、怎么办”，就会打开本章相应的一条。
"""


def write_checks() -> str:
    """The chapter."""
    return "\n".join(list_checks()) + "\n"


def list_checks() -> Iterator[str]:
    """The chapter, line by line."""
    yield INTRODUCTION
    yield "## 一览\n\n| 编号 | 类别 | 审核什么 |\n|---|---|---|"
    for check in CHECKS:
        yield f"| [{check.code}](#{_anchor(f'{check.code} {check.title}')}) | {LEVELS[check.level]} | {check.title} |"
    for code, title, _how in ON_EXPORT:
        yield f"| [{code}](#{_anchor(f'{code} {title}')}) | {LEVELS[Level.MANDATORY]} | {title} |"
    yield "\n## 逐条说明"
    for check in CHECKS:
        yield f"\n### {check.code} {check.title}\n"
        yield f"**{LEVELS[check.level]}**。应当相符的：{check.formula}。\n"
        yield f"- 例如：{check.example}。\n- 怎么办：{ADVICE[check.code]}"
    for code, title, how in ON_EXPORT:
        yield f"\n### {code} {title}\n"
        yield f"**{LEVELS[Level.MANDATORY]}**，不是对表，而是对每一个写出的文件。{how}。\n"
        yield f"- 怎么办：{ADVICE[code]}"


def _anchor(heading: str) -> str:
    return "".join(each for each in heading.lower() if each.isalnum() or each in "_- ").replace(" ", "-")
