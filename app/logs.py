"""The log files: what went wrong where, and never what was typed.

Decides what may be written down about a failure: the type of an exception and the places in the program it passed, not
its message, no values; of loggers that are not ours the template alone. Knows no window and no form.
"""

import logging
import os
from collections.abc import Iterator
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

FOLDER: Final = "logs"
FILE: Final = "jixiao.log"
MOST_BYTES: Final = 1_000_000
OLDER: Final = 4  # files beside the one that is written: five in all
OURS: Final = "app"
_MOST_FRAMES: Final = 40
_PATH_PARTS: Final = 3  # enough to find the file, too few to tell whose computer it is
_LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class DiscreetFormatter(logging.Formatter):
    """Lines that hold nothing of what an exception or a foreign library was given."""

    def __init__(self) -> None:
        super().__init__(_LINE)

    def format(self, record: logging.LogRecord) -> str:
        """One line for the record, and those of its exception below. The record itself stays as it is for others."""
        told = logging.makeLogRecord(record.__dict__ | {"exc_text": None, "exc_info": None, "stack_info": None})
        if not _is_ours(record.name):
            told.msg, told.args = _template(record), ()
        lines = [super().format(told)]
        if record.exc_info and record.exc_info[1] is not None:
            lines.append(describe_exception(record.exc_info[1]))
        return "\n".join(lines)


class _LogFile(logging.Handler):
    """The rotating file. The library for it is loaded with the first line: the window does not need it to appear."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    @cached_property
    def _file(self) -> "RotatingFileHandler":
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - see above

        class PrivateFile(RotatingFileHandler):
            def _open(self) -> TextIOWrapper:
                return open(self.baseFilename, "a", encoding="utf-8", opener=_open_private)

        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        file = PrivateFile(self._path, maxBytes=MOST_BYTES, backupCount=OLDER, encoding="utf-8")
        file.setFormatter(DiscreetFormatter())
        file.handleError = self.handleError  # type: ignore[method-assign]
        return file

    def emit(self, record: logging.LogRecord) -> None:
        """A line more."""
        try:
            self._file.emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name in `logging`
        """Nothing: without a disk the program goes on; what `logging` does instead prints the values to the console."""

    def close(self) -> None:
        """Close the file, if there is one."""
        if "_file" in self.__dict__:
            self._file.close()
        super().close()


def start_logging(folder: Path) -> logging.Handler:
    """Write what the program logs from now on below ``folder``; what comes back is given to `stop_logging`.

    Makes no file before the first line. Of ours everything from INFO on is kept, of other loggers from WARNING on.
    """
    handler = _LogFile(folder / FOLDER / FILE)
    logging.getLogger().addHandler(handler)
    # Not the root's level: SQLAlchemy asks for it, and below WARNING would tell its statements.
    logging.getLogger(OURS).setLevel(logging.INFO)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """End what `start_logging` began."""
    logging.getLogger().removeHandler(handler)
    logging.getLogger(OURS).setLevel(logging.NOTSET)
    handler.close()


def describe_exception(error: BaseException) -> str:
    """Types and places of an exception and of those it came from, the first cause on top; no message, no values."""
    return "\n".join(line for each in reversed(list(_chain(error))) for line in _describe(each))


def describe_system() -> str:
    """Python and the system it runs on, in one line."""
    import platform  # noqa: PLC0415 - only for a report

    return f"Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}"


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _is_ours(name: str) -> bool:
    return name == OURS or name.startswith(f"{OURS}.")


def _template(record: logging.LogRecord) -> str:
    """What a foreign library says before values are filled in; without values to fill in they may be in it already."""
    if record.args and isinstance(record.msg, str):
        return record.msg.replace("\n", " ")
    return f"{_shorten(record.pathname)}:{record.lineno}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, then what it came from, and so on."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        yield following
        seen.add(id(following))
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _describe(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    frames = list(_frames(error.__traceback__))
    skipped = len(frames) - _MOST_FRAMES
    if skipped > 0:  # endless recursion: how it began and how it ended
        half = _MOST_FRAMES // 2
        frames = [*frames[:half], f"  … {skipped}", *frames[-half:]]
    yield from frames


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(trace):
        yield f"  {_shorten(frame.f_code.co_filename)}:{line} in {frame.f_code.co_qualname}"


def _shorten(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-_PATH_PARTS:])
