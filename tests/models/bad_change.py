"""A program with a bug: it submits a text that no file can hold; run as `python -m`, exit 0 when the bug is told."""

import logging
import sys
from pathlib import Path
from queue import SimpleQueue

from app.form.change import Change, SetValue
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place
from app.models.state import SaveState, Unsaved
from app.models.writer import Writer


def submit(folder: Path) -> None:
    logging.basicConfig()
    states: SimpleQueue[SaveState] = SimpleQueue()
    writer = Writer(folder, states.put)
    form_id = writer.create(blank_form(load_template("rugao-2024"), "甲局"), "新建").id
    change = Change("机密", (SetValue(Place("indicators", "indicator-09", "score"), "", "机密\udc00"),))
    writer.submit(form_id, change)
    while not isinstance(state := states.get(), Unsaved):
        pass
    writer.retry()
    assert states.get() == state
    assert state.pending == 1
    assert "内部错误" in state.because
    assert not writer.close(5)


if __name__ == "__main__":
    submit(Path(sys.argv[1]))
