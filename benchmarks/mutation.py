"""Office files, PDFs and packages with something wrong in them: most stay well-formed, so that they get past the first look.

Decides how a file is changed. Knows no reader.
"""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

Members = dict[str, bytes]

_NUMBERS: Final = ("0", "-1", "1", "7", "63", "255", "65536", "1048576", "9999999999", "1e999", "NaN", "", "x")
_PLACES: Final = ("A1", "B2", "XFD1048576", "ZZ100000", "A0", "AAAA1", "A1:XFD1048576", "B3:A1", "A1:C3", "1", "")
_TEXTS: Final = (
    "",
    " ",
    "\u200b",
    "=1+1",
    "<r>x</r>",
    "\U0002000b",
    "\u202e",
    "9" * 400,
    "a" * 40_000,
    "-",
    "100%",
    "≥98%",
)
_FORMATS: Final = (
    "0.0%",
    "[h]:mm",
    "yyyy",
    '"',
    ";;;;;",
    "[",
    "0" * 300,
    "@@",
    "#,##0,,,",
    "General;General",
    "[>x]0",
    "\\",
)
_LIKELY: Final = ("sheet", "document", "styles", "sharedStrings", "workbook", "numbering")
_MOST_CHANGES: Final = 6
_TYPES: Final = "[Content_Types].xml"  # what Office files have, and packages of them have not
_BYTES: Final = 0.12  # of the files are changed as bytes, whatever that breaks
_DIRECTORY: Final = 0.08  # in their directory


def mutate(content: bytes, die: Random) -> bytes:
    """A file with some changes."""
    if not content.startswith(b"PK"):
        return _change_figures(_change_bytes(content, die) if die.random() < 1 / 2 else content, die)
    if die.random() < _BYTES:
        return _change_bytes(content, die)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if die.random() < _DIRECTORY:
        _change_directory(members, die)
    if _TYPES not in members:
        _change_file(members, die)
        return pack(members, die)
    for _ in range(die.randint(1, _MOST_CHANGES)):
        _change_part(members, die)
    return pack(members, die)


def pack(members: Members, die: Random | None = None) -> bytes:
    """The members as an archive; now and then, by the die, one stands in it twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if die and die.random() < _DIRECTORY / 4:
            name = die.choice(sorted(members))
            archive.writestr(name.upper() if die.random() < 1 / 2 else f"{name}/", members[name])
    return file.getvalue()


def _change_file(members: Members, die: Random) -> None:
    """One file of a package, as such a file is changed; the list is words and numbers."""
    name = die.choice([name for name in sorted(members) if members[name]] or [""])
    if name:
        members[name] = mutate(members[name], die)


def _change_bytes(content: bytes, die: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(die.randint(1, 20)):
        changed[die.randrange(len(changed))] = die.randrange(256)
    cut = die.randrange(len(changed)) if die.random() < 1 / 5 else len(changed)
    return bytes(changed[:cut])


def _change_figures(content: bytes, die: Random) -> bytes:
    """Some numbers that stand in it as text become others of the same length."""
    places = [match.span() for match in re.finditer(rb"\d+", content)]
    changed = bytearray(content)
    for start, end in die.sample(places, min(len(places), die.randint(1, 30))):
        changed[start:end] = b"".join(b"%d" % die.randrange(10) for _ in range(end - start))
    return bytes(changed)


def _change_directory(members: Members, die: Random) -> None:
    name = die.choice(sorted(members))
    match die.randrange(4):
        case 0:
            del members[name]
        case 1:
            members[f"../{name}"] = members[name]
        case 2:
            members[die.choice(sorted(members))] = members[name]
        case _:
            members["xl/media/image1.png"] = bytes(die.randrange(30_000_000))


def _change_part(members: Members, die: Random) -> None:
    names = [name for name in sorted(members) if name.endswith((".xml", ".rels"))]
    likely = [name for name in names if any(word in name for word in _LIKELY)]
    if not names:
        return
    name = die.choice(likely if likely and die.random() < 4 / 5 else names)
    try:
        root = ET.fromstring(members[name])  # noqa: S314  our own file
    except ET.ParseError:
        return
    for _ in range(die.randint(1, 4)):
        die.choice(_CHANGES)(root, die)
    members[name] = ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _pick(root: Element, die: Random) -> Element:
    return die.choice(list(root.iter()))


def _change_attribute(root: Element, die: Random) -> None:
    holders = [each for each in root.iter() if each.attrib]
    if holders:
        holder = die.choice(holders)
        key = die.choice(sorted(holder.attrib))
        holder.set(key, die.choice((*_NUMBERS, *_PLACES, *_FORMATS)))


def _change_place(root: Element, die: Random) -> None:
    """What says where a cell is, or how far it goes, most of all."""
    holders = [each for each in root.iter() for key in each.attrib if key in ("r", "ref") or key.endswith("}val")]
    if holders:
        holder = die.choice(holders)
        key = die.choice(sorted(holder.attrib))
        holder.set(key, die.choice((*_PLACES, *_NUMBERS)))


def _change_text(root: Element, die: Random) -> None:
    holders = [each for each in root.iter() if each.text and each.text.strip()]
    if holders:
        die.choice(holders).text = die.choice((*_TEXTS, *_NUMBERS))


def _remove(root: Element, die: Random) -> None:
    parent = _pick(root, die)
    if len(parent):
        del parent[die.randrange(len(parent))]


def _repeat(root: Element, die: Random) -> None:
    parent = _pick(root, die)
    if len(parent):
        child = die.choice(list(parent))
        parent.extend([child] * die.choice((1, 2, 50, 3_000 if len(child) < 9 else 5)))


def _move(root: Element, die: Random) -> None:
    parent, target = _pick(root, die), _pick(root, die)
    if len(parent):
        child = die.choice(list(parent))
        if target not in set(child.iter()):
            parent.remove(child)
            target.append(child)


def _nest(root: Element, die: Random) -> None:
    """A copy of a part of it within itself, some levels deep."""
    parent = _pick(root, die)
    for _ in range(die.choice((1, 3, 300))):
        copy = Element(parent.tag, dict(parent.attrib))
        parent.append(copy)
        parent = copy


def _rename(root: Element, die: Random) -> None:
    _pick(root, die).tag = _pick(root, die).tag


_CHANGES: Final[tuple[Callable[[Element, Random], None], ...]] = (
    *(_change_attribute, _change_attribute, _change_place, _change_place, _change_text, _change_text),
    *(_remove, _repeat, _move, _nest, _rename),
)
