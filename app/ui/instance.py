"""One program per data folder: a lock beside the data, and a request file by which a second start shows the first window.

Decides who may open a data folder. Knows no form and opens no database. A lock that a killed program left is taken over
at once, a living one is respected however old it is, and that of another computer is never taken over: its process
cannot be looked at from here (reliability.md S8).
"""

import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QSysInfo, Qt
from PySide6.QtWidgets import QWidget

from app.form.failure import AppError

_log: Final = logging.getLogger(__name__)

LOCK: Final = "jixiao.lock"
REQUEST: Final = "jixiao.show"
PATIENCE: Final = 2.0  # seconds in which the first window answers
PAUSE: Final = 0.02  # seconds between two looks
HELD_HERE: Final = (
    "这个数据文件夹已由另一个“绩效自评”窗口打开（进程 {pid}），但它没有响应。"
    "请等它恢复后再试；如果一直没有响应，请在任务管理器中结束进程 {pid}，然后重新打开。已经保存的内容不受影响"
)
HELD_BY_OTHER: Final = "这个数据文件夹正由另一个用户使用。为避免互相覆盖，请先让那个用户关闭“绩效自评”，再重新打开"
HELD_THERE: Final = (
    "这个数据文件夹正由电脑“{host}”上的“绩效自评”使用（进程 {pid}）。"
    "为避免互相覆盖，请先在那台电脑上关闭程序；如果那台电脑已经不用了，请删除文件 {lock} 后重新打开"
)


class Held(AppError):
    """Somebody else has the folder open and cannot be asked to show the window; it may still be looked at."""


class Instance(QObject):
    """Holds the lock of a data folder, and hears whether another start asks for the window."""

    def __init__(self, folder: Path) -> None:
        """``folder`` must exist. Nothing is locked yet."""
        super().__init__()
        self._request = folder / REQUEST
        self._lock_path = folder / LOCK
        self._lock = QLockFile(str(self._lock_path))
        self._lock.setStaleLockTime(0)  # age says nothing; the process it names does
        self._watcher: QFileSystemWatcher | None = None
        self._show: Callable[[], object] = lambda: None
        self._open: Callable[[Path], object] = lambda _document: None

    def acquire(self, patience: float = PATIENCE, document: Path | None = None) -> bool:
        """Whether this process may open the folder. False: another one has it, has shown its window and got the document.

        Held when the other one does not answer within ``patience`` seconds, or its window would appear before other eyes.
        """
        if self._try_lock():
            return True
        pid, host, _name = self._lock.getLockInfo()
        if host and host != QSysInfo.machineHostName():
            raise Held(HELD_THERE.format(pid=pid, host=host, lock=self._lock_path))
        if not host or _is_of_other_user(pid):  # nor may everybody read whose lock it is
            raise Held(HELD_BY_OTHER)
        _let_come_forward(pid)
        with suppress(OSError):  # a folder that only others may write: nobody can be asked
            self._ask(document)
            answer = self._wait(time.monotonic() + patience)
            self._request.unlink(missing_ok=True)
            if answer is not None:
                return answer
        raise Held(HELD_HERE.format(pid=pid))

    def watch(
        self, show: Callable[[], object], open_document: Callable[[Path], object] = lambda _document: None
    ) -> None:
        """Call ``show`` whenever another start asks for the window, also if it asked already, then hand its document over."""
        self._show, self._open = show, open_document
        self._watcher = QFileSystemWatcher([str(self._request.parent)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._look()

    def release(self) -> None:
        """Let others open the folder."""
        self._watcher = None
        self._lock.unlock()

    def _ask(self, document: Path | None) -> None:
        """Leave the request, whole at once: the first window looks as soon as anything changes."""
        draft = self._request.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_bytes(os.fsencode(document) if document else b"")
        draft.replace(self._request)

    def _wait(self, deadline: float) -> bool | None:
        """What `acquire` gives; None when nobody answered."""
        while time.monotonic() < deadline:
            if not self._request.exists():
                return False
            if self._try_lock():  # the other one was just ending
                return True
            time.sleep(PAUSE)
        return None

    def _try_lock(self) -> bool:
        """Lock the folder. One that can't be written needs no lock: whoever opens it says so."""
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def _look(self) -> None:
        if self._request.exists():
            _log.info("started again: the window is shown")
            self._show()
            document = b""
            with suppress(OSError):
                document = self._request.read_bytes()
                self._request.unlink()  # the answer
            if document:
                self._open(Path(os.fsdecode(document)))


def bring_forward(window: QWidget) -> None:
    """Put a window before all others, whatever became of it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _is_of_other_user(pid: int) -> bool:
    """Whether a process of this computer is another user's. Windows does not say; there the other one is asked."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)  # sends nothing
    except PermissionError:
        return True
    except OSError:
        return False  # it has just ended
    return False


def _let_come_forward(pid: int) -> None:
    """Windows lets a program come to the front only if the one that the user started allows it."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # a second start only

        ctypes.windll.user32.AllowSetForegroundWindow(pid)
