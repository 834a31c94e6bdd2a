"""Strict reading of nested mappings: each key taken once with its type; what is left over is an error with the nearest name.

Decides nothing about templates or forms; it only makes sure that a file says what its reader understands, no more, no less.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from app.form import sentences

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Misfit(ValueError):
    """A file says something its reader does not understand; the message is a Chinese sentence that names file part and key."""


class Keys:
    """One mapping being read. Remembers which keys were asked for; ``finish`` complains about all others."""

    def __init__(self, where: str, mapping: object) -> None:
        """``where`` names this part of the file for the user."""
        if not isinstance(mapping, dict):
            raise Misfit(
                sentences.WRONG_TYPE.format(
                    where=where, key=where.rsplit(" ", 1)[-1], wanted=sentences.TYPE_NAMES["dict"]
                )
            )
        self.where = where
        self._mapping: Mapping[object, object] = mapping
        self._known: set[str] = set()

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of ``key``, of exactly this type (whole numbers count as Decimal). Misfit when it is missing or of another type."""
        self._known.add(key)
        value = self._mapping.get(key, default)
        if value is None:
            raise Misfit(sentences.KEY_MISSING.format(where=self.where, key=key))
        if kind is Decimal and type(value) is int:
            value = Decimal(value)
        if type(value) is not kind:
            wanted = sentences.TYPE_NAMES[kind.__name__]
            raise Misfit(sentences.WRONG_TYPE.format(where=self.where, key=key, wanted=wanted))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        return self.take(key, str, default)

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """A member of an enumeration."""
        text = self.text(key, None if default is None else default.value)
        return kind(self.one_of(key, text, [member.value for member in kind]))

    def one_of(self, key: str, text: str, choices: Iterable[str]) -> str:
        """``text`` if it is one of the choices. Misfit otherwise."""
        if text not in choices:
            raise Misfit(sentences.BAD_VALUE.format(where=self.where, key=key, value=text))
        return text

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
                near = get_close_matches(str(key), sorted(self._known), 1)
                hint = sentences.NEAREST_KEY.format(key=near[0]) if near else ""
                raise Misfit(sentences.UNKNOWN_KEY.format(where=self.where, key=key, near=hint))


def check_keys(where: str, keys: Iterable[str]) -> None:
    """Misfit when a row key occurs twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise Misfit(sentences.DUPLICATE_KEY.format(where=where, key=key))
        seen.add(key)


def check_parents(where: str, parents: Mapping[str, str]) -> None:
    """Misfit when a row belongs to one that does not exist, or in the end to itself; "" means to none."""
    for start, parent in parents.items():
        upper, steps = parent, 0
        while upper:
            if upper not in parents:
                raise Misfit(sentences.DANGLING_KEY.format(where=where, key=upper))
            steps += 1
            if steps > len(parents):
                raise Misfit(sentences.CYCLIC_KEY.format(where=where, key=start))
            upper = parents[upper]
