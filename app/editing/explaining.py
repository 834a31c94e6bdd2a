"""审核说明: what the user answers to a finding, as a Change like any other edit.

Decides how an explanation is kept: under the finding's key, with the sentence that it answers, so that it counts as
answered only while the figures stay.
"""

from app.editing import sentences
from app.editing.edits import clean_value
from app.form.change import Change, InsertRow, Patch, RemoveRow, SetValue
from app.form.form import Form
from app.form.rows import Explanation, Place
from app.review.finding import Finding


def explain(form: Form, finding: Finding, text: str, visit: str = "") -> Change | None:
    """Answer a finding, or take the answer back with an empty text; None when nothing changes.

    Changes of one ``visit`` of the field merge into one undo step once the row exists.
    """
    kept = str(clean_value(Place("explanations", finding.key, "text"), text))
    patches = _patches(form, Explanation(finding.key, kept, finding.message))
    if not patches:
        return None
    merge_key = f"{visit}:{finding.key}" if visit else None
    return Change(sentences.EXPLAIN.format(code=finding.code), patches, merge_key)


def _patches(form: Form, wanted: Explanation) -> tuple[Patch, ...]:
    for index, row in enumerate(form.explanations):
        if row.key == wanted.key:
            return _replace(index, row, wanted)
    last = len(form.explanations)
    return (InsertRow("explanations", last, wanted),) if wanted.text.strip() else ()


def _replace(index: int, row: Explanation, wanted: Explanation) -> tuple[Patch, ...]:
    if not wanted.text.strip():
        return (RemoveRow("explanations", index, row),)
    if row == wanted:
        return ()
    place = Place("explanations", row.key)
    return (
        SetValue(Place(place.section, place.key, "text"), row.text, wanted.text),
        SetValue(Place(place.section, place.key, "basis"), row.basis, wanted.basis),
    )
