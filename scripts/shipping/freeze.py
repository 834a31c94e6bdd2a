"""Runs PyInstaller on build.spec, once it is sure that it can: it needs an interpreter with a shared libpython.

Decides only whether to begin, and what the reader is told to do otherwise.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Final

from scripts.shipping.product import ROOT

_NO_LIBRARY: Final = """这个 Python（{python}）没有共享库 {library}，不能用来打包。请换一个带共享库的 Python：
    Debian、统信 UOS：sudo apt-get install -y python3 python3-venv，再删去 .venv，运行 make build PYTHON=/usr/bin/python3
    pyenv：PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install -f 版本号，删去 .venv 后再运行 make build"""


def find_library() -> Path | None:
    """The shared library of the running interpreter. Windows always has it."""
    name = sysconfig.get_config_var("INSTSONAME") or sysconfig.get_config_var("LDLIBRARY") or ""
    folders = {sysconfig.get_config_var("LIBDIR"), Path(sys.base_prefix) / "lib"}
    folders |= {f"/usr/lib/{sysconfig.get_config_var('MULTIARCH')}"}
    places = (Path(folder, name) for folder in folders if folder)
    return next((place for place in places if ".so" in name and place.exists()), None)


def main() -> int:
    """PyInstaller's own exit code, or 1 when it could not begin."""
    if sys.platform == "linux" and find_library() is None:
        library = f"libpython{sys.version_info[0]}.{sys.version_info[1]}.so"
        print(_NO_LIBRARY.format(python=sys.executable, library=library), file=sys.stderr)
        return 1
    print("正在打包，约需一两分钟……", flush=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "pyinstaller")]
    # The order of names in compiled modules does not change from build to build.
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYI_LOG_LEVEL": "ERROR"}
    return subprocess.run([*command, *places, str(ROOT / "build.spec")], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
