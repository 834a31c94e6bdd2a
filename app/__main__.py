"""The entry: `python -m app` and the command `jixiao` both begin here.

Decides only whether the window opens or the command line runs. Must not import what only one of them needs: typer alone
would add a tenth of a second to every start of the window.
"""

import gc
import io
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

from app.form.failure import AppError

UNUSABLE: Final = 2
INTERRUPTED: Final = 130


def main() -> int:
    """Run with the arguments of this process; the exit code."""
    speak_utf8()
    try:
        return start(sys.argv[1:])
    except AppError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command line answers so
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def start(arguments: list[str]) -> int:
    """Open the window when nothing but a data folder is given, else do what the command line says. AppError when that can't be done."""
    match arguments:
        case []:
            return _open_window(None)
        case ["--data", folder] if folder:
            return _open_window(Path(folder))
        case [option] if option.startswith("--data=") and option != "--data=":
            return _open_window(Path(option.removeprefix("--data=")))
    from app import cli  # noqa: PLC0415 - only here, see above

    return cli.run(arguments)


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a file name that is no text shows its bytes. Without a console there are no streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _open_window(folder: Path | None) -> int:
    """What is made until the window appears lasts as long as it: `open_window` has garbage looked for again afterwards."""
    gc.disable()
    # First what knows no Qt: Qt's own import hook slows every import after it.
    for room in ("app.models.writer", "app.editing.workspace", "app.ui.faces.budget", "app.ui.faces.indicators"):
        import_module(room)
    from app.starting import open_window  # noqa: PLC0415 - Qt, only for a window

    return open_window(folder)


if __name__ == "__main__":
    sys.exit(main())
