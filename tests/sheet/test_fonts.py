"""The bundled fonts, and which of them shows a character."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from app.form.resources import resource
from app.sheet.page.fonts import STAND_IN, Type, advances, face, find, glyphs
from app.sheet.page.truetype import FontDamaged, cut, read
from scripts.subset_fonts import COMPATIBILITY_HAN, RADICALS, chosen, gb_2312, is_han

SERIF, SANS, FULL = "NotoSerifSC-Regular.ttf", "NotoSansSC-Medium.ttf", "NotoSerifSC-Regular-Full.ttf"
SYMBOLS = "〔〕≥≤“”‘’①⑳②%‰㎡℃№■□ⅠⅫ→←↑↓✓…—·￥¥√×÷±（）《》【】、。，；：？！１２３ＡＢＣ＋－～〇"


@pytest.mark.parametrize("name", [SERIF, SANS, FULL])
def test_each_font_shows_gb_2312_symbols_and_rare_names(name: str) -> None:
    held = {ord(character) for character in face(name).glyphs}
    assert gb_2312() - held == set()
    assert [symbol for symbol in SYMBOLS + "𫖯𬱖镕堃玥祎喆" if ord(symbol) not in held] == []


@pytest.mark.parametrize("name", [SERIF, SANS, FULL])
def test_no_font_holds_radicals_whose_glyphs_ordinary_characters_share(name: str) -> None:
    held = {ord(character) for character in face(name).glyphs}
    assert held & {*RADICALS, *COMPATIBILITY_HAN} == set()


@pytest.mark.parametrize("name", [SERIF, SANS, FULL])
def test_every_han_has_an_outline_made_of_no_other_glyphs(name: str) -> None:
    shown = face(name)
    outlines, starts = shown.tables["glyf"], shown.offsets
    numbers = [number for character, number in shown.glyphs.items() if is_han(ord(character))]
    assert [number for number in numbers if starts[number] == starts[number + 1]] == []
    # A composite glyph has a negative number of contours; `cut` copies outlines without looking for others.
    filled = (number for number in range(len(starts) - 1) if starts[number] < starts[number + 1])
    assert [number for number in filled if outlines[starts[number]] & 0x80] == []


def test_the_fonts_are_what_their_readme_says() -> None:
    stated = dict(re.findall(r"`(\S+\.ttf)`.*`([0-9a-f]{64})`", resource("fonts", "README.md").read_text("utf-8")))
    files = {path.name: path for path in resource("fonts").glob("*.ttf")}
    assert {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == stated
    assert sum(path.stat().st_size for path in files.values()) <= 40_000_000


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = resource("fonts", "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence


def test_the_script_keeps_the_everyday_characters() -> None:
    held = {ord(character) for character in "工\u2f2f\uf900健㐀𫖯A≥"}
    assert chosen(held, {ord("𫖯")}, is_whole=False) == {ord(character) for character in "工健𫖯A≥"}
    assert chosen(held, set(), is_whole=True) == {ord(character) for character in "工健㐀𫖯A≥"}


@pytest.mark.parametrize(
    ("character", "kind", "expected"),
    [
        ("健", Type.SONG, SERIF),
        ("健", Type.HEI, SANS),
        ("𫖯", Type.HEI, SANS),
        ("㐀", Type.SONG, FULL),
        ("㐀", Type.HEI, FULL),
        ("\u2f2f", Type.SONG, SERIF),
    ],
)
def test_the_face_asked_for_comes_first_then_the_full_one(character: str, kind: Type, expected: str) -> None:
    glyph = find(character, kind)
    assert (glyph.face, glyph.is_missing) == (expected, False)


def test_a_radical_looks_like_its_character() -> None:
    assert find("\u2f2f", Type.SONG) == find("工", Type.SONG)


@pytest.mark.parametrize("character", ["𠮷", "☑", "😀", "\ue000"])
def test_a_character_that_no_face_has_is_shown_by_a_mark(character: str) -> None:
    glyph, mark = find(character, Type.SONG), find(STAND_IN, Type.SONG)
    assert glyph.is_missing
    assert (glyph.face, glyph.number) == (mark.face, mark.number)


@pytest.mark.parametrize("character", ["\u200d", "\ufe00", "\U000e0100", "\u202e", "\x07"])
def test_a_character_without_a_shape_takes_no_room_and_is_not_missing(character: str) -> None:
    glyph = find(character, Type.SONG)
    assert (glyph.advance, glyph.is_missing) == (0, False)


def test_widths_are_those_of_the_glyphs() -> None:
    assert [advances(kind)["国"] for kind in Type] == [1.0, 1.0]
    assert all(advances(kind)[character] == glyphs(kind)[character].advance for kind in Type for character in "1a，㐀")
    assert advances(Type.SONG)["1"] == 0.471


def test_a_cut_face_holds_the_glyphs_asked_for(tmp_path: Path) -> None:
    shown = face(SERIF)
    numbers = [0, *(shown.glyphs[character] for character in "绩效ABC")]
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - an independent reader, slow to import

    (tmp_path / "cut.ttf").write_bytes(cut(shown, numbers))
    whole, small = TTFont(resource("fonts", SERIF)), TTFont(tmp_path / "cut.ttf", checkChecksums=2)
    assert small["maxp"].numGlyphs == 6
    for new, old in enumerate(numbers):
        old_name, new_name = whole.getGlyphName(old), small.getGlyphName(new)
        assert small["hmtx"][new_name] == whole["hmtx"][old_name]
        assert small["glyf"][new_name] == whole["glyf"][old_name]


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(40), b"\0\1\0\0\0\1" + bytes(6) + b"glyf" + bytes(12)])
def test_a_damaged_font_is_said_to_be_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.ttf"
    path.write_bytes(content)
    with pytest.raises(FontDamaged, match=r"damaged\.ttf"):
        read(path)
