"""Killed while typing, at any moment: nothing that was acknowledged is lost, and what is stored is whole.

The number of kills comes from JIXIAO_KILLS (30 unless set), so that the bench can ask for thousands.
"""

import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import IO, Final

import pytest

from app.form.change import apply_change
from app.form.form import Form
from app.models.folder import FILE_NAME
from tests.models.desk import open_desk
from tests.models.typist import first_form, make_change

ROOT: Final = Path(__file__).resolve().parents[2]
KILLS: Final = int(os.environ.get("JIXIAO_KILLS", "30"))
PER_FOLDER: Final = 30

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="typists are forked")


class Office:
    """Runs typists and kills them."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input: IO[bytes] = process.stdin
        self._output: IO[bytes] = process.stdout
        assert self._listen() == ["ready"]

    def run_and_kill(self, order: str, seconds: float, least: int = 1) -> int:
        """Let a typist work for ``seconds`` after its first ``least`` acknowledgements, kill it; the last one acknowledged."""
        self._input.write(f"{order}\n".encode())
        self._input.flush()
        (_, pid) = self._listen()
        acknowledged = 0
        for _ in range(least):
            acknowledged = int(self._listen()[1])
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self._output], [], [], left)[0]:
                acknowledged = int(self._listen()[1])
        os.kill(int(pid), signal.SIGKILL)
        while (words := self._listen()) != ["gone"]:
            acknowledged = int(words[1])
        return acknowledged

    def _listen(self) -> list[str]:
        return self._output.readline().decode().split()


@pytest.fixture
def office() -> Iterator[Office]:
    command = [sys.executable, "-m", "tests.models.typist"]
    # Unbuffered: otherwise select() would not see lines that were read ahead.
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        yield Office(process)
        process.kill()


def replay(seed: int, count: int) -> Form:
    form = first_form()
    for number in range(1, count + 1):
        form = apply_change(form, make_change(form, seed, number))
    return form


def count_stored(folder: Path, seed: int) -> int:
    """How many edits are stored, once the file is seen to be sound and the form to be exactly what they lead to."""
    with open_desk(folder) as desk:
        (entry,) = desk.list_forms()
        count = len(desk.history(entry.id)) - 1
        assert desk.load(entry.id) == replay(seed, count)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return count


def test_nothing_acknowledged_is_lost_by_kill_9(tmp_path: Path, office: Office) -> None:
    dice = Random(4)  # noqa: S311 - repeatable on purpose
    for number in range(KILLS):
        seed = number // PER_FOLDER
        folder = tmp_path / str(seed)
        acknowledged = office.run_and_kill(f"honest {seed} {folder}", dice.uniform(0, 0.03))
        stored = count_stored(folder, seed)
        assert acknowledged <= stored <= acknowledged + 1


def test_acknowledging_before_the_commit_would_be_noticed(tmp_path: Path, office: Office) -> None:
    """The negative control: the same check finds the edits lost that a hasty program promised."""
    acknowledged = office.run_and_kill(f"hasty 0 {tmp_path}", 0.0, least=200)
    assert count_stored(tmp_path, 0) < acknowledged
