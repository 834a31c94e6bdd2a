"""The sanitiser: what every store and file format accepts, and otherwise what was typed."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.text import Sanitised, excerpt, sanitise, utf16_length

ANY_TEXT = st.text(st.characters())
UNPRINTABLE = st.text("\x00\x07\t\n\v\f\r\x1b\x7f\x85\u2028\u2029\ufeff\ufdd0\ufffe\U0001ffff\ud800\udc00a实")


@pytest.mark.parametrize(
    ("typed", "kept", "removed"),
    [
        ("", "", 0),
        ("合规", "合规", 0),
        ("a\tb\nc", "a\tb\nc", 0),
        ("a\r\nb\rc\u2028d\u2029e\vf\fg\u0085h", "a\nb\nc\nd\ne\nf\ng\nh", 0),
        ("a\r\r\nb", "a\n\nb", 0),
        ("\ufeff合\x00规\x07\x1b\x7f\x9f", "合规", 6),
        ("\ud83d\ude00|\ud800", "|", 3),
        ("\ufffe\uffff\ufdd0\ufdef\U0001fffe\U0010ffff", "", 6),
        (" 　两头 ", " 　两头 ", 0),
        # kept as typed: no normalisation, joiners, variation selectors, private use, beyond the BMP
        ("e\u0301 é 👨\u200d👩 辻\U000e0100 \ue000 𫖯", "e\u0301 é 👨\u200d👩 辻\U000e0100 \ue000 𫖯", 0),
    ],
    ids=ascii,
)
def test_text_of_several_lines(typed: str, kept: str, removed: int) -> None:
    assert sanitise(typed) == Sanitised(kept, removed)


def test_a_single_line_has_no_tab_and_no_line_end() -> None:
    assert sanitise("a\tb\r\nc\u2028d\x00", is_multiline=False) == Sanitised("a b c d", 1)


@given(ANY_TEXT | UNPRINTABLE, st.booleans())
def test_what_is_kept_needs_no_second_cleaning(text: str, is_multiline: bool) -> None:
    kept = sanitise(text, is_multiline=is_multiline).text
    assert sanitise(kept, is_multiline=is_multiline) == Sanitised(kept, 0)


@given(ANY_TEXT | UNPRINTABLE)
def test_what_is_kept_can_be_stored_anywhere(text: str) -> None:
    kept = sanitise(text).text
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert json.loads(json.dumps(kept)) == kept
    assert {character for character in kept if unicodedata.category(character) in {"Cc", "Cs"}} <= {"\t", "\n"}
    assert not any(ord(character) & 0xFFFE == 0xFFFE for character in kept)


@given(ANY_TEXT | UNPRINTABLE)
def test_everything_else_stays_in_its_order(text: str) -> None:
    lines = re.sub("\r\n|[\r\v\f\u0085\u2028\u2029]", "\n", text)
    result = sanitise(text)
    assert len(result.text) == len(lines) - result.removed
    letters = [character for character in lines if character.isprintable() and not 0xFDD0 <= ord(character) < 0xFDF0]
    assert [character for character in result.text if character.isprintable()] == letters


@given(ANY_TEXT)
def test_length_is_counted_in_utf16_units(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("十二个字十二个字十二个字", "十二个字十二个字十二个字"),
        ("a\nb\tc\x00", "a b c"),
        ("长" * 13, "长" * 12 + "…"),
    ],
    ids=ascii,
)
def test_an_excerpt_is_one_short_line(text: str, shown: str) -> None:
    assert excerpt(text) == shown
