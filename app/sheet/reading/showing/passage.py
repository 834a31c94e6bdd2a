"""The text of a cell or paragraph in HTML, gathered piece by piece.

Decides what of the source is text: line breaks and runs of spaces in it are none, <br> and the ends of paragraphs are line
breaks. Knows no tag. Imports nothing of ours: the window's tables need it.
"""

import re
from dataclasses import dataclass, field
from typing import Final

HARD: Final = "\u00a0"
PARAGRAPHS: Final = frozenset(
    ["p", "div", "pre", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th"]
)
UNSEEN: Final = frozenset({"head", "script", "style", "title", "rt", "rp"})

_BLANK: Final = " \t\n\r\f"
_SPACES: Final = re.compile("[ \t\n\r\f]+")
_AROUND_BREAK: Final = re.compile(" *\n *")


@dataclass(slots=True)
class Passage:
    """``is_kept``: spaces stand as they are. ``is_broken``: a paragraph ended, what follows stands on another line."""

    is_kept: bool = False
    is_broken: bool = False
    parts: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """What stands in the source."""
        if not self.is_kept:
            text = _SPACES.sub(" ", text)
        if self.is_broken and text.strip(_BLANK):
            self.is_broken = False
            if self.parts and not self.parts[-1].endswith("\n"):
                self.parts.append("\n")
        self.parts.append(text)

    def break_line(self) -> None:
        """A <br>."""
        self.parts.append("\n")

    def text(self) -> str:
        """All of it, as it is seen."""
        whole = "".join(self.parts)
        if self.is_kept:
            return whole
        whole = _AROUND_BREAK.sub("\n", re.sub(" +", " ", whole)).strip(" \n").replace(HARD, " ")
        return whole if whole.strip() else ""
