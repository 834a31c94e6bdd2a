"""Which backups are kept: enough recent ones, days and months, never by age, never a damaged one before a good one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from app.models.files.backups import Backup, Reason, list_backups, make_backup
from app.models.safety.retention import DAILY, MONTHLY, RECENT, TURNS, outdated, remove_outdated
from tests.models.safety.office import AT, fill, set_score

CHINA: Final = timezone(timedelta(hours=8))
NOW: Final = AT.astimezone(CHINA)
REASONS: Final = [reason for reason in Reason if reason is not Reason.DAMAGED]

times = st.datetimes(datetime(1975, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
spans = st.integers(0, 60 * 24 * 40).map(lambda minutes: AT - timedelta(minutes=minutes))


@st.composite
def shelves(draw: st.DrawFn) -> tuple[Backup, ...]:
    """Backups in the order they were made; the clock may say anything."""
    drawn = draw(st.lists(st.tuples(times | spans, st.sampled_from(REASONS), st.integers(0, 9)), max_size=80))
    return tuple(backup(number, at, reason, luck > 0) for number, (at, reason, luck) in enumerate(drawn, 1))


def backup(number: int, at: datetime = AT, reason: Reason = Reason.INTERVAL, is_verified: bool = True) -> Backup:
    name = f"{at:%Y%m%d-%H%M%S}-{number:06}-{reason.value}.db"
    return Backup(name, Path(name), at, reason, 1, is_verified)


def kept(backups: tuple[Backup, ...], now: datetime = NOW) -> list[Backup]:
    gone = set(outdated(backups, now))
    return [each for each in reversed(backups) if each not in gone]


@given(shelves())
def test_the_newest_good_ones_stay(backups: tuple[Backup, ...]) -> None:
    good = [each for each in reversed(backups) if each.is_verified]
    assert set(good[:RECENT]) <= set(kept(backups))


@given(shelves())
def test_the_newest_of_the_latest_days_and_months_stay(backups: tuple[Backup, ...]) -> None:
    good = [each for each in reversed(backups) if each.is_verified]
    for pattern, count in (("%Y%m%d", DAILY), ("%Y%m", MONTHLY)):
        newest: dict[str, Backup] = {}
        for each in good:
            newest.setdefault(each.at.astimezone(CHINA).strftime(pattern), each)
        assert set([*newest.values()][:count]) <= set(kept(backups))


@given(shelves())
def test_what_was_made_before_the_last_migrations_and_restores_stays(backups: tuple[Backup, ...]) -> None:
    for reason in (Reason.MIGRATION, Reason.RESTORE):
        good = [each for each in reversed(backups) if each.is_verified and each.reason is reason]
        assert set(good[:TURNS]) <= set(kept(backups))


@given(shelves())
def test_nothing_else_stays(backups: tuple[Backup, ...]) -> None:
    good = [each for each in kept(backups) if each.is_verified]
    assert len(good) <= RECENT + DAILY + MONTHLY + 2 * TURNS


@given(shelves())
def test_what_is_kept_is_kept_again(backups: tuple[Backup, ...]) -> None:
    assert outdated(kept(backups), NOW) == ()


@given(shelves(), st.timedeltas(timedelta(0), timedelta(days=9999)))
def test_time_alone_changes_nothing(backups: tuple[Backup, ...], passed: timedelta) -> None:
    assert outdated(backups, NOW + passed) == outdated(backups, NOW)


@given(shelves(), shelves())
def test_what_was_outdated_never_comes_back(backups: tuple[Backup, ...], more: tuple[Backup, ...]) -> None:
    later = tuple(renumbered(each, each.number + len(backups)) for each in more)
    assert set(outdated(backups, NOW)) <= set(outdated(backups + later, NOW))


def renumbered(each: Backup, number: int) -> Backup:
    return backup(number, each.at, each.reason, each.is_verified)


@given(shelves(), shelves())
def test_damaged_ones_displace_no_good_one(backups: tuple[Backup, ...], more: tuple[Backup, ...]) -> None:
    damaged = tuple(replace(renumbered(each, each.number + len(backups)), is_verified=False) for each in more)
    assert {each for each in kept(backups + damaged) if each.is_verified} == {
        each for each in kept(backups) if each.is_verified
    }


def test_a_damaged_one_goes_once_enough_good_ones_are_newer() -> None:
    damaged = backup(1, reason=Reason.DAMAGED, is_verified=False)
    newer = tuple(backup(number) for number in range(2, RECENT + 2))
    assert outdated((damaged, *newer[:-1]), NOW) == ()
    assert outdated((damaged, *newer), NOW) == (damaged,)


def test_half_a_year_of_work_leaves_days_and_months() -> None:
    half_hours = tuple(
        backup(number, datetime(2026, 1, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * number))
        for number in range(48 * 181)
    )
    days = [each.at.astimezone(CHINA).date() for each in kept(half_hours)]
    assert (
        len(days) == RECENT + (DAILY - 1) + 5
    )  # today is among the recent, this month and the last one among the days
    assert days == sorted(days, reverse=True)


def test_a_day_begins_where_the_user_is() -> None:
    """Two backups of one day in China, of two in UTC."""
    morning, noon = (datetime(2026, 3, 1, 23, 0, tzinfo=UTC), datetime(2026, 3, 2, 5, 0, tzinfo=UTC))
    newer = tuple(backup(3 + number) for number in range(RECENT))
    both = (backup(1, morning), backup(2, noon), *newer)
    assert [each.number for each in outdated(both, NOW)] == [1]
    assert outdated(both, AT) == ()  # in UTC


def test_outdated_files_are_removed(tmp_path: Path) -> None:
    fill(tmp_path)
    for number in range(RECENT + 3):
        set_score(tmp_path, str(number))
        make_backup(tmp_path, Reason.INTERVAL, AT)
    remove_outdated(tmp_path, NOW)
    assert [each.number for each in list_backups(tmp_path)] == [*range(RECENT + 3, 3, -1)]
