"""佐证材料 on their way: into a package that is handed over, and out of one that is taken in."""

import tempfile
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.form.form import Form
from app.models.evidence.keeping import Condition, inspect, keep_file
from app.models.evidence.packing import evidence_files
from app.sheet.handover.arriving import unpack
from app.sheet.handover.package import Member
from app.ui.tasks import Tell

NOT_IN_IT: Final = "佐证材料“{name}”不在这个文件里，请在“编辑 → 佐证材料”中重新添加"


def collect(folder: Path, form: Form) -> tuple[Member, ...]:
    """The files of a form under their names in a package. AppError when one is not there as it was listed."""
    files = evidence_files(folder, form)
    for file in files:
        condition = inspect(folder, file.row)
        if condition is not Condition.SOUND:
            raise AppError(condition.value.format(name=file.row.name))
    return tuple(Member(str(file.path), file.stored) for file in files)


def keep_all(folder: Path, path: Path, form: Form, tell: Tell) -> tuple[str, ...]:
    """Keep what a form lists, out of the package at ``path``; sentences about what is neither in it nor here already."""
    wanted = {row.sha256 for row in form.evidence if inspect(folder, row) is not Condition.SOUND}
    if not wanted:
        return ()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        found = unpack(path, wanted, Path(scratch), tell)
        for file in found.values():
            keep_file(folder, file)
    return tuple(
        NOT_IN_IT.format(name=row.name) for row in form.evidence if row.sha256 in wanted and row.sha256 not in found
    )
