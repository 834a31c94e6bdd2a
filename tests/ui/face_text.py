"""Faces as text, for goldens: the table, then what its cells say besides their texts.

In the table every cell is marked by how it looks: [computed], {label}, ~dim~, "> " right-aligned, "!" wrong; a small
line follows "↳", ⏎ is a line end, a merged cell's other cells are blank.
"""

from app.ui.face import Face, Faces, Tone


def write_faces(faces: Faces) -> str:
    """The whole table as text."""
    covered = {
        (span.row + row, span.column + column)
        for span in faces.spans
        for row in range(span.rows)
        for column in range(span.columns)
        if row or column
    }
    lines = [" | ".join(faces.headings), ""]
    for number, row in enumerate(faces.rows):
        cells = ("" if (number, column) in covered else write_face(face) for column, face in enumerate(row))
        lines.append(" | ".join(cells).rstrip())
    spans = [f"{span.rows}×{span.columns} at {span.row + 1},{span.column + 1}" for span in faces.spans]
    marks = [
        f"{number}. {_flat(face.text)}: {face.mark}"
        for number, row in enumerate(faces.rows, 1)
        for face in row
        if face.mark
    ]
    hints = dict.fromkeys(f"{_flat(face.text)}: {_flat(face.hint)}" for row in faces.rows for face in row if face.hint)
    for title, part in (("merged", spans), ("wrong", marks), ("hints", list(hints))):
        lines += ["", f"-- {title}", *part]
    return "\n".join(lines) + "\n"


def write_face(face: Face) -> str:
    """One cell."""
    text = _flat(face.display)
    if face.is_dim:
        text = f"~{text}~"
    if face.tone is Tone.COMPUTED:
        text = f"[{text}]"
    elif face.tone is Tone.LABEL and text:
        text = f"{{{text}}}"
    right = "> " if face.align == "right" else ""
    below = f" ↳ {_flat(face.subtext)}" if face.subtext else ""
    return f"{'!' if face.mark else ''}{right}{text}{below}"


def _flat(text: str) -> str:
    return text.replace("\n", "⏎")
