"""The manual's pages hold together: pictures, links, the chapter of codes, letters that the PDF's font has."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from app.form.resources import resource
from app.review.captions import CHECKS, ON_EXPORT
from app.ui.manual.chapters import Chapter, find_heading, list_chapters
from scripts.manual.advice import ADVICE
from scripts.manual.checks import TARGET, write_checks
from tests.manual.words import MANUAL, PAGES, ROOT, links, name_page, read

MOST: Final = 3_000_000  # bytes of all pictures
CHAPTERS: Final = list_chapters(MANUAL)


def test_every_picture_that_is_shown_exists_and_every_one_that_exists_is_shown() -> None:
    shown = {target for chapter in CHAPTERS for is_picture, target in links(chapter.text) if is_picture}

    assert shown == {f"pictures/{path.name}" for path in (MANUAL / "pictures").iterdir()}


def test_the_pictures_are_small() -> None:
    paths = list((MANUAL / "pictures").iterdir())

    assert sum(path.stat().st_size for path in paths) <= MOST
    for path in paths:
        with Image.open(path) as picture:
            assert (picture.format, picture.mode) == ("PNG", "P"), path.name


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_link_leads_to_a_file_and_a_heading_in_it(page: Path) -> None:
    for is_picture, target in links(read(page)):
        name, _, anchor = target.partition("#")
        path = page if not name else (page.parent / name).resolve()
        assert path.exists(), target
        assert ROOT in path.parents, target
        if anchor and not is_picture:
            assert anchor in {heading.anchor for heading in Chapter(path.name, read(path)).headings}, target


def test_every_chapter_has_one_title_and_the_readme_leads_to_it() -> None:
    led_to = {Path(target.partition("#")[0]).name for _is_picture, target in links(read(ROOT / "README.md"))}
    for chapter in CHAPTERS:
        assert [heading.level for heading in chapter.headings].count(1) == 1, chapter.name
        assert chapter.name in led_to


def test_a_paragraph_is_one_line() -> None:
    """Markdown makes a space of a line's end, which Chinese text does not have."""
    for chapter in CHAPTERS:
        lines = chapter.text.split("```")[::2]
        pairs = [pair for part in lines for pair in zip(part.split("\n"), part.split("\n")[1:], strict=False)]
        assert not [
            pair for pair in pairs if pair[0] and pair[1] and not any(line[0] in "#|-> 0123456789" for line in pair)
        ], chapter.name


def test_the_chapter_of_codes_is_what_the_catalogue_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == write_checks()


def test_every_code_has_advice_and_a_place_in_the_manual() -> None:
    codes = {check.code for check in CHECKS} | {code for code, _title, _how in ON_EXPORT}

    assert set(ADVICE) == codes
    for code in codes:
        name, anchor = find_heading(CHAPTERS, code)
        assert (name, anchor.startswith(code.lower())) == (TARGET.name, True)


def test_the_font_of_the_pdf_has_every_letter() -> None:
    font = TTFont(resource("fonts", "NotoSansSC-Medium.ttf"))
    letters = set("".join(chapter.text for chapter in CHAPTERS)) - {"\n"}

    assert not {letter for letter in letters if ord(letter) not in font.getBestCmap()}


def test_the_pdf_has_contents_and_every_chapter(tmp_path: Path) -> None:
    """In a process of its own, for it sets up an application."""
    target = tmp_path / "manual.pdf"
    program = f"import pathlib, scripts.manual.book as book; print(book.print_book(pathlib.Path({str(target)!r})))"
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)

    assert int(answer.stdout) > len(CHAPTERS)
    assert target.read_bytes().startswith(b"%PDF")
    pages = ["".join(text.split()) for text in _texts(target)]
    titles = ["".join(chapter.title.split()) for chapter in CHAPTERS]
    assert all(any(title in page for page in pages[:3]) for title in titles)
    assert [title for title in titles if not any(page.startswith(title) for page in pages[2:])] == []


def _texts(path: Path) -> list[str]:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  # only here

    document = pypdfium2.PdfDocument(path)
    found = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    return found
