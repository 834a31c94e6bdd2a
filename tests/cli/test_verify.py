"""`jixiao verify`: what it says and how it ends; `jixiao export --docx` and `--json`."""

import json
import sys
from pathlib import Path
from typing import Final

import docx
import pytest

from app.__main__ import main
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.review.digest import digest, short_code
from tests.sheet.handover.papers import put, real_submission, with_cell, workbook_of
from tests.tables import real_form

SAMPLE: Final = resource("samples", "rugao-2024.json")


def run(patch: pytest.MonkeyPatch, *arguments: object) -> int:
    patch.setattr(sys, "argv", ["jixiao", *map(str, arguments)])
    return main()


def test_the_exit_code_is_the_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    content = workbook_of(real_submission())
    files = {
        put(tmp_path / "a.xlsx", content): (0, "一致"),
        put(tmp_path / "b.xlsx", with_cell(content, "H40", 0.99)): (1, "导出后被修改"),
        SAMPLE: (2, "无校验信息"),
        put(tmp_path / "c.xlsx", b""): (2, "打不开"),
        tmp_path / "missing.xlsx": (2, "打不开"),
    }
    for path, (code, headline) in files.items():
        assert run(monkeypatch, "verify", path) == code
        said = capsys.readouterr()
        assert said.out.splitlines()[0] == headline
        assert said.err == ""


def test_every_changed_cell_is_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = put(tmp_path / "b.xlsx", with_cell(workbook_of(real_submission()), "H40", 0.99))
    run(monkeypatch, "verify", path)
    assert "H40　指标评分“绩效目标合理性”得分：1 → 0.99" in capsys.readouterr().out.splitlines()


def test_the_answer_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    content = workbook_of(real_submission())
    assert run(monkeypatch, "verify", put(tmp_path / "a.xlsx", content), "--json") == 0
    same = json.loads(capsys.readouterr().out)
    assert same["verdict"] == "same"
    assert (same["unit"], same["year"], same["version"]) == ("如皋市社会保险基金管理中心", "2024", 3)
    assert (same["digest"], same["code"]) == (digest(real_form()), short_code(digest(real_form())))
    assert same["changes"] == []
    assert run(monkeypatch, "verify", put(tmp_path / "b.xlsx", with_cell(content, "A1", "别的")), "--json") == 1
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert set(change) == {"sheet", "address", "name", "before", "after"}
    assert (change["address"], change["after"]) == ("A1", "别的")
    assert run(monkeypatch, "verify", SAMPLE, "--json") == 2
    bare = json.loads(capsys.readouterr().out)
    assert [bare[key] for key in ("verdict", "unit", "version", "digest", "code")] == ["bare", None, None, None, None]


def test_a_word_document_is_exported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "自评表.docx"
    assert run(monkeypatch, "export", SAMPLE, "--docx", target) == 0
    assert capsys.readouterr().out == f"已写入 {target}\n"
    texts = {cell.text for table in docx.Document(str(target)).tables for row in table.rows for cell in row.cells}
    assert "101.5" in texts


def test_an_interchange_file_is_exported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "自评表.json"
    assert run(monkeypatch, "export", SAMPLE, "--json", target) == 0
    assert capsys.readouterr().out == f"已写入 {target}\n"
    assert load_form(target) == real_form()
