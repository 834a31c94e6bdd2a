"""Whatever a file does, reading it ends: one sentence, soon, in little memory, and the file is as it was."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.sheet.reading import sentences
from app.sheet.reading.refusal import Reason
from tests.sheet.reading.hostile import HOSTILE
from tests.sheet.reading.packages import biff, compound, document, number, pack, record, workbook, workbook_parts

SECONDS = 5.0
MEMORY = 300_000_000
LAST_ROW = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" s="1" customFormat="1"><c r="XFD1048576" s="1"/></row>'
)

HARMLESS: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "a formatted row at the end": (lambda: workbook(LAST_ROW), ["1"]),
    "a declared range that lies": (
        lambda: pack(
            (parts := workbook_parts("<row><c><v>2</v></c></row>"))
            | {
                "xl/worksheets/sheet1.xml": str(parts["xl/worksheets/sheet1.xml"]).replace(
                    "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
                )
            }
        ),
        ["2"],
    ),
    "macros": (lambda: pack(workbook_parts() | {"xl/vbaProject.bin": b"Auto_Open"}), ["1"]),
    "a total that lies": (lambda: workbook("<row><c><f>1+1</f><v>999999</v></c></row>"), ["999999"]),
    "numbers beyond all": (lambda: workbook("<row><c><v>1e999</v></c><c><v>7</v></c></row>"), ["#NUM!", "7"]),
    "a text for styles that are not there": (
        lambda: document('<w:p><w:pPr><w:pStyle w:val="gone"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'),
        ["甲"],
    ),
    "links to the outside": (
        lambda: pack(
            workbook_parts()
            | {
                "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                'relationships"><Relationship Id="r1" Type="x/hyperlink" Target="http://127.0.0.1:9/" TargetMode="External"/>'
                "</Relationships>"
            }
        ),
        ["1"],
    ),
    "an old workbook": (
        lambda: compound({"Workbook": biff(number(0, 0, 0.875, 1), record(0x041E, b"\xa4\0\x04\0\0" + b'0"w"'))}),
        ["87.50%"],
    ),
}


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All files read, one after the other, by a program of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, hostile in HOSTILE.items():
        (folder / f"{name}.xlsx").write_bytes(hostile.make())
    for name, (make, _) in HARMLESS.items():
        (folder / f"{name}.xlsx").write_bytes(make())
    command = [sys.executable, "-m", "tests.sheet.reading.attempts", str(folder)]
    finished = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).resolve().parents[3])
    said: dict[str, Any] = json.loads(finished.stdout)
    return said | {"by_name": {each["name"].removesuffix(".xlsx"): each for each in said["attempts"]}}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_one_sentence(attempts: dict[str, Any], name: str) -> None:
    attempt = attempts["by_name"][name]
    assert reason_of(attempt["said"]) in HOSTILE[name].reasons, attempt["said"]
    assert attempt["seconds"] < SECONDS + 3  # this machine may do other things beside it; the child itself gets 4 s
    assert attempt["is_unchanged"]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_hostile_is_read(attempts: dict[str, Any], name: str) -> None:
    attempt = attempts["by_name"][name]
    assert (attempt["said"], attempt["texts"]) == ("", HARMLESS[name][1])


def test_no_file_needs_much_memory(attempts: dict[str, Any]) -> None:
    assert attempts["peak"] < MEMORY


def reason_of(said: str) -> Reason | None:
    """The reason whose words a sentence has."""
    for reason, words in sentences.REASONS.items():
        before, _, after = words.partition("{place}")
        if before in said and after in said:
            return reason
    return None


def test_every_reason_has_its_own_words() -> None:
    assert set(sentences.REASONS) == set(Reason)
    for reason, words in sentences.REASONS.items():
        assert reason_of(sentences.REFUSED.format(name="表.xlsx", because=words.format(place="A1"))) is reason
        assert "请" in words
