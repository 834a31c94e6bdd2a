"""Dates, times and durations as a number format shows them.

Decides which letters stand for what: m is a minute beside hours and seconds, a month elsewhere.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from app.sheet.reading.showing import captions
from app.sheet.reading.showing.formats import DATE, DIGIT, ELAPSED, HALF, Token

Moment = datetime | date | time | timedelta

_START: Final = datetime(1899, 12, 30)  # noqa: DTZ001  spreadsheets know no time zones
_SECONDS: Final = {"h": 3600, "m": 60, "s": 1}
_NOON: Final = 12
_SHORT_YEAR: Final = 2
_SHORT_WEEKDAY: Final = 3


def show_date(moment: Moment, tokens: Sequence[Token]) -> str:
    """What the tokens say of a moment; a duration counts from the first day that spreadsheets know. Without tokens, as ISO writes it."""
    whole = _complete(moment)
    if not tokens:
        return _show_plainly(whole)
    names = [token.text[0].lower() if token.kind in (DATE, ELAPSED) else "" for token in tokens]
    return "".join(_show_token(tokens, names, place, whole) for place in range(len(tokens))).strip()


def _complete(moment: Moment) -> datetime:
    match moment:
        case datetime():
            return moment
        case date():
            return datetime.combine(moment, time())
        case time():
            return datetime.combine(_START, moment)
    return _START + moment


def _show_token(tokens: Sequence[Token], names: Sequence[str], place: int, whole: datetime) -> str:
    token, name = tokens[place], names[place]
    match token.kind:
        case "date":
            is_halved = any(each.kind == HALF for each in tokens)
            is_minute = name == "m" and _is_minute(names, place)
            return _show_part("min" if is_minute else name, token.text, whole, is_halved=is_halved)
        case "elapsed":
            return f"{int((whole - _START).total_seconds()) // _SECONDS[name]:0{len(token.text)}d}"
        case "half":
            return captions.AFTERNOON if whole.hour >= _NOON else captions.MORNING
        case "literal":
            return token.text
        case "mark":
            return "" if token.text in "@%" or _is_fraction(tokens, place) else token.text
    return ""


def _show_plainly(whole: datetime) -> str:
    if whole < _START + timedelta(days=1):
        return whole.strftime("%H:%M:%S")
    return whole.strftime("%Y-%m-%d" if whole.time() == time() else "%Y-%m-%d %H:%M:%S")


def _is_minute(names: Sequence[str], place: int) -> bool:
    before = next((name for name in reversed(names[:place]) if name), "")
    after = next((name for name in names[place + 1 :] if name), "")
    return before in ("h", "s") or after == "s"


def _is_fraction(tokens: Sequence[Token], place: int) -> bool:
    """A point before digits: parts of a second, which are not shown."""
    return tokens[place].text == "." and place + 1 < len(tokens) and tokens[place + 1].kind == DIGIT


def _show_part(name: str, letters: str, whole: datetime, *, is_halved: bool) -> str:
    match name:
        case "y" | "e":
            return f"{whole.year % 100:02d}" if len(letters) == _SHORT_YEAR and name == "y" else f"{whole.year:04d}"
        case "a":
            return _show_weekday(whole, is_short=len(letters) == _SHORT_WEEKDAY)
        case "d" if len(letters) >= _SHORT_WEEKDAY:
            return _show_weekday(whole, is_short=False)
        case "h" if is_halved:
            number = (whole.hour - 1) % _NOON + 1
        case "h":
            number = whole.hour
        case "min":
            number = whole.minute
        case "s":
            number = whole.second
        case "m":
            number = whole.month
        case _:
            number = whole.day
    return f"{number:02d}" if len(letters) == _SHORT_YEAR else str(number)


def _show_weekday(whole: datetime, *, is_short: bool) -> str:
    return ("" if is_short else captions.WEEKDAY) + captions.WEEKDAYS[whole.weekday()]
