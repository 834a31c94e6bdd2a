"""The numbers that Word itself sets before paragraphs: they are seen on the page and stand in no text.

Decides what a number looks like. Knows no table. Bullets say nothing and are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from app.sheet.reading.showing import captions

_CIRCLED: Final = 0x2460  # ①
_MOST_CIRCLED: Final = 20
_LETTERS: Final = 26
_ROMAN: Final = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_NUMBER: Final = 999
_MOST_LEVEL: Final = 8
_MOST_STYLES: Final = 12  # based on each other
_SILENT: Final = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: ``text`` has %1 … %9 where the numbers of the levels go."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


Place = tuple[str, int]  # a list, a level


@dataclass(slots=True)
class Numbering:
    """Remembers where each list of a document is. ``levels`` by list and level; ``styles`` that number their paragraphs."""

    levels: dict[Place, Level] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of which kind a list is: lists of one kind go on counting
    styles: dict[str, Place] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def next_number(self, paragraph: Element) -> str:
        """What stands before this paragraph; to be asked once for each, in order."""
        place = _place_of(paragraph, self.styles)
        level = self.levels.get(place) if place else None
        if place is None or level is None:
            return ""
        counts = self._counts.setdefault(self.kinds.get(place[0], place[0]), [])
        at = place[1]
        while len(counts) <= at:
            counts.append(self.levels.get((place[0], len(counts)), Level()).start - (len(counts) == at))
        counts[at] += 1
        del counts[at + 1 :]
        if level.form in _SILENT:
            return ""
        text = level.text
        for number, count in enumerate(counts, 1):
            form = self.levels.get((place[0], number - 1), level).form
            text = text.replace(f"%{number}", write_number(count, form))
        return text


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists that the two parts of a document describe; None for a part that it does not have."""
    found = Numbering()
    if numbering is None:
        return found
    kinds = {attribute(each, "abstractNumId"): each for each in children(numbering, "abstractNum")}
    for each in children(numbering, "num"):
        name = attribute(each, "numId")
        kind = value(each, "abstractNumId")
        levels = dict(_levels(kinds[kind])) if kind in kinds else {}
        overrides = list(children(each, "lvlOverride"))
        for override in overrides:
            at = _count(attribute(override, "ilvl"))
            levels |= _levels(override)
            start = value(override, "startOverride")
            if start and at in levels:
                levels[at] = Level(_count(start), levels[at].form, levels[at].text)
        found.levels |= {(name, at): level for at, level in levels.items()}
        found.kinds[name] = name if overrides else f"kind {kind}"
    if styles is not None:
        found.styles.update(_numbered_styles(styles))
    return found


def _levels(holder: Element) -> Iterator[tuple[int, Level]]:
    for each in children(holder, "lvl"):
        level = Level(_count(value(each, "start") or "1"), value(each, "numFmt") or "decimal", value(each, "lvlText"))
        yield min(_count(attribute(each, "ilvl")), _MOST_LEVEL), level


def _numbered_styles(styles: Element) -> Iterator[tuple[str, Place]]:
    by_name = {attribute(each, "styleId"): each for each in children(styles, "style")}
    for name, style in by_name.items():
        each: Element | None = style
        for _ in range(_MOST_STYLES):
            if each is None:
                break
            place = _place_of(each, {})
            if place is not None:
                yield name, place
                break
            each = by_name.get(value(each, "basedOn"))


def _place_of(paragraph: Element, styles: dict[str, Place]) -> Place | None:
    """The list and level of a paragraph or style; list "0" says that there is none."""
    properties = next(children(paragraph, "pPr"), None)
    if properties is None:
        return None
    numbered = next(children(properties, "numPr"), None)
    by_style = styles.get(value(properties, "pStyle"))
    if numbered is None:
        return by_style
    name = value(numbered, "numId") or (by_style[0] if by_style else "")
    return (name, min(_count(value(numbered, "ilvl") or "0"), _MOST_LEVEL)) if name not in ("", "0") else None


def write_number(number: int, form: str) -> str:
    """A number from 1 on in one of Word's forms; in digits where there is no other way."""
    if not 1 <= number <= _MOST_NUMBER:
        return str(number)
    match form:
        case "decimalZero":
            return f"{number:02d}"
        case "upperLetter" | "lowerLetter":
            repeats, letter = divmod(number - 1, _LETTERS)
            letters = chr(ord("a") + letter) * (repeats + 1)
            return letters.upper() if form == "upperLetter" else letters
        case "upperRoman" | "lowerRoman":
            roman = _write_roman(number)
            return roman.upper() if form == "upperRoman" else roman
        case _ if "EnclosedCircle" in form and number <= _MOST_CIRCLED:
            return chr(_CIRCLED + number - 1)
        case _ if "hinese" in form or form in ("japaneseCounting", "taiwaneseCounting", "ideographDigital"):
            return _write_chinese(number)
    return str(number)


def _write_roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _write_chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{captions.DIGITS[hundreds]}{captions.HUNDRED}" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else captions.DIGITS[tens]) + captions.TEN
    elif hundreds and ones:
        text += captions.DIGITS[0]
    return text + (captions.DIGITS[ones] if ones else "")


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of one name."""
    return (child for child in element if local_name(child) == name)


def attribute(element: Element, name: str) -> str:
    """An attribute of an element, whatever its namespace; "" when it has none."""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def value(element: Element, name: str) -> str:
    """What a property says that stands in an element: <name val="…"/>; "" when there is none."""
    return next((attribute(child, "val") for child in children(element, name)), "")


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004  no list is longer
