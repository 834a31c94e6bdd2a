"""LibreOffice, where it is installed: the other program that our files are opened and converted with."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from app.form.resources import resource

SOFFICE: Final = shutil.which("soffice") or ""
# Debian ships the part that reads .docx apart from the part that reads .xlsx.
HAS_WRITER: Final = bool(SOFFICE) and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()
SECONDS: Final = 180
# Our own Chinese fonts under the names that our files ask for: a bare machine has none.
FONTS: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{fonts}</dir>
<cachedir>{cache}</cachedir>
<alias binding="same"><family>宋体</family><prefer><family>Noto Serif SC</family></prefer></alias>
<alias binding="same"><family>黑体</family><prefer><family>Noto Sans SC Medium</family></prefer></alias>
</fontconfig>
"""

with_calc: Final = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")
with_writer: Final = pytest.mark.skipif(not HAS_WRITER, reason="LibreOffice Writer is not installed")


def convert(kind: str, out: Path, paths: Iterable[Path]) -> str:
    """Have LibreOffice save ``paths`` anew as ``kind`` below ``out``; what it said. Its profile and fonts lie beside ``out``."""
    home = out.parent / "office"
    home.mkdir(exist_ok=True)
    settings = home / "fonts.conf"
    settings.write_text(FONTS.format(fonts=resource("fonts"), cache=home / "cache"), encoding="utf-8")
    command = [SOFFICE, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    done = subprocess.run(
        [*command, "--outdir", str(out), *map(str, paths)],
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=os.environ | {"FONTCONFIG_FILE": str(settings)},
    )
    return done.stdout + done.stderr
