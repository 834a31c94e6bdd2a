"""What a package asks of the system, out of what its files are linked with."""

import sys
from pathlib import Path

import pytest

from scripts.shipping.deb import control
from scripts.shipping.weigh import is_elf, measure_demand, name_packages, weigh


def test_libraries_become_packages() -> None:
    needed, wished = name_packages({"libc.so.6", "libm.so.6", "libEGL.so.1", "libcups.so.2", "libz.so.1"}, (2, 28))
    assert needed == ["libc6 (>= 2.28)", "libegl1", "zlib1g"]
    assert wished == ["libcups2"]


def test_a_library_that_nobody_knows_is_no_package() -> None:
    with pytest.raises(KeyError, match="libatlantis"):
        name_packages({"libatlantis.so.1"}, (2, 28))


def test_the_control_file_lists_them() -> None:
    text = control(["libc6 (>= 2.28)", "libegl1"], ["libcups2"], 1234)
    assert "Depends: libc6 (>= 2.28), libegl1\n" in text
    assert "Recommends: libcups2, fonts" in text
    assert "Installed-Size: 1234\n" in text
    assert text.endswith("\n")
    assert "\n\n" not in text  # a blank line would end it


@pytest.mark.skipif(sys.platform != "linux", reason="ELF files are Linux's")
def test_versions_are_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "python").write_bytes(Path(sys.executable).resolve().read_bytes())
    (tmp_path / "text").write_text("no program")
    assert [is_elf(tmp_path / name) for name in ("python", "text")] == [True, False]
    demand = measure_demand(tmp_path)
    assert "libc.so.6" in demand.libraries
    assert demand.glibc >= (2, 2)
    assert demand.newest == "python"


def test_a_link_weighs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "b").symlink_to("a")
    assert weigh(tmp_path) == {"a": 5}
