"""The command line: the same program without a window.

Decides what is said of a form in words and in JSON, and the exit codes: 0 good, 1 a mandatory finding stands (`check`) or
the file was changed (`verify`), 2 unreadable, without anything to verify, or wrongly called. Computes nothing itself.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from app import VERSION
from app.editing.workspace import Outcome, compute_outcome
from app.form.failure import AppError
from app.form.quantity import Number, format_number, interpret
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.review.digest import short_code
from app.review.finding import Level
from app.review.report import by_level, name_level, name_place
from app.scoring.figure import Figure, State

if TYPE_CHECKING:
    from app.sheet.handover.verifying import Verification

SAMPLE: Final = ("samples", "rugao-2024.json")
READABLE: Final = ".json"
WEIGHT_TOTAL: Final = "C01"
_VERIFIED: Final = {"same": 0, "changed": 1, "bare": 2, "unreadable": 2}

_OTHER_ENDING: Final = "目前只能读取 .json 格式的自评价表，“{name}”这类文件要等以后的版本才能读取"
_WRONG_ENDING: Final = "{option} 后面的文件名应以 {ending} 结尾，而不是“{name}”"
_NOTHING_TO_WRITE: Final = "请用 --pdf、--xlsx、--docx 或 --json 写明导出到哪个文件"
_NO_FOLDER: Final = "无法建立文件夹“{folder}”，请检查位置和权限"
_UNKNOWN_OPTION: Final = "选项“{name}”不认识或缺少内容，请运行 jixiao --help 查看用法"
_WRONG_PARAMETER: Final = "参数“{name}”缺少或不正确，请运行 jixiao --help 查看用法"
_WRONG_CALL: Final = "命令写法不正确，请运行 jixiao --help 查看用法"

_COMMANDS: Final = "命令"
_ARGUMENTS: Final = "参数"
_OPTIONS: Final = "选项"

app = typer.Typer(
    add_completion=False,
    add_help_option=False,
    pretty_exceptions_enable=False,
    help="绩效自评：填写、计算并打印部门整体支出绩效自评价表。不带命令时打开窗口。",
)


def run(arguments: list[str]) -> int:
    """Do what the arguments say; the exit code. AppError when it can't be done."""
    try:
        # Without standalone mode a command's own result comes back, and nothing exits the process.
        return int(app(arguments, prog_name="jixiao", standalone_mode=False) or 0)
    except typer.TyperException as error:
        raise AppError(explain(error)) from error


def explain(error: typer.TyperException) -> str:
    """What is wrong with a call, as one Chinese sentence."""
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    if option:
        return _UNKNOWN_OPTION.format(name=option)
    if parameter is not None:
        return _WRONG_PARAMETER.format(name=parameter.metavar or parameter.name)
    return _WRONG_CALL


def summarise(outcome: Outcome) -> dict[str, object]:
    """What `check --json` prints: figures as decimal strings in points, None where nothing is there.

    ``complete`` says that every applicable row has a readable 分值 and 得分.
    """
    form, assessment = outcome.form, outcome.assessment
    return {
        "unit": form.cover.unit,
        "year": form.cover.year,
        "template": form.template.code,
        "weight_total": _exact(assessment.weight),
        "score_total": _exact(assessment.scaled_score),
        "grade": assessment.grade,
        "complete": assessment.weight.state is State.COMPLETE and assessment.score.state is State.COMPLETE,
        "findings": [
            {
                "code": finding.code,
                "level": name_level(finding.level),
                "place": name_place(form, finding.place),
                "message": finding.message,
            }
            for finding in by_level(outcome.findings)
        ],
    }


def describe(outcome: Outcome) -> Iterator[str]:
    """The same in words, a line each, beside what the form itself states."""
    form, assessment = outcome.form, outcome.assessment
    weight = _notes(_beside(form.stated.weight_total, assessment.weight), _beside_total(outcome))
    yield f"{form.cover.unit} {form.cover.year} 年 {form.template.title}"
    yield f"分值合计 {_shown(assessment.weight)}{weight}"
    yield f"得分合计 {_shown(assessment.scaled_score)}{_notes(_beside(form.stated.score_total, assessment.scaled_score))}"
    stated = form.stated.grade.strip()
    yield f"绩效等级 {assessment.grade or '—'}{_notes(f'原表写 {stated}' if stated not in ('', assessment.grade) else '')}"
    yield f"未填 {len(assessment.unfilled)} 处"
    for level in Level:
        found = [finding for finding in outcome.findings if finding.level is level]
        if found:
            yield f"{name_level(level)} {len(found)} 条："
            yield from (f"  {finding.code} {finding.message}" for finding in found)


def describe_verification(found: "Verification") -> dict[str, object]:
    """What `verify --json` prints: the verdict (same, changed, bare, unreadable), the whole digest, every changed cell."""
    original = found.original
    return {
        "file": found.name,
        "verdict": found.verdict.value,
        "reason": found.reason,
        "unit": original.form.cover.unit if original else None,
        "year": original.form.cover.year if original else None,
        "version": original.number or None if original else None,
        "digest": original.code or None if original else None,
        "code": short_code(original.code) if original and original.code else None,
        "changes": [asdict(change) for change in found.changes],
        "notices": list(found.notices),
    }


def _exact(figure: Figure) -> str | None:
    return None if figure.value is None else format_number(figure.value)


def _shown(figure: Figure) -> str:
    return f"{_exact(figure) or '—'}{'（未填完）' if figure.state is State.PARTIAL else ''}"


def _notes(*notes: str) -> str:
    text = "，".join(filter(None, notes))
    return f"（{text}）" if text else ""


