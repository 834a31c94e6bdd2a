"""A program that edits until it is killed: it starts one typist after the other and hands on what they acknowledge.

Asked "MODE SEED FOLDER" per line of its input. Each typist says "pid N", then "ack N" for its N-th edit: in mode
"honest" once the writer told Saved, in mode "hasty" (the negative control) before the edit is even made.
"""

import os
import sys
from pathlib import Path
from queue import SimpleQueue
from random import Random

import app.models.store  # noqa: F401 - loaded once, before the forks
from app.editing.workspace import open_workspace
from app.form.change import Change, InsertRow, MoveRow, Patch, RemoveRow, SetValue
from app.form.form import Form
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place, TextItem
from app.models.state import Saved, SaveState
from app.models.writer import Writer

LEAD = 200  # acknowledgements a hasty typist is ahead


def first_form() -> Form:
    """The form every typist's work begins with."""
    return blank_form(load_template("rugao-2024"), "甲局")


def make_change(form: Form, seed: int, number: int) -> Change:
    """The ``number``-th edit of a form: the same for everyone who asks with the same seed."""
    dice = Random(f"{seed}:{number}")  # noqa: S311 - repeatable on purpose
    return Change(f"第 {number} 次", (_make_patch(form, dice, number),))


def _make_patch(form: Form, dice: Random, number: int) -> Patch:
    kind, duties = dice.randrange(6), form.duties
    if kind == 0 or len(duties) < 2:
        text = f"{number}" * dice.randint(1, 2000)
        return InsertRow("duties", dice.randint(0, len(duties)), TextItem(f"duty-{number}", text))
    index = dice.randrange(len(duties))
    if kind == 1:
        return RemoveRow("duties", index, duties[index])
    if kind == 2:
        return MoveRow("duties", duties[index].key, index, dice.randrange(len(duties)))
    row = dice.choice(form.indicators)
    return SetValue(Place("indicators", row.key, "score"), row.score, f"{number}.5")


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def type_on(mode: str, seed: int, folder: Path) -> None:
    states: SimpleQueue[SaveState] = SimpleQueue()
    writer = Writer(folder, states.put)
    if not writer.list_forms():
        writer.create(first_form(), "新建")
    workspace = open_workspace(writer, writer.list_forms()[0].id)
    number = len(writer.history(workspace.form_id))
    if mode == "hasty":
        for ahead in range(LEAD):
            say(f"ack {number + ahead}")
    while True:
        workspace.apply(make_change(workspace.outcome.form, seed, number))
        while not isinstance(states.get(), Saved):
            pass
        say(f"ack {number}")
        number += 1


def serve() -> None:
    say("ready")
    for line in sys.stdin:
        mode, seed, folder = line.split(maxsplit=2)
        pid = os.fork()
        if not pid:
            say(f"pid {os.getpid()}")
            type_on(mode, int(seed), Path(folder.strip()))
        os.waitpid(pid, 0)
        say("gone")


if __name__ == "__main__":
    serve()
