"""What the manual counts up is what the program has."""

import re
from typing import Final

import pytest

from app.editing.planning.importing import Status
from app.editing.preferences.captions import EXPLANATIONS, PAGES
from app.editing.preferences.preferences import Copies
from app.form.reading.loader import bundled_codes, load_template
from app.models.evidence.keeping import MOST_BYTES, Condition
from app.models.safety.retention import DAILY, MONTHLY, RECENT
from app.sheet.handover.sentences import HEADLINES
from app.ui.dialogs.evidence_dialog import STATES
from app.ui.dialogs.source_view import WORDS
from tests.manual.words import MANUAL, ROOT, read

CHAPTERS: Final = {path.name[3:-3]: read(path) for path in MANUAL.glob("*.md")}


def first_cells(chapter: str) -> set[str]:
    """The first column of a chapter's tables."""
    return {found.strip("` ") for found in re.findall(r"^\| ([^|]+) \|", CHAPTERS[chapter], re.MULTILINE)}


@pytest.mark.parametrize("code", bundled_codes())
def test_the_tabs_are_those_of_the_templates(code: str) -> None:
    assert {tab.title for tab in load_template(code).tabs} <= first_cells("window")


def test_the_results_of_an_import_are_explained() -> None:
    assert {WORDS[status] for status in Status} <= first_cells("import")


def test_the_verdicts_of_a_verification_are_explained() -> None:
    assert set(HEADLINES.values()) <= first_cells("code")


def test_the_states_of_evidence_are_named() -> None:
    assert {STATES[each].removeprefix("⚠ ") for each in Condition} <= set(re.findall(r"\w+", CHAPTERS["evidence"]))


def test_evidence_may_be_as_large_as_it_says() -> None:
    assert f"每份不超过 {MOST_BYTES // 1024**2} MB" in CHAPTERS["evidence"]


def test_the_pages_of_the_settings_are_listed() -> None:
    assert set(PAGES.values()) <= first_cells("settings")


def test_the_placeholders_of_letters_are_those_of_the_settings() -> None:
    told = re.findall(r"\{\w+\}", EXPLANATIONS["post.subject"])

    assert told
    assert re.findall(r"\{\w+\}", CHAPTERS["settings"]) == told


def test_backups_are_kept_as_long_as_it_says() -> None:
    assert f"最近 {RECENT} 份、{DAILY} 天每天一份、{MONTHLY} 个月每月一份" in CHAPTERS["keeping"]
    assert f"每 {Copies().interval} 分钟" in CHAPTERS["keeping"]


def test_nothing_is_claimed_of_the_code_that_it_cannot_do() -> None:
    texts = [*CHAPTERS.values(), read(ROOT / "README.md")]

    assert "不能证明是谁填的" in CHAPTERS["code"]
    assert "不能证明数据真实" in CHAPTERS["code"]
    assert not [
        word for word in ("已验证真实", "防篡改", "安全加密", "无法伪造") if any(word in text for text in texts)
    ]
