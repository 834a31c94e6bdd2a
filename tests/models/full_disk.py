"""A program whose disk is full for a while (a limit on the size of its files); run as `python -m`, exit 0 when all is kept."""

import resource
import sys
from pathlib import Path
from queue import SimpleQueue

from app.form.change import Change, SetValue
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place
from app.models.folder import FILE_NAME
from app.models.state import Saved, SaveState, Unsaved
from app.models.writer import Writer

TEXT = Place("staffing", "", "text")
LONG = "很长的一段文字" * 40_000


def fill(folder: Path) -> None:
    states: SimpleQueue[SaveState] = SimpleQueue()
    writer = Writer(folder, states.put)
    form_id = writer.create(blank_form(load_template("rugao-2024"), "甲局"), "新建").id
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / FILE_NAME).stat().st_size + 8192, most))

    writer.submit(form_id, Change("改", (SetValue(TEXT, "", LONG),)))
    writer.submit(form_id, Change("再改", (SetValue(TEXT, LONG, "短"),)))
    while not isinstance(state := states.get(), Unsaved):
        assert not isinstance(state, Saved)
    assert state.pending == 2, state
    assert "未能确认已保存" in state.because
    assert not writer.flush(5)
    assert not writer.close(5)

    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    writer.retry()
    while not isinstance(states.get(), Saved):
        pass
    assert [entry.change.text for entry in writer.history(form_id)] == ["新建", "改", "再改"]
    assert writer.load(form_id).staffing.text == "短"
    assert writer.close(5)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
