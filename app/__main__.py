"""The entry: `python -m app` and the command `jixiao` both begin here.

Decides only whether the window opens, the command line runs, or a file is read for another process. Must not import what only one of them needs: typer alone
would add a tenth of a second to every start of the window.
"""

import gc
import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

from app.form.failure import AppError

UNUSABLE: Final = 2
INTERRUPTED: Final = 130
LIBRARY_PATH: Final = "LD_LIBRARY_PATH"
# What can be opened by its name alone, as a double click does; no command has such an ending.
DOCUMENTS: Final = frozenset({".json", ".zip", ".xlsx", ".xls", ".et", ".ods", ".docx", ".pdf"})


def main() -> int:
    """Run with the arguments of this process; the exit code."""
    speak_utf8()
    release_libraries()
    try:
        return start(sys.argv[1:])
    except AppError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command line answers so
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def start(arguments: list[str]) -> int:
    """Open the window when nothing but a data folder and a file is given, else do what the command line says. AppError when that can't be done."""
    match arguments:
        case []:
            return _open_window(None)
        case ["--data", folder] if folder:
            return _open_window(Path(folder))
        case [option] if option.startswith("--data=") and option != "--data=":
            return _open_window(Path(option.removeprefix("--data=")))
        case [name] if is_document(name):
            return _open_window(None, Path(name).absolute())
        case ["--data", folder, name] if folder and is_document(name):
            return _open_window(Path(folder), Path(name).absolute())
        case ["smoke", folder]:
            from app.smoke import run_smoke  # noqa: PLC0415 - Qt, only for a window

            return run_smoke(Path(folder))
    from app.sheet.reading.process.wire import ARGUMENT  # noqa: PLC0415 - not for the window

    if arguments == [ARGUMENT]:  # a frozen program is its own reader
        from app.sheet.reading.serving import serve  # noqa: PLC0415 - only here

        return serve()
    from app import cli  # noqa: PLC0415 - only here, see above

    return cli.run(arguments)


def is_document(name: str) -> bool:
    """Whether an argument is the name of a file to be opened."""
    return not name.startswith("-") and Path(name).suffix.lower() in DOCUMENTS


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a file name that is no text shows its bytes. Without a console there are no streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def release_libraries() -> None:
    """A frozen program is started with its own libraries before the system's: a file manager or mail program that it opens must not be."""
    if getattr(sys, "frozen", False):
        original = os.environ.pop(f"{LIBRARY_PATH}_ORIG", None)
        os.environ.pop(LIBRARY_PATH, None)
        if original is not None:
            os.environ[LIBRARY_PATH] = original


def _open_window(folder: Path | None, document: Path | None = None) -> int:
    """What is made until the window appears lasts as long as it: `open_window` has garbage looked for again afterwards."""
    gc.disable()
    # First what knows no Qt: Qt's own import hook slows every import after it.
    for room in ("app.models.writer", "app.editing.workspace", "app.ui.faces.budget", "app.ui.faces.indicators"):
        import_module(room)
    from app.starting import open_window  # noqa: PLC0415 - Qt, only for a window

    return open_window(folder, document)


if __name__ == "__main__":
    sys.exit(main())
