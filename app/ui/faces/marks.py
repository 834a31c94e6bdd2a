"""Findings shown in the cells they speak of: a mark for mandatory ones, a note for advisory ones that are not answered."""

from collections.abc import Mapping
from dataclasses import replace

from app.editing.workspace import Outcome
from app.form.rows import Place
from app.review.finding import Finding, Level, is_answered
from app.ui.face import Face, Faces


def with_findings(faces: Faces, outcome: Outcome) -> Faces:
    """The table with every cell marked that a finding names; a finding about a whole row marks its first cell."""
    spoken = _by_place(outcome)
    keys = {place.key for place in spoken if place.key}
    groups = {place.key for place in spoken if place.section == "groups"}
    rows = tuple(
        _mark_row(row, key, spoken) if key in keys or (groups and _has_group(row, groups)) else row
        for row, key in zip(faces.rows, faces.keys, strict=True)
    )
    return replace(faces, rows=rows)


def mark_text(text: str, mark: str, place: Place, outcome: Outcome) -> tuple[str, str]:
    """Mark and note of a single field that shows ``text``, as for a cell of a table."""
    face = _mark(Face(text, place, mark=mark), _by_place(outcome).get(place, ()))
    return face.mark, face.note


def _by_place(outcome: Outcome) -> dict[Place, tuple[Finding, ...]]:
    spoken: dict[Place, tuple[Finding, ...]] = {}
    for finding in outcome.findings:
        if finding.level is Level.MANDATORY or not is_answered(outcome.form, finding):
            spoken[finding.place] = (*spoken.get(finding.place, ()), finding)
    return spoken


def _has_group(row: tuple[Face, ...], keys: set[str]) -> bool:
    return any(face.place is not None and face.place.section == "groups" and face.place.key in keys for face in row[:3])


def _mark_row(row: tuple[Face, ...], key: str, spoken: Mapping[Place, tuple[Finding, ...]]) -> tuple[Face, ...]:
    first = next((face.place for face in row if face.place is not None and face.place.key == key), None)
    whole = () if first is None else spoken.get(Place(first.section, key), ())
    return tuple(
        _mark(face, (*spoken.get(face.place, ()), *(whole if face.place == first else ()))) if face.place else face
        for face in row
    )


def _mark(face: Face, findings: tuple[Finding, ...]) -> Face:
    if not findings:
        return face
    # A blank cell is work to be done, not a mistake: a new form is not red all over.
    is_wrong = {finding: finding.level is Level.MANDATORY and bool(face.text.strip()) for finding in findings}
    # What can't be read is said by the cell itself already.
    said = face.mark or None
    mandatory = [each.message for each in findings if is_wrong[each] and (said is None or said not in each.message)]
    advisory = [finding.message for finding in findings if not is_wrong[finding]]
    return replace(
        face,
        mark="\n".join(part for part in (face.mark, *mandatory) if part),
        note="\n".join(part for part in (face.note, *advisory) if part),
    )
