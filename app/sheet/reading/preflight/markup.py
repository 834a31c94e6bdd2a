"""One walk through an XML part: well-formed, without declarations, and no larger than a form could need.

Decides what no part may have. What a part's elements mean is for the visitor that its root element asks for.
"""

from collections.abc import Callable
from typing import IO, Final, Protocol
from xml.parsers import expat

from app.sheet.reading.refusal import Reason, Refusal

MOST_ELEMENTS: Final = 600_000  # of a whole file
MOST_DEPTH: Final = 200
_CHUNK: Final = 1 << 16
_SEPARATOR: Final = "}"


class Visitor(Protocol):
    """Told of every element of a part, by its local name."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """It ends."""

    def text(self, text: str, /) -> None:
        """What stands in it, piece by piece."""


class Silent:
    """For parts of which only the size matters."""

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        """Nothing to do."""

    def end(self, _name: str) -> None:
        """Nothing to do."""

    def text(self, _text: str) -> None:
        """Nothing to do."""


Choose = Callable[[str, str], Visitor]


class Walk:
    """Remembers how many elements a file has had so far."""

    def __init__(self) -> None:
        self.elements = 0

    def through(self, stream: IO[bytes], choose: Choose) -> None:
        """Tell the visitor that ``choose(namespace, name)`` gives for the root element. Refusal when the part is not as it should be."""
        part = _Part(self, choose)
        try:
            while chunk := stream.read(_CHUNK):
                part.parser.Parse(chunk, False)  # noqa: FBT003  expat takes it by position only
            part.parser.Parse(b"", True)  # noqa: FBT003  the same
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Refusal(Reason.BROKEN) from error


class _Part:
    """Remembers how deep the walk is in one part."""

    def __init__(self, walk: Walk, choose: Choose) -> None:
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_declaration
        self.parser.StartElementHandler = self._begin_root
        self.parser.EndElementHandler = self._finish
        self._walk = walk
        self._choose = choose
        self._visitor: Visitor = Silent()
        self._names: dict[str, str] = {}
        self._depth = 0

    def _begin_root(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(_SEPARATOR)
        self._visitor = self._choose(namespace, local)
        if type(self._visitor) is Silent:  # nobody listens: a third of the time
            self.parser.StartElementHandler = self._count
            self.parser.EndElementHandler = self._leave
            self._count(name, attributes)
            return
        self.parser.StartElementHandler = self._begin
        self.parser.CharacterDataHandler = self._visitor.text
        self._begin(name, attributes)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count(name, attributes)
        local = self._names.get(name)
        if local is None:
            local = self._names[name] = name.rpartition(_SEPARATOR)[2]
        self._visitor.start(local, attributes)

    def _count(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._walk.elements += 1
        if self._walk.elements > MOST_ELEMENTS:
            raise Refusal(Reason.TOO_MUCH)
        if self._depth > MOST_DEPTH:
            raise Refusal(Reason.UNSAFE)

    def _finish(self, name: str) -> None:
        self._depth -= 1
        self._visitor.end(self._names[name])

    def _leave(self, _name: str) -> None:
        self._depth -= 1


def _refuse_declaration(*_declared: object) -> None:
    raise Refusal(Reason.DOCTYPE)
