"""Where a data folder should not lie, and what is said of it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.safety.places import Mount, describe_place, find_mount, find_sync, is_network, is_removable

TABLE = """\
22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw
27 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
91 27 8:3 / /users rw,relatime shared:47 - ext4 /dev/sda3 rw
120 91 0:52 / /users/wang/\\345\\205\\261\\344\\272\\253\\040A rw,nosuid master:3 propagate_from:2 - cifs //office/\\345\\205\\261 rw
130 27 8:17 / /media/wang/KINGSTON rw,nosuid,nodev - vfat /dev/sdb1 rw,uid=1000
140 27 0:60 / /media/wang/KINGSTON rw - fuse.sshfs wang@server: rw
150 27 0:61 /@home /srv rw - btrfs /dev/nvme0n1p2 rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "point", "kind"),
    [
        ("/users/wang/.local/share/jixiao", "/users", "ext4"),
        ("/userswork", "/", "ext4"),
        ("/users", "/users", "ext4"),
        ("/users/wang/共享 A/绩效", "/users/wang/共享 A", "cifs"),
        ("/media/wang/KINGSTON/绩效", "/media/wang/KINGSTON", "fuse.sshfs"),
    ],
)
def test_the_mount_of_a_path_is_the_deepest_and_the_last(path: str, point: str, kind: str) -> None:
    mount = find_mount(TABLE, path)
    assert mount is not None
    assert (mount.point, mount.kind) == (point, kind)


def test_a_mount_names_its_device() -> None:
    assert find_mount(TABLE, "/srv/x") == Mount("/srv", "btrfs", "0:61", "/dev/nvme0n1p2")
    assert find_mount("", "/srv/x") is None


@given(st.text(), st.text())
def test_no_table_is_too_strange_to_be_read(table: str, path: str) -> None:
    find_mount(table, path)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_name_of_a_folder_is_read_as_it_was_written(name: str) -> None:
    written = re.sub(r"[ \t\n\\]", lambda match: f"\\{ord(match[0]):03o}", f"/{name}")
    mount = find_mount(f"1 2 8:1 / {written} rw - ext4 /dev/sda1 rw", f"/{name}/x")
    assert mount is not None
    assert mount.point == f"/{name}"


@pytest.mark.parametrize("written", ["共享\\040A", "\\345\\205\\261\\344\\272\\253\\040A"])
def test_letters_may_be_written_as_bytes_too(written: str) -> None:
    assert find_mount(f"1 2 8:1 / /{written} rw - ext4 /dev/sda1 rw", "/共享 A") == Mount(
        "/共享 A", "ext4", "8:1", "/dev/sda1"
    )


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("nfs", "nfs4", "cifs", "smb3", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"), True),
        (("ext4", "xfs", "btrfs", "vfat", "ntfs3", "fuseblk", "tmpfs", "overlay", "fuse.portal", "nfsd"), False),
    ],
)
def test_file_systems_of_other_computers_are_known(kinds: tuple[str, ...], expected: bool) -> None:
    assert [is_network(kind) for kind in kinds] == [expected] * len(kinds)


@pytest.mark.parametrize(
    ("device", "flag", "expected"),
    [
        ("/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host4/target4:0:0/4:0:0:0/block/sdb/sdb1", "1\n", True),
        ("/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host4/target4:0:0/4:0:0:0/block/sdc/sdc1", "0\n", True),
        ("/sys/devices/platform/mmc_host/mmc1/block/mmcblk1/mmcblk1p1", "1\n", True),
        ("/sys/devices/pci0000:00/0000:00:1d.0/nvme/nvme0/nvme0n1/nvme0n1p2", "0\n", False),
        ("/sys/devices/virtual/block/dm-0", "", False),
    ],
)
def test_disks_that_can_be_pulled_out_are_known(device: str, flag: str, expected: bool) -> None:
    assert is_removable(device, flag) is expected


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("C:/Users/wang/OneDrive - 某局/绩效", "OneDrive"),
        ("C:/Users/wang/ONEDRIVE/绩效", "OneDrive"),
        ("D:/我的坚果云/绩效", "坚果云"),
        ("D:/Nutstore Files/绩效", "坚果云"),
        ("D:/微云/绩效", "微云"),
        ("D:/百度网盘同步空间/绩效", "百度网盘"),
        ("D:/BaiduNetdiskWorkspace/绩效", "百度网盘"),
        ("D:/百度云同步盘", "百度网盘"),
        ("D:/阿里云盘", "阿里云盘"),
        ("/users/wang/Dropbox (2)/x", "Dropbox"),
        ("/Users/wang/Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("/users/wang/Nextcloud", "Nextcloud"),
        ("/users/wang/.local/share/jixiao", ""),
        ("D:/微云计算项目/绩效", ""),
        ("D:/Dropboxes/绩效", ""),
        ("D:/关于OneDrive/绩效", ""),
    ],
)
def test_synchronised_folders_are_known_by_their_names(path: str, name: str) -> None:
    assert find_sync(path.split("/")) == name


def test_synchronised_folders_are_known_by_what_lies_in_them(tmp_path: Path) -> None:
    inside = tmp_path / "绩效" / "数据"
    inside.mkdir(parents=True)
    assert describe_place(inside) == ""
    (tmp_path / ".stfolder").mkdir()
    assert describe_place(inside) == (
        "数据文件夹位于同步文件夹（Syncthing），可能损坏数据或丢失修改；建议存放在本机硬盘"
    )


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "OneDrive")
    assert "OneDrive" in describe_place(tmp_path / "data")


def test_a_folder_that_is_not_there_frightens_nobody(tmp_path: Path) -> None:
    assert describe_place(tmp_path / "missing") == ""
