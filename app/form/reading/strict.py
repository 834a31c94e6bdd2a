"""Strict reading of nested mappings: each key taken once with its type; what is left over is an error with the nearest name.

Decides nothing about templates or forms; it only makes sure that a file says what its reader understands, no more, no less.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from app.form import sentences, vocabulary
from app.form.quantity import round_half_up
from app.form.text import excerpt, sanitise

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MOST_LEVELS: Final = 9
MOST_QUOTED: Final = 40
LIKENESS: Final = 7 / 10  # of two words, as difflib measures it


class Misfit(ValueError):
    """A file says something its reader does not understand; the message is a Chinese sentence that names file part and key."""


class Keys:
    """One mapping being read. Remembers which keys were asked for; ``finish`` complains about all others."""

    def __init__(self, where: str, mapping: object) -> None:
        """``where`` names this part of the file for the user."""
        if not isinstance(mapping, dict):
            raise Misfit(sentences.NO_MAPPING.format(where=where))
        self.where = where
        self._mapping: Mapping[object, object] = mapping
        self._known: set[str] = set()

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of ``key``, of exactly this type (whole numbers count as Decimal). Misfit when it is missing or of another type."""
        self._known.add(key)
        value = self._mapping.get(key, default)
        if value is None:
            near = _nearest(key, map(str, self._mapping.keys() - self._known), sentences.KEY_NEARBY)
            raise Misfit(sentences.KEY_MISSING.format(where=self.where, key=key, near=near))
        if kind is Decimal and type(value) is int:
            value = Decimal(value)
        if type(value) is not kind or (isinstance(value, Decimal) and not _is_readable(value)):
            wanted = sentences.TYPE_NAMES[kind.__name__]
            raise Misfit(sentences.WRONG_TYPE.format(where=self.where, key=key, wanted=wanted))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text, sanitised: files are an input edge."""
        return sanitise(self.take(key, str, default)).text

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """A member of an enumeration."""
        text = self.text(key, None if default is None else default.value)
        return kind(self.one_of(key, text, [member.value for member in kind]))

    def one_of(self, key: str, text: str, choices: Iterable[str]) -> str:
        """``text`` if it is one of the choices. Misfit otherwise."""
        known = tuple(choices)
        if text not in known:
            raise self.refusal(key, text, _nearest(text, known, sentences.NEAREST_KEY))
        return text

    def refusal(self, key: str, value: object, near: str = "") -> Misfit:
        """The Misfit that says that ``key`` can't have this value."""
        return Misfit(sentences.BAD_VALUE.format(where=self.where, key=key, value=_quote(str(value)), near=near))

    def each(self, key: str, read: Callable[["Keys"], T], *, is_optional: bool = False) -> tuple[T, ...]:
        """A list of mappings, each read by ``read`` and finished."""
        values = self.take(key, list, [] if is_optional else None)
        found = []
        for number, value in enumerate(values, 1):
            inner = Keys(sentences.ITEM.format(where=self.where, key=key, number=number), value)
            found.append(read(inner))
            inner.finish()
        return tuple(found)

    def inner(self, key: str) -> "Keys":
        """The mapping under ``key``."""
        return Keys(sentences.INNER.format(where=self.where, key=key), self.take(key, dict))

    def has(self, key: str) -> bool:
        """Whether the key is there at all; asking makes it known."""
        self._known.add(key)
        return key in self._mapping

    def finish(self) -> None:
        """Misfit when a key was never asked for."""
        for key in self._mapping:
            if key not in self._known:
                near = _nearest(str(key), self._known, sentences.NEAREST_KEY)
                raise Misfit(sentences.UNKNOWN_KEY.format(where=self.where, key=_quote(str(key)), near=near))


def check_keys(where: str, keys: Iterable[str]) -> None:
    """Misfit when a row has no key, or two rows have the same."""
    seen: set[str] = set()
    for key in keys:
        if not key:
            raise Misfit(sentences.EMPTY_KEY.format(where=where))
        if key in seen:
            raise Misfit(sentences.DUPLICATE_KEY.format(where=where, key=_quote(key)))
        seen.add(key)


def check_belongs(where: str, uppers: Iterable[str], known: Collection[str]) -> None:
    """Misfit when a row belongs to one that does not exist; "" means to none."""
    for upper in uppers:
        if upper and upper not in known:
            near = _nearest(upper, known, sentences.NEAREST_KEY)
            raise Misfit(sentences.DANGLING_KEY.format(where=where, key=_quote(upper), near=near))


def check_tree(where: str, parents: Mapping[str, str], most_levels: int = MOST_LEVELS) -> None:
    """Misfit unless the rows form a tree of at most so many levels; ``parents`` has the upper row of each, "" for none."""
    check_belongs(where, parents.values(), parents)
    for start in parents:
        path, upper = [start], parents[start]
        while upper and upper not in path and len(path) < most_levels:
            path.append(upper)
            upper = parents[upper]
        if upper in path:
            raise Misfit(sentences.CYCLIC_KEY.format(where=where, key=_quote(upper)))
        if upper or not most_levels:
            raise Misfit(sentences.TOO_MANY_LEVELS.format(where=where, key=_quote(start), most=most_levels))


def _nearest(text: str, known: Iterable[str], sentence: str) -> str:
    """The sentence with the known key that looks most like ``text``, "" when none does."""
    from difflib import get_close_matches  # noqa: PLC0415  # only for what is wrong; a start would wait for it

    near = get_close_matches(text[:MOST_QUOTED], sorted(known), 1, LIKENESS)
    return sentence.format(key=_quote(near[0])) if near else ""


def _quote(text: str) -> str:
    return excerpt(text, MOST_QUOTED)


def _is_readable(value: Decimal) -> bool:
    """Whether a number could as well have been typed: finite, and of no more digits than typed ones may have."""
    if not value.is_finite() or value.copy_abs() > vocabulary.LARGEST:
        return False
    return value == round_half_up(value, vocabulary.MOST_DECIMALS)
