"""Calling the program: exit codes, one sentence for every failure, and files that arrive whole."""

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

import openpyxl
import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest

from app import VERSION
from app.__main__ import main
from app.form.reading.interchange import load_form, write_form
from app.form.resources import resource
from app.form.rows import TextItem
from tests.architecture.sources import ROOT

SAMPLE: Final = resource("samples", "rugao-2024.json")


def call(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """The program as its own process."""
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)


def run(patch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The program in this process."""
    patch.setattr(sys, "argv", ["jixiao", *map(str, arguments)])
    return main()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("check nowhere.json", "找不到文件 nowhere.json，请检查文件名和所在文件夹"),
        ("check form.docx", "目前只能读取 .json 格式的自评价表，“form.docx”这类文件要等以后的版本才能读取"),
        ("check", "参数“FILE”缺少或不正确，请运行 jixiao --help 查看用法"),
        ("check a.json b.json", "命令写法不正确，请运行 jixiao --help 查看用法"),
        ("chekc a.json", "命令写法不正确，请运行 jixiao --help 查看用法"),
        ("check a.json --jsn", "选项“--jsn”不认识或缺少内容，请运行 jixiao --help 查看用法"),
        ("--data", "选项“--data”不认识或缺少内容，请运行 jixiao --help 查看用法"),
        ("export a.json", "请用 --pdf、--xlsx、--docx 或 --json 写明导出到哪个文件"),
        ("export a.json --pdf a.json", "--pdf 后面的文件名应以 .pdf 结尾，而不是“a.json”"),
        ("export a.json --docx a.doc", "--docx 后面的文件名应以 .docx 结尾，而不是“a.doc”"),
        ("verify", "参数“FILE”缺少或不正确，请运行 jixiao --help 查看用法"),
        ("export a.json --xlsx a.pdf", "--xlsx 后面的文件名应以 .xlsx 结尾，而不是“a.pdf”"),
    ],
)
def test_a_call_that_cannot_be_served_says_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: str, sentence: str
) -> None:
    assert run(monkeypatch, *arguments.split()) == 2
    assert capsys.readouterr() == ("", f"{sentence}\n")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"{}", b'{"format": "jixiao-form"}'])
def test_a_file_that_is_no_form_says_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "form.json").write_bytes(content)
    assert run(monkeypatch, "check", tmp_path / "form.json", "--json") == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith("无法读取文件 form.json：")
    assert errors.count("\n") == 1


def test_a_form_is_checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "check", SAMPLE) == 1
    assert "分值合计 102（原表写 100，应为 100）\n" in capsys.readouterr().out


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_only_a_mandatory_finding_is_told_by_the_exit_code(monkeypatch: pytest.MonkeyPatch, option: list[str]) -> None:
    assert run(monkeypatch, "check", SAMPLE, *option) == 1
    assert run(monkeypatch, "check", resource("samples", "rugao-2024-corrected.json"), *option) == 0


def test_help_is_chinese(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--help") == 0
    overall = capsys.readouterr().out
    assert run(monkeypatch, "export", "--help") == 0
    assert "把一张自评价表导出为 PDF、Excel、Word 文件或交换文件" in overall
    assert "demo" not in overall
    assert "写入 PDF 文件" in capsys.readouterr().out


def test_both_names_of_the_program_are_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"jixiao": "app.__main__:main"}
    assert project["version"] == VERSION
    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"jixiao {VERSION}\n"


@pytest.mark.parametrize("encoding", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "gbk"}])
def test_the_answer_is_utf8_whatever_the_locale(encoding: dict[str, str]) -> None:
    plain = {"PYTHONUTF8": "0", **encoding}
    finished = call("check", SAMPLE, "--json", **plain)
    assert (finished.returncode, finished.stderr) == (1, b"")
    assert json.loads(finished.stdout.decode())["unit"] == "如皋市社会保险基金管理中心"
    assert "请检查文件名" in call("check", "nowhere.json", **plain).stderr.decode()


def test_the_window_opens_without_the_libraries_of_the_command_line() -> None:
    # Neither window nor command line may be loaded yet when the choice is made; None stops the window from opening.
    script = """
import sys
sys.modules["app.starting"] = None
from app.__main__ import start
for arguments in ([], ["--data", "x"], ["--data=x"]):
    try:
        start(arguments)
    except ImportError as error:
        print(error.name, *sorted({"typer", "app.cli", "PySide6"} & set(sys.modules)))
"""
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert finished.stdout.splitlines() == ["app.starting"] * 3


def test_checking_loads_neither_window_nor_painters() -> None:
    script = f"""
import sys
from app.cli import run
run(["check", {str(SAMPLE)!r}])
print(*sorted({{"PySide6", "sqlalchemy", "reportlab", "xlsxwriter", "openpyxl"}} & set(sys.modules)), file=sys.stderr)
"""
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert finished.stderr.strip() == b""


def test_a_form_is_exported_with_its_computed_totals(tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "自评 表.pdf", tmp_path / "自评 表.xlsx"
    finished = call("export", SAMPLE, "--pdf", pdf, "--xlsx", xlsx)
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert finished.stdout.decode().splitlines() == [f"已写入 {pdf}", f"已写入 {xlsx}"]
    assert sorted(tmp_path.iterdir()) == [pdf, xlsx]

    with pypdfium2.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "102" in text
    assert "101.5" in text
    workbook = openpyxl.load_workbook(xlsx, data_only=True)
    assert {102, 101.5} <= {value for row in workbook.worksheets[0].iter_rows(values_only=True) for value in row}


def test_a_character_no_font_has_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    form = load_form(SAMPLE)
    (tmp_path / "form.json").write_text(
        write_form(replace(form, problems=(TextItem("1", "办公地址：\U00030000街"),))), encoding="utf-8"
    )
    assert run(monkeypatch, "export", tmp_path / "form.json", "--pdf", tmp_path / "form.pdf") == 0
    written, remark = capsys.readouterr().out.splitlines()
    assert written.startswith("已写入")
    assert "U+30000" in remark


def test_an_export_that_fails_leaves_the_old_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    old = tmp_path / "form.xlsx"
    old.write_bytes(b"last year")
    form = load_form(SAMPLE)
    (tmp_path / "form.json").write_text(
        write_form(replace(form, problems=(TextItem("1", "长" * 40_000),))), encoding="utf-8"
    )
    assert run(monkeypatch, "export", tmp_path / "form.json", "--xlsx", old) == 2
    assert "32767" in capsys.readouterr().err
    assert old.read_bytes() == b"last year"


def test_a_missing_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "export", SAMPLE, "--pdf", tmp_path / "away" / "form.pdf") == 2
    assert f"文件夹“{tmp_path / 'away'}”不存在" in capsys.readouterr().err


def test_without_a_display_the_program_leaves_what_it_shows_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "build" / "demo"
    finished = call("demo", folder, QT_QPA_PLATFORM="offscreen")
    assert finished.returncode == 0, finished.stderr.decode()
    assert "得分合计 101.5（原表写 99.5）" in finished.stdout.decode()
    assert {path.name for path in folder.iterdir()} >= {"rugao-2024.pdf", "rugao-2024.xlsx"}
    assert len(list(folder.glob("*.png"))) == 6


def test_a_demonstration_needs_a_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "demo").touch()
    assert run(monkeypatch, "demo", tmp_path / "demo") == 2
    assert capsys.readouterr().err == f"无法建立文件夹“{tmp_path / 'demo'}”，请检查位置和权限\n"
