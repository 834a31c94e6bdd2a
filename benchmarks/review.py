"""How long the review takes (all rules, all checks, after an edit), and whether any form breaks it.

The real form and 1,000 rows, each time with another score in one row; then random forms from a seed, none of which may
raise, make a check fail (X01) or take longer than the 1,000 rows may.
"""

import gc
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from app.form.form import Form
from app.form.rows import (
    BudgetLine,
    Cover,
    Group,
    Indicator,
    Record,
    Row,
    Staffing,
    Stated,
    TextItem,
    field_names,
)
from app.review.review import review
from app.scoring.assessment import assess
from benchmarks.figure import milliseconds, percentile, say_time
from benchmarks.forms import form_with, real_form

SEED: Final = 20241231
REPEATS: Final = 200
RANDOM_FORMS: Final = 20_000
COLLECT_EVERY: Final = 500
REAL_LIMIT, LARGE_LIMIT = 4, 60
STRUCTURE: Final = frozenset({"group", "part_of", "applies"})
TEXTS: Final = (
    *("", " ", "0", "1", "-1", "9.5", "10", "100", "0.005", "９．５", "1,546.91", "155 万元", "￥5", "15469100 元"),
    *("100%", "≥98%", "≤0%", "87.5%", "0%", "250%", "-30%", "≥30公里", "24人", "5分", "nan", "1e5", "9" * 30),
    *(
        "合规",
        "健全",
        "部分达成",
        "未完成",
        "延期",
        "社保扩面完成率",
        "过程(26)",
        "效益（30分）",
        "满意度(10)",
        "产出()",
    ),
    *(
        "服务对象满意度",
        "预算调整率",
        "三公经费",
        "资金总额",
        "优",
        "2024",
        "24",
        "2023 年共计 30 万元，其中甲 20 万元、乙 1 元",
    ),
    *("编制 24 人，实有人数 21 人", "{name}", "%s", "请填写", "甲\n乙", "𫖯"),
)
REAL: Final = real_form()
KEYS: Final = [row.key for row in REAL.indicators]


def measure() -> None:
    """Print all figures."""
    _measure_form("review of the real form", REAL, REAL_LIMIT)
    _measure_form("review of 1,000 rows", form_with(1000, is_distinct=True), LARGE_LIMIT)
    # Caches filled by thousands of unrelated forms make collections long; one form's edits never fill them.
    gc.disable()
    _measure_random()
    gc.enable()


def _measure_form(what: str, form: Form, limit: int) -> None:
    forms = _edited(form, REPEATS + 1)
    times = [milliseconds(partial(_review, each)) for each in forms][1:]
    note = f"median of {REPEATS} edits, p99 {percentile(times, 0.99):.1f} ms"
    say_time(what, limit, statistics.median(times), note)


def _review(form: Form) -> None:
    review(form, assess(form))


def _edited(form: Form, times: int) -> Iterator[Form]:
    for number in range(times):
        place = number % len(form.indicators)
        row = replace(form.indicators[place], score=f"0.{number:04d}")
        yield replace(form, indicators=(*form.indicators[:place], row, *form.indicators[place + 1 :]))


def _measure_random() -> None:
    source, broken, worst = random.Random(SEED), 0, 0.0  # noqa: S311 - no secret
    start = time.perf_counter()
    for number in range(RANDOM_FORMS):
        if number % COLLECT_EVERY == 0:
            gc.collect()
        form = draw_form(source)
        begun = time.process_time()  # of this process only: 20,000 forms meet every pause of a busy machine
        broken += any(finding.code == "X01" for finding in review(form, assess(form)))
        worst = max(worst, (time.process_time() - begun) * 1000)
    note = f"{RANDOM_FORMS:,} forms from seed {SEED} in {time.perf_counter() - start:.0f} s; garbage apart"
    say_time("slowest random form", LARGE_LIMIT, worst, note)
    print(f"random forms that break a check: {broken}, at most 0: {'MISSES' if broken else 'met'}", flush=True)


def draw_form(source: random.Random) -> Form:
    """A form of the real template with any of the texts in any cell."""
    groups: list[Group] = []
    for number in range(source.randrange(5)):
        uppers = ["", *(group.key for group in groups if not group.part_of)]
        groups.append(Group(f"g{number}", source.choice(TEXTS), source.choice(uppers)))
    lines: list[BudgetLine] = []
    for number in range(source.randrange(6)):
        uppers = ["", *(line.key for line in lines)]
        lines.append(BudgetLine(f"b{number}", part_of=source.choice(uppers), **_cells(source, BudgetLine)))
    homes = ["", *(group.key for group in groups)]
    keys = source.sample(KEYS, source.randrange(10))
    return Form(
        REAL.template,
        cover=Cover(**_cells(source, Cover)),
        staffing=Staffing(**_cells(source, Staffing)),
        stated=Stated(**_cells(source, Stated)),
        budget=tuple(lines),
        groups=tuple(groups),
        indicators=tuple(_draw_row(source, key, source.choice(homes)) for key in keys),
        duties=_draw_items(source),
        achievements=_draw_items(source),
        problems=_draw_items(source),
        measures=_draw_items(source),
    )


def _draw_row(source: random.Random, key: str, group: str) -> Indicator:
    row = Indicator(key, group, applies=source.random() < 0.8)
    return replace(row, **_cells(source, Indicator))  # type: ignore[arg-type]  # text cells by name


def _draw_items(source: random.Random) -> tuple[TextItem, ...]:
    return tuple(TextItem(f"t{number}", source.choice(TEXTS)) for number in range(source.randrange(4)))


def _cells(source: random.Random, kind: type[Record | Row]) -> dict[str, str]:
    names = [name for name in field_names(kind) if name not in STRUCTURE]
    return {name: source.choice(TEXTS) for name in names if source.random() < 0.7}


if __name__ == "__main__":
    measure()
