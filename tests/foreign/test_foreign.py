"""Files of other makers become forms: the share of their fields that is recognised, and all that is not is in the plan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from app.editing.planning.importing import Status, plan_import, recognise_forms
from app.sheet.grid import Grid
from app.sheet.reading import serving
from app.sheet.reading.process.wire import lay_out
from app.sheet.reading.sniffing import sniff
from app.sheet.recognising.fitting import Recognition
from app.sheet.recognising.outline import Ref
from tests.foreign.corpus import File, read_corpus
from tests.foreign.drawing import HERE, Part, read_drawing
from tests.foreign.facts import Facts, expected_facts, expected_unrecognised, facts_of
from tests.tables import template

LEAST_SHARE = 0.98
LEAST_SHARE_OF_FILE = 0.9
FILES = read_corpus()


@dataclass(frozen=True)
class Score:
    """How many facts are right, how many there are (those that are expected, and those that nobody expected)."""

    right: int
    count: int

    @property
    def share(self) -> float:
        return self.right / self.count


@dataclass(frozen=True)
class Reading:
    """A file as it was read, beside its drawing."""

    parts: Sequence[Part]
    grids: tuple[Grid, ...]
    found: tuple[Recognition, ...]

    @property
    def facts(self) -> list[tuple[Facts, Facts]]:
        """What each form of the file is, and what was recognised as it."""
        count = max(part.form for part in self.parts) + 1
        forms = [facts_of(each) for each in self.found]
        return [
            (expected_facts(self.parts, number), forms[number] if number < len(forms) else {})
            for number in range(count)
        ]

    @property
    def listed(self) -> list[str]:
        """The texts that the plans call unrecognised."""
        lines = (line for each in self.found for line in plan_import(each, self.grids, "表").lines)
        cells = {line.ref: line.text.strip() for line in lines if line.status is Status.UNRECOGNISED}
        return sorted(cells.values())


def read(file: File) -> Reading:
    path = HERE / "files" / file.name
    content = path.read_bytes()
    # Without a process of its own for each: there are many files.
    grids = tuple(map(lay_out, serving.read(sniff(content), content, path).tables))
    parts = read_drawing((HERE / "drawings" / f"{file.drawing}.txt").read_text("utf-8"))
    return Reading(parts, grids, recognise_forms(grids, [template()]))


def score(reading: Reading) -> Score:
    pairs = reading.facts
    right = sum(found.get(name) == text for expected, found in pairs for name, text in expected.items())
    return Score(right, sum(len({*expected, *found}) for expected, found in pairs))


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return {file.name: read(file) for file in FILES}


def test_nearly_all_fields_of_foreign_files_are_recognised(readings: dict[str, Reading]) -> None:
    scores = {name: score(reading) for name, reading in readings.items()}
    for name, each in scores.items():
        print(f"{name:32}{each.right:5} of {each.count:5}{each.share:9.2%}")  # noqa: T201  the share of every file is asked for
    whole = Score(sum(each.right for each in scores.values()), sum(each.count for each in scores.values()))
    print(f"{len(scores)} files{whole.right:29} of {whole.count:5}{whole.share:9.2%}")  # noqa: T201  the same
    assert len(scores) >= 40
    assert whole.share >= LEAST_SHARE
    assert [name for name, each in scores.items() if each.share < LEAST_SHARE_OF_FILE] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_filled_cell_is_used_or_explained_or_listed(file: File, readings: dict[str, Reading]) -> None:
    reading = readings[file.name]
    known: set[Ref] = set()
    for found in reading.found:
        known |= {*found.explained, *(ref for refs in found.sources.values() for ref in refs)}
        known |= {line.ref for line in plan_import(found, reading.grids, "表").lines if line.ref is not None}
    filled = {
        Ref(table, cell.row, cell.column): cell.text
        for table, grid in enumerate(reading.grids)
        for cell in grid.cells
        if cell.text.strip()
    }
    assert {ref: text for ref, text in filled.items() if ref not in known} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_no_form_can_keep_is_listed_as_not_recognised(file: File, readings: dict[str, Reading]) -> None:
    reading = readings[file.name]
    assert Counter(expected_unrecognised(reading.parts)) - Counter(reading.listed) == Counter()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_missed_can_be_seen_in_the_plan(file: File, readings: dict[str, Reading]) -> None:
    reading = readings[file.name]
    lines = [line.text for each in reading.found for line in plan_import(each, reading.grids, "表").lines]
    seen = "\n".join("".join(text.split()) for text in lines)
    missed = [
        text
        for expected, found in reading.facts
        for name, text in expected.items()
        if found.get(name) != text and name[-1] not in ("part of", "group")
    ]
    assert [text for text in missed if "".join(text.split()) not in seen] == []
