"""Prints docs/checks.md: every check of the review as the catalogue has it. A test compares the two.

Run `python scripts/list_checks.py > docs/checks.md` after changing the catalogue.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.review.captions import CHECKS, LEVELS, ON_EXPORT
from app.review.sentences import SENTENCES

INTRODUCTION = """\
# 审核

由 `scripts/list_checks.py` 根据 `app/review/captions.py` 和 `app/review/sentences.py` 生成，不要手改。

**强制**的问题不改正，不能定稿（保存、打印草稿不受影响）；**提示**的问题可以改正，也可以写一句审核说明。
分数的误差不超过 0.005 分、金额的误差不超过 0.01 万元时，视为相符；比率按两位小数比较。编号从不改作他用。
"""


def list_checks() -> Iterator[str]:
    """The page, line by line."""
    yield INTRODUCTION
    yield "| 编号 | 类别 | 审核什么 | 怎样算相符 | 会发现的例子 |"
    yield "|---|---|---|---|---|"
    for check in CHECKS:
        yield f"| {check.code} | {LEVELS[check.level]} | {check.title} | {_cell(check.formula)} | {_cell(check.example)} |"
    yield "\n## 说的话\n\n花括号里换成这张表上的名称和数。\n"
    for code, variants in SENTENCES.items():
        yield from (f"- {code} {sentence}" for sentence in variants.values())
    yield "\n## 导出时核对的\n\n不是对表，而是对每一个写出的文件。强制。\n\n| 编号 | 应当相符的 | 怎样核对 |\n|---|---|---|"
    yield from (f"| {code} | {formula} | {how} |" for code, formula, how in ON_EXPORT)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # a text file, whatever stands in for it
    sys.stdout.write("\n".join(list_checks()) + "\n")
