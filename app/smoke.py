"""`jixiao smoke FOLDER`: whether this very program works, as `make build` asks of what it built.

Decides what is used and what the exit code says: 0 when everything worked. A hidden command, as only builders need it.
"""

from pathlib import Path

from app.bootstrap import Front
from app.form.failure import AppError
from app.program import Program
from app.ui.trial.trial import try_out


def run_smoke(folder: Path) -> int:
    """Use the program without anybody at the keys; its files stay in ``folder``. AppError for the first thing that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(str(error)) from error
    program = Program(Front(folder / "data"))
    program.window.show()
    program.starting.open_example()
    for sentence in try_out(program.window, program.writer, folder):
        print(sentence, flush=True)  # noqa: T201  # it says what worked; without a console nothing is printed
    program.window.close()
    return 0 if program.writer.close(5.0) else 1
