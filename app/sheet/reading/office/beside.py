"""What stands in a file and not in the cells that are seen, as sentences: hidden rows and columns, text boxes, headers.

Decides what of it is worth a sentence: page numbers are not.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from app.form.text import excerpt
from app.sheet.reading import sentences
from app.sheet.reading.preflight.extents import Extent, name_place
from app.sheet.reading.showing import captions

_MOST_SAID: Final = 60
_MOST_NAMED: Final = 8


def say_hidden(sheet: str, extent: Extent) -> Iterator[str]:
    """That something was read although it is hidden."""
    parts = []
    if extent.hidden_rows:
        parts.append(sentences.HIDDEN_ROWS.format(numbers=_listed(extent.hidden_rows, str)))
    if extent.hidden_columns:
        parts.append(sentences.HIDDEN_COLUMNS.format(letters=_listed(extent.hidden_columns, _letters)))
    if parts:
        yield sentences.HIDDEN_PARTS.format(sheet=sheet, places="、".join(parts))


def say_boxes(paragraphs: Iterable[str]) -> Iterator[str]:
    """What is written in text boxes."""
    return _say(sentences.TEXT_BOXES, paragraphs)


def say_margins(paragraphs: Iterable[str]) -> Iterator[str]:
    """What is written in headers and footers."""
    return _say(sentences.MARGINS, paragraphs)


def _say(sentence: str, paragraphs: Iterable[str]) -> Iterator[str]:
    texts = dict.fromkeys(" ".join(each.split()) for each in paragraphs)
    said = " ".join(text for text in texts if not re.fullmatch(captions.PAGE_NUMBER, text, re.IGNORECASE))
    if said:
        yield sentence.format(text=excerpt(said, _MOST_SAID))


def _listed(places: Iterable[int], name: Callable[[int], str]) -> str:
    """12–15、20; of very many the first ones."""
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    said = [name(first) if first == last else f"{name(first)}–{name(last)}" for first, last in runs[:_MOST_NAMED]]
    return "、".join(said) + "…" * (len(runs) > _MOST_NAMED)


def _letters(column: int) -> str:
    return name_place(1, column)[:-1]
