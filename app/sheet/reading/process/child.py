"""The program's side of the wall: starting the child, asking it once, watching it, and giving up on it.

Decides how long and how large reading may become. Knows no format.
"""

import os
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from app.sheet.reading.process.limits import MOST_MEMORY, PATIENCE, SECONDS, peak_memory
from app.sheet.reading.process.wire import ARGUMENT, BEGUN, MOST_BYTES, Reading, decode
from app.sheet.reading.refusal import Reason, Refusal

_LOOK: Final = 0.02  # seconds between two looks at the child
_CHUNK: Final = 1 << 16
_NO_WINDOW: Final = 0x08000000  # on Windows
_TOO_MUCH_TIME: Final = -24  # SIGXCPU

_prepared: "deque[Child]" = deque()  # one at most; taking it is safe from every thread


def prepare() -> None:
    """Start a child ahead of time, while the user still looks for the file: it loads what it may need and waits."""
    if not _prepared:
        with suppress(Refusal):  # then reading will say so
            child = Child()
            child.say(b"\n")
            _prepared.append(child)


def release() -> None:
    """End the child that waits, if there is one."""
    while _prepared:
        _prepared.popleft().end()


def read_apart(family: str, path: Path) -> Reading:
    """What the child finds in a file. Refusal or AppError when it says so, or does not say anything in time."""
    child = _take()
    try:
        child.say(f"{family} {os.fsencode(path.absolute()).hex()}\n".encode())
        return decode(child.listen())
    finally:
        child.end()


def read_copied(family: str, content: bytes) -> Reading:
    """The same for what is in no file; nothing of it is written to a disk."""
    child = _take()
    # A child that does not listen must not stop us: it is ended, and with it the pipe.
    teller = threading.Thread(target=child.tell_all, args=(f"{family}\n".encode() + content,), daemon=True)
    try:
        teller.start()
        return decode(child.listen())
    finally:
        child.end()
        teller.join()


def _take() -> "Child":
    with suppress(IndexError):
        child = _prepared.popleft()
        if child.is_alive:
            return child
        child.end()
    return Child()


class Child:
    """A process that reads one file. Remembers what it has said so far."""

    def __init__(self) -> None:
        """Start it. Refusal when that fails."""
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except OSError as error:
            raise Refusal(Reason.NOT_STARTED) from error
        self._orders: IO[bytes] = self._process.stdin  # type: ignore[assignment]  # a pipe, as asked for
        self._answers: IO[bytes] = self._process.stdout  # type: ignore[assignment]  # the same
        self._said = bytearray()
        self._begun = 0.0  # when it began to read; 0 before
        self._listener = threading.Thread(target=self._hear, daemon=True)
        self._listener.start()

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def say(self, order: bytes) -> None:
        """Give it an order; one that has ended hears nothing."""
        with suppress(OSError):
            self._orders.write(order)
            self._orders.flush()

    def tell_all(self, content: bytes) -> None:
        """The last that it hears."""
        self.say(content)
        with suppress(OSError):
            self._orders.close()

    def listen(self) -> bytes:
        """What it says until it ends. Refusal when it takes too long, takes too much, or ends without a word."""
        deadline = time.monotonic() + PATIENCE
        while self._listener.is_alive():
            self._listener.join(_LOOK)
            if peak_memory(self._process.pid) > MOST_MEMORY:
                raise Refusal(Reason.HUNGRY)
            if time.monotonic() > (self._begun + SECONDS if self._begun else deadline):
                raise Refusal(Reason.SLOW if self._begun else Reason.NOT_STARTED)
        if len(self._said) > MOST_BYTES:
            raise Refusal(Reason.TOO_MUCH)
        if self._said:
            return bytes(self._said)
        if self._process.wait() == _TOO_MUCH_TIME:
            raise Refusal(Reason.SLOW)
        raise Refusal(Reason.STOPPED if self._begun else Reason.NOT_STARTED)

    def end(self) -> None:
        """Whatever it does, it ends now, and leaves nothing behind."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._orders, self._answers):
            with suppress(OSError):  # an order that nobody took
                pipe.close()

    def _hear(self) -> None:
        pipe = self._answers.fileno()
        while (said := os.read(pipe, _CHUNK)) and len(self._said) <= MOST_BYTES:
            if not self._begun and said.startswith(BEGUN):
                self._begun = time.monotonic()
                said = said[len(BEGUN) :]
            self._said += said


def _command() -> list[str]:
    """How this very program is started as the child: frozen, by an argument; else by its modules, found where we found them."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    places = [str(Path(place).absolute()) for place in sys.path]
    start = f"import sys; sys.path[:] = {places!r}; from app.sheet.reading.serving import serve; sys.exit(serve())"
    return [sys.executable, "-I", "-S", "-B", "-c", start]
