"""Places where a data file is in danger: network drives, removable disks, folders that another program synchronises.

Decides which place is dangerous and what is said of it; forbids nothing. Judging is pure over the text that the system
gives; reading the system stands apart below. Opens no database.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.models.safety import sentences

NETWORK_KINDS: Final = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "ncp",
        "afs",
        "auristorfs",
        "coda",
        "ceph",
        "lustre",
        "glusterfs",
        "davfs",
        "davfs2",
        "webdav",
        "afpfs",
    ]
)
# Programs that show a far place as a folder: "fuse.sshfs" and so on.
NETWORK_PROGRAMS: Final = re.compile(
    r"fuse\.(sshfs|davfs2?|gvfsd-fuse|rclone|glusterfs|ceph-fuse|curlftpfs|smbnetfs|s3fs|onedriver|onedrive"
    r"|google-drive-ocamlfuse|juicefs|seadrive|mount\.davfs)"
)
# What synchronising programs leave in the topmost folder they look after.
SYNC_MARKS: Final = {
    ".stfolder": "Syncthing",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}
_WINDOWS_REMOVABLE: Final = 2  # GetDriveTypeW
_WINDOWS_REMOTE: Final = 4


@dataclass(frozen=True, slots=True)
class Mount:
    """Where a file system appears, of which kind it is, and what it lies on ("8:17" and "/dev/sdb1")."""

    point: str
    kind: str
    device: str
    source: str


def describe_place(folder: Path) -> str:
    """One sentence that warns of the place of ``folder`` and says what is better; "" when nothing is wrong with it."""
    try:
        path = folder.resolve()
        where = _name_network(path) or _name_sync(path) or _name_removable(path)
    except OSError:
        return ""  # a place that can't be looked at is no reason to frighten anybody
    return sentences.PLACE_DANGEROUS.format(where=where) if where else ""


def find_mount(table: str, path: str) -> Mount | None:
    """The mount that holds ``path``, from the text of /proc/self/mountinfo; the last one where several lie over another."""
    found: Mount | None = None
    for mount in filter(None, map(_read_mount, table.split("\n"))):
        is_above = path == mount.point or path.startswith(f"{mount.point.rstrip('/')}/")
        if is_above and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def is_network(kind: str) -> bool:
    """Whether a kind of file system is that of another computer."""
    return kind in NETWORK_KINDS or NETWORK_PROGRAMS.fullmatch(kind) is not None


def is_removable(device_path: str, flag: str) -> bool:
    """Whether a disk can be pulled out: by its path in /sys (USB) or by its own "removable" there."""
    return "/usb" in device_path or flag.strip() == "1"


def find_sync(parts: Iterable[str], marks: Iterable[str] = ()) -> str:
    """The synchronising program that looks after a folder: by the names on its path, by the marks found there; "" for none."""
    for part in parts:
        for start, name in sentences.SYNC_FOLDERS.items():
            # "OneDrive - 某局" and "Dropbox (2)" are such folders, "Dropboxes" is none.
            if re.match(f"{re.escape(start)}(?!\\w)", part.casefold()):
                return name
    return next((SYNC_MARKS[mark] for mark in marks if mark in SYNC_MARKS), "")


def _read_mount(line: str) -> Mount | None:
    """A line as proc_pid_mountinfo(5) has it; None when it is something else."""
    left, separator, right = line.partition(" - ")
    before, after = left.split(" "), right.split(" ")
    if not separator or len(before) < 5 or len(after) < 2:  # noqa: PLR2004 - fields of that page
        return None
    return Mount(_unescape(before[4]), after[0], before[2], _unescape(after[1]))


def _unescape(text: str) -> str:
    """Blanks and backslashes are written as the octal numbers of their bytes."""
    written = text.encode("utf-8", "surrogateescape")
    return re.sub(rb"\\([0-7]{3})", lambda match: bytes([int(match[1], 8) & 0xFF]), written).decode(
        "utf-8", "surrogateescape"
    )


def _name_network(path: Path) -> str:
    if sys.platform == "win32":
        is_remote = str(path).startswith("\\\\") or _windows_kind(path) == _WINDOWS_REMOTE
        return sentences.NETWORK_DRIVE if is_remote else ""
    mount = _mount_of(path)
    return sentences.NETWORK_KIND.format(kind=mount.kind) if mount and is_network(mount.kind) else ""


def _name_sync(path: Path) -> str:
    above = (path, *path.parents)
    marks = (mark for folder in above for mark in SYNC_MARKS if (folder / mark).exists())
    name = find_sync(path.parts, marks)
    return sentences.SYNC_FOLDER.format(name=name) if name else ""


def _name_removable(path: Path) -> str:
    if sys.platform == "win32":
        return sentences.REMOVABLE if _windows_kind(path) == _WINDOWS_REMOVABLE else ""
    mount = _mount_of(path)
    disk = _disk_of(mount) if mount else None
    if disk is None:
        return ""
    # A partition's folder lies in that of its disk, which has the flag.
    flags = [folder / "removable" for folder in (disk, disk.parent)]
    flag = next((each.read_text() for each in flags if each.exists()), "")
    return sentences.REMOVABLE if is_removable(str(disk), flag) else ""


def _mount_of(path: Path) -> Mount | None:
    table = Path("/proc/self/mountinfo")
    return find_mount(table.read_text("utf-8", "surrogateescape"), str(path)) if table.exists() else None


def _disk_of(mount: Mount) -> Path | None:
    """The folder in /sys of the partition or disk; some file systems (btrfs) have a device number of their own."""
    folders = (Path("/sys/dev/block") / mount.device, Path("/sys/class/block") / Path(mount.source).name)
    return next((folder.resolve() for folder in folders if folder.exists()), None)


def _windows_kind(path: Path) -> int:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        return int(ctypes.windll.kernel32.GetDriveTypeW(path.anchor))
    return 0
