"""Findings shown in the cells they speak of: a mark for mandatory ones, a note for advisory ones that are not answered."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Final

from app.editing.workspace import Outcome
from app.form.rows import Place, Section
from app.review.finding import Finding, Level, is_answered
from app.ui.face import Face, Faces

PLACE: Final = attrgetter("place")
LABELS: Final = 2  # the first columns, in which labels of groups may stand: they are no cells of the row's own key

# What is said in a row or record, by field; "" for what is about all of it.
Said = dict[str, tuple[Finding, ...]]


def with_findings(faces: Faces, outcome: Outcome) -> Faces:
    """The table with every cell marked that a finding names; a finding about a whole row marks its first cell."""
    said = _by_row(outcome)
    keys = {key for _, key in said}
    rows = [
        tuple(_mark_row(row, said)) if key in keys or any(map(PLACE, row[:LABELS])) else row
        for row, key in zip(faces.rows, faces.keys, strict=True)
    ]
    return replace(faces, rows=tuple(rows))


def mark_text(text: str, mark: str, place: Place, outcome: Outcome) -> tuple[str, str]:
    """Mark and note of a single field that shows ``text``, as for a cell of a table."""
    findings = tuple(finding for finding in outcome.findings if finding.place == place and _is_open(finding, outcome))
    face = _mark(Face(text, place, mark=mark), findings)
    return face.mark, face.note


def _is_open(finding: Finding, outcome: Outcome) -> bool:
    return finding.level is Level.MANDATORY or not is_answered(outcome.form, finding)


def _by_row(outcome: Outcome) -> dict[tuple[Section, str], Said]:
    """What is said about rows, by section and key."""
    said: dict[tuple[Section, str], Said] = {}
    for finding in outcome.findings:
        place = finding.place
        if place.key and _is_open(finding, outcome):
            fields = said.setdefault((place.section, place.key), {})
            fields[place.field] = (*fields.get(place.field, ()), finding)
    return said


def _mark_row(row: tuple[Face, ...], said: Mapping[tuple[Section, str], Said]) -> Iterator[Face]:
    seen = ""
    for face in row:
        place = face.place
        fields = None if place is None else said.get((place.section, place.key))
        if place is None or fields is None:
            yield face
        else:
            whole = () if seen == place.key else fields.get("", ())
            seen = place.key
            yield _mark(face, (*fields.get(place.field, ()), *whole))


# Most marked cells are those of before the edit: they keep their very faces, too.
@lru_cache(maxsize=2048)
def _mark(face: Face, findings: tuple[Finding, ...]) -> Face:
    if not findings:
        return face
    # A blank cell is work to be done, not a mistake: a new form is not red all over.
    is_typed = bool(face.text.strip())
    mandatory = [each.message for each in findings if is_typed and each.level is Level.MANDATORY]
    advisory = [each.message for each in findings if not is_typed or each.level is not Level.MANDATORY]
    # What can't be read is said by the cell itself already.
    unsaid = [message for message in mandatory if not face.mark or face.mark not in message]
    return replace(
        face,
        mark="\n".join(part for part in (face.mark, *unsaid) if part),
        note="\n".join(part for part in (face.note, *advisory) if part),
    )