def _beside(stated: str, figure: Figure) -> str:
    quantity = interpret(stated)
    is_same = isinstance(quantity, Number) and quantity.value == figure.value
    return "" if is_same or not stated.strip() else f"原表写 {stated.strip()}"


def _beside_total(outcome: Outcome) -> str:
    is_wrong = any(finding.code == WEIGHT_TOTAL for finding in outcome.findings)
    return f"应为 {format_number(outcome.form.template.total)}" if is_wrong else ""


def _read(path: Path) -> Outcome:
    if path.suffix.lower() != READABLE:
        raise AppError(_OTHER_ENDING.format(name=path.name))
    return compute_outcome(load_form(path))


def _print(*lines: str) -> None:
    """Standard output; a program without a console has none."""
    if sys.stdout is not None:
        sys.stdout.writelines(f"{line}\n" for line in lines)


def _export(outcome: Outcome, target: Path) -> None:
    from app.ui.actions.exports import export_form  # noqa: PLC0415 - `check` needs no painter

    export = export_form(outcome, target)
    _print(f"已写入 {export.path}", *(f"提示：{remark}" for remark in export.remarks))


def _show_help(context: typer.Context, is_asked: bool) -> None:
    if is_asked:
        _print(*filter(None, [context.get_help()]))
        raise typer.Exit


def _show_version(is_asked: bool) -> None:
    if is_asked:
        _print(f"jixiao {VERSION}")
        raise typer.Exit


_Help = Annotated[
    bool,
    typer.Option("--help", is_eager=True, callback=_show_help, help="显示本说明", rich_help_panel=_OPTIONS),
]
_Source = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="自评价表文件（.json）", show_default=False, rich_help_panel=_ARGUMENTS),
]


@app.callback(invoke_without_command=True)
def open_program(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="数据文件夹，不写时用系统的默认位置", rich_help_panel=_OPTIONS),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="显示版本", rich_help_panel=_OPTIONS),
    ] = False,
    _help: _Help = False,
) -> int:
    """Open the window unless a command follows."""
    if context.invoked_subcommand is not None:
        return 0
    from app.starting import open_window  # noqa: PLC0415 - Qt, only for a window

    return open_window(data)


@app.command(
    rich_help_panel=_COMMANDS, help="计算并审核一张自评价表，显示合计、等级和审核发现。", add_help_option=False
)
def check(
    file: _Source,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出", rich_help_panel=_OPTIONS)] = False,
    _help: _Help = False,
) -> int:
    """Totals, grade and findings of a form."""
    outcome = _read(file)
    if as_json:
        _print(json.dumps(summarise(outcome), ensure_ascii=False))
    else:
        _print(*describe(outcome))
    return int(any(finding.level is Level.MANDATORY for finding in outcome.findings))


@app.command(
    rich_help_panel=_COMMANDS, help="把一张自评价表导出为 PDF、Excel、Word 文件或交换文件。", add_help_option=False
)
def export(
    file: _Source,
    *,
    pdf: Annotated[Path | None, typer.Option(metavar="P", help="写入 PDF 文件 P", rich_help_panel=_OPTIONS)] = None,
    xlsx: Annotated[Path | None, typer.Option(metavar="X", help="写入 Excel 文件 X", rich_help_panel=_OPTIONS)] = None,
    docx: Annotated[Path | None, typer.Option(metavar="D", help="写入 Word 文件 D", rich_help_panel=_OPTIONS)] = None,
    interchange: Annotated[
        Path | None, typer.Option("--json", metavar="J", help="写入交换文件 J", rich_help_panel=_OPTIONS)
    ] = None,
    _help: _Help = False,
) -> int:
    """The form on paper, or itself: written whole, or the old file stays."""
    targets = {".pdf": pdf, ".xlsx": xlsx, ".docx": docx, ".json": interchange}
    if not any(targets.values()):
        raise AppError(_NOTHING_TO_WRITE)
    for ending, target in targets.items():
        if target and target.suffix.lower() != ending:
            raise AppError(_WRONG_ENDING.format(option=f"--{ending[1:]}", ending=ending, name=target.name))
    outcome = _read(file)
    for target in filter(None, targets.values()):
        _export(outcome, target)
    return 0


@app.command(
    rich_help_panel=_COMMANDS,
    help="校验导出的 Excel 文件或传出的包：内容是否与导出时相同。一致时退出码为 0，被修改为 1，无校验信息或打不开为 2。",
    add_help_option=False,
)
def verify(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="文件、.zip 或文件夹", show_default=False, rich_help_panel=_ARGUMENTS),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出", rich_help_panel=_OPTIONS)] = False,
    _help: _Help = False,
) -> int:
    """Whether a file still says what it said when it was exported."""
    from app.sheet.handover.arriving import inspect  # noqa: PLC0415 - `check` needs none of its libraries
    from app.sheet.handover.verifying import describe, describe_change  # noqa: PLC0415 - the same

    found = inspect(file, lambda _text, _share: None)
    if as_json:
        _print(json.dumps(describe_verification(found), ensure_ascii=False))
    else:
        _print(*describe(found), *map(describe_change, found.changes))
    return _VERIFIED[found.verdict.value]


@app.command(hidden=True, add_help_option=False)
def demo(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> int:
    """What the window looks like and writes, left in a folder; `make run` does it where there is no display."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(_NO_FOLDER.format(folder=folder)) from error
    from app.program import run_demo  # noqa: PLC0415 - Qt, only for a window

    code = run_demo(folder)
    _print(*describe(_read(resource(*SAMPLE))))
    return code
