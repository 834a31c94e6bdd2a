"""What exported files are called: unit, year, title and version, so that the newest one is told by its name.

Decides names only. Knows no folder.
"""

from collections.abc import Callable
from itertools import count
from typing import Final

from app.form.form import Form
from app.review.edition import Draft, Edition
from app.sheet import captions
from app.sheet.files import MOST_NAME, safe_filename

_ENDING: Final = 5  # characters: ".xlsx"


def file_stem(form: Form, edition: Edition) -> str:
    """单位-年度-部门整体支出绩效自评价表-v版本 (草稿 in a draft), at most 75 characters: it is the unit that is cut."""
    version = captions.DRAFT if isinstance(edition, Draft) else f"v{edition.number}"
    rest = "-".join(filter(None, (form.cover.year.strip(), form.template.title, version)))
    unit = form.cover.unit.strip()[: max(0, MOST_NAME - _ENDING - 1 - len(rest))]
    return safe_filename("-".join(filter(None, (unit, rest))))[: MOST_NAME - _ENDING].rstrip(". ")


def free_name(stem: str, suffix: str, is_taken: Callable[[str], bool]) -> str:
    """The name, with (2), (3) … where it is taken; at most 80 characters."""
    for number in count(1):
        mark = f"({number})" if number > 1 else ""
        name = f"{stem[: MOST_NAME - len(mark) - len(suffix)]}{mark}{suffix}"
        if not is_taken(name):
            return name
    raise AssertionError  # numbers never end
