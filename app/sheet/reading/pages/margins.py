"""What on a page belongs to the page and not to the form: numbers, markings, headers, footers, the code in letters.

Decides by the words of our own painters, by the usual looks of page numbers, and by what stands at the same place of
several pages' margins.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from app.sheet.captions import CODE, DRAFT, FINAL, PAGE_FOOTER
from app.sheet.page.text import ANNEX_END
from app.sheet.reading.pages.page import Page
from app.sheet.reading.pages.runs import Run, rows_of

# Headers and footers stand in this share of the page's height at its edges; the same ones differ by so many points.
_MARGIN: Final = 0.075
_NEAR: Final = 4.0
_BLANKS: Final = re.compile(r"[\s/·]")


def _pattern(caption: str, **fields: str) -> str:
    """A caption without blanks as a pattern; ``fields`` are what may stand in its places."""
    parts = re.split(r"\{(\w+)\}", _BLANKS.sub("", caption))
    return "".join(fields[part] if number % 2 else re.escape(part) for number, part in enumerate(parts))


_MARKS: Final = re.compile(
    "|".join(
        (
            _pattern(PAGE_FOOTER, page=r"\d+", pages=r"\d+"),
            _pattern(PAGE_FOOTER.partition("/")[0], page=r"\d+"),
            r"[-—–~]*(?:page)?\d{1,4}(?:of\d{1,4})?[-—–~]*",
            re.escape(DRAFT),
            _pattern(FINAL, number=r"\d+", code=r"[0-9A-Za-z-]+"),
        )
    ),
    re.IGNORECASE,
)
_CODE: Final = re.compile(f"{re.escape(CODE)}|[0-9a-f]{{32}}")


def is_annex(page: Page) -> bool:
    """Whether a page of our own says that it is not of the form."""
    return any(glyph.text == ANNEX_END for glyph in page.glyphs)


def without_margins(pages: Sequence[Page], runs: Sequence[Sequence[Run]]) -> list[list[Run]]:
    """The runs of each page that are the form's own; what is hidden in part belongs to a table."""
    rows = [rows_of(run for run in each if not run.pin) for each in runs]
    seen = Counter(
        (text, place)
        for page, page_rows in zip(pages, rows, strict=True)
        for text, place in {_place(page, row) for row in page_rows}
        if place is not None
    )
    kept = [
        [run for row in page_rows if not _is_of_page(row, _place(page, row), seen) for run in row]
        for page, page_rows in zip(pages, rows, strict=True)
    ]
    return [[*those, *(run for run in each if run.pin)] for those, each in zip(kept, runs, strict=True)]


def _place(page: Page, row: Sequence[Run]) -> tuple[str, int | None]:
    """What a row says, digits alike, and about where in the margin it stands; None for the height between the margins."""
    middle, edge = row[0].middle, _MARGIN * page.height
    is_inside = edge < middle < page.height - edge
    return re.sub(r"\d+", "#", _bare(row)), None if is_inside else round(middle / _NEAR)


def _is_of_page(row: Sequence[Run], place: tuple[str, int | None], seen: Counter[tuple[str, int]]) -> bool:
    text, height = place
    if _CODE.fullmatch(_bare(row)):
        return True
    if height is None:
        return False
    return bool(_MARKS.fullmatch(_bare(row))) or sum(seen[text, height + step] for step in (-1, 0, 1)) > 1


def _bare(row: Iterable[Run]) -> str:
    runs = sorted(row, key=lambda each: each.left)
    return _BLANKS.sub("", "".join(glyph.text for run in runs for glyph in run.glyphs))
