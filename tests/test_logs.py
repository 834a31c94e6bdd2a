"""What the log files hold: what failed where, and nothing of what was typed or given."""

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import logs
from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.review.context import Context
from app.review.finding import Finding
from app.review.review import review
from app.scoring.assessment import assess

CANARY = "金丝雀8431"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")

pytestmark = pytest.mark.expected_logs


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Path]:
    """The log file of a data folder in which logging runs."""
    handler = logs.start_logging(tmp_path)
    yield tmp_path / "logs" / "jixiao.log"
    logs.stop_logging(handler)


def fail(text: str) -> None:
    typed = text
    raise ValueError(f"cannot read {typed!r}")


def fail_twice(text: str) -> None:
    try:
        fail(text)
    except ValueError as error:
        raise RuntimeError(text) from error


def caught() -> BaseException:
    try:
        fail_twice(CANARY)
    except RuntimeError as error:
        return error
    raise AssertionError


def formatted(name: str, message: object, *values: object, error: BaseException | None = None) -> str:
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "/x/lib/kit/a.py", 7, message, values, trace)
    return logs.DiscreetFormatter().format(record)


def test_the_file_is_made_with_the_first_line_and_only_for_its_owner(started: Path) -> None:
    assert not started.parent.exists()
    logging.getLogger("app.room").info("began")
    assert started.read_text(encoding="utf-8").endswith("INFO app.room: began\n")


@POSIX
def test_only_its_owner_may_read_it(started: Path) -> None:
    logging.getLogger("app.room").info("began")
    assert stat.S_IMODE(started.stat().st_mode) == 0o600
    assert stat.S_IMODE(started.parent.stat().st_mode) & 0o077 == 0


def test_files_are_rotated(started: Path) -> None:
    line = "x" * 100_000
    for _ in range(60):
        logging.getLogger("app.room").info(line)
    files = sorted(started.parent.iterdir())
    assert [file.name for file in files] == ["jixiao.log", *(f"jixiao.log.{number}" for number in range(1, 5))]
    assert all(file.stat().st_size <= logs.MOST_BYTES for file in files)


def test_nothing_is_written_after_the_end(tmp_path: Path) -> None:
    logs.stop_logging(logs.start_logging(tmp_path))
    logging.getLogger("app.room").error("late")
    assert list(tmp_path.iterdir()) == []


def test_an_exception_is_its_types_and_places() -> None:
    told = logs.describe_exception(caught()).splitlines()
    assert told[0] == "builtins.ValueError"
    assert [line.split(" in ")[1] for line in told[1:3]] == ["fail_twice", "fail"]
    assert told[1].startswith("  ")
    assert told[1].split(" in ")[0].split(":")[0].endswith("tests/test_logs.py")
    assert told[3] == "builtins.RuntimeError"
    assert CANARY in str(caught())
    assert CANARY not in "\n".join(told)


def test_an_endless_recursion_is_told_in_few_lines() -> None:
    def descend() -> None:
        descend()

    with pytest.raises(RecursionError) as raised:
        descend()
    assert 10 < len(logs.describe_exception(raised.value).splitlines()) < 50


def test_exceptions_that_name_each_other_as_cause_end() -> None:
    first, second = ValueError(), ValueError()
    first.__context__, second.__context__ = second, first
    assert logs.describe_exception(first) == "builtins.ValueError\nbuiltins.ValueError"


def test_our_own_messages_stand_as_they_are() -> None:
    assert formatted("app.models", "version %s", 3).endswith("ERROR app.models: version 3")
    told = formatted("app.models", "check %s failed", "C01", error=caught())
    assert "check C01 failed\nbuiltins.ValueError\n" in told
    assert CANARY not in told


def test_foreign_messages_come_without_their_values() -> None:
    told = formatted("kit", "no glyph for %r in\n%s", CANARY, CANARY, error=caught())
    assert "ERROR kit: no glyph for %r in %s\nbuiltins.ValueError" in told
    filled = formatted("kit.part", f"no glyph for {CANARY}")
    assert filled.endswith("ERROR kit.part: lib/kit/a.py:7")
    assert formatted("application", CANARY).endswith("lib/kit/a.py:7")
    assert CANARY not in told + filled


def test_the_usual_formatter_would_tell_what_was_typed() -> None:
    """The negative control: the same records, written as `logging` does."""
    error = caught()
    record = logging.LogRecord("kit", logging.ERROR, "a.py", 7, "%s", (CANARY,), (type(error), error, None))
    assert CANARY in logging.Formatter().format(record)


def test_other_handlers_get_the_record_as_it_was() -> None:
    record = logging.LogRecord("kit", logging.ERROR, "a.py", 7, "say %s", (CANARY,), None)
    logs.DiscreetFormatter().format(record)
    assert record.getMessage() == f"say {CANARY}"


def test_statements_of_the_database_are_not_asked_for(started: Path) -> None:
    logging.getLogger("sqlalchemy.engine").info("INSERT %s", CANARY)
    logging.getLogger("sqlalchemy.engine").warning("slow %s", CANARY)
    assert started.read_text(encoding="utf-8").endswith("WARNING sqlalchemy.engine: slow %s\n")
    assert len(started.read_text(encoding="utf-8").splitlines()) == 1


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("a file")
    handler = logs.start_logging(tmp_path)
    logging.getLogger("kit").error("no glyph for %s", CANARY)
    logs.stop_logging(handler)
    assert capfd.readouterr() == ("", "")


def test_a_failing_check_tells_no_typed_text(started: Path) -> None:
    def check(context: Context) -> Iterator[Finding]:
        fail(CANARY)
        yield from ()

    form: Form = load_form(resource("samples", "rugao-2024.json"))
    found = review(form, assess(form), (("C01", check),))
    told = started.read_text(encoding="utf-8")
    assert [each.code for each in found] == ["X01"]
    assert "check C01 failed\nbuiltins.ValueError" in told
    assert CANARY not in told
