"""The manual as values: chapters in the order of their file names, their headings, and where words stand in them.

Knows Markdown's headings only; how a chapter looks, `typesetting` decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.form.resources import resource

FOLDER: Final = "manual"
PICTURES: Final = "pictures"
SUFFIX: Final = ".md"
_HEADING: Final = re.compile(r"^(#{1,6}) +(.+?) *$", re.MULTILINE)
_FENCE: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_UNSEEN: Final = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)|\*\*"
)  # pictures, where links lead, what makes bold
_NOT_IN_ANCHORS: Final = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is read; ``level`` 1 is the chapter's title."""

    level: int
    text: str

    @property
    def anchor(self) -> str:
        """What links call it: lower case, without signs, spaces as hyphens, as web sites that show Markdown have it."""
        return _NOT_IN_ANCHORS.sub("", self.text.lower()).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manual; ``name`` is the file's, with its suffix."""

    name: str
    text: str

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings from top to bottom."""
        found = _HEADING.findall(_FENCE.sub("", self.text))
        return tuple(Heading(len(signs), text) for signs, text in found)

    @property
    def shown(self) -> str:
        """About what is read on its page: words are looked for in this."""
        return _UNSEEN.sub("", self.text)

    @property
    def title(self) -> str:
        """Its first heading, or its file's name."""
        return next((each.text for each in self.headings), self.name)


def list_chapters(folder: Path | None = None) -> tuple[Chapter, ...]:
    """The bundled chapters, or those of a folder."""
    place = folder or resource(FOLDER)
    return tuple(Chapter(path.name, path.read_text(encoding="utf-8")) for path in sorted(place.glob(f"*{SUFFIX}")))


def find_heading(chapters: tuple[Chapter, ...], beginning: str) -> tuple[str, str]:
    """File name and anchor of the first heading that begins so; two empty texts when none does."""
    for chapter in chapters:
        for heading in chapter.headings:
            if heading.text.split(" ")[0] == beginning:
                return chapter.name, heading.anchor
    return "", ""


def count_words(text: str, words: str) -> int:
    """How often the words stand in a text; capitals and small letters are the same."""
    return len(list(iterate_words(text, words)))


def iterate_words(text: str, words: str) -> Iterator[int]:
    """Where they begin."""
    if words:
        yield from (found.start() for found in re.finditer(re.escape(words), text, re.IGNORECASE))
