"""A face cut to the glyphs of one document, packed as a file in it is.

Decides what is kept of such files. Knows nothing of PDF objects.
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from app.sheet.page.fonts import face
from app.sheet.page.truetype import cut


@dataclass(frozen=True, slots=True)
class Subset:
    """``packed`` as zlib does, ``size`` bytes before that; ``tag``: six capitals, other ones for other contents."""

    tag: str
    size: int
    packed: bytes


# A form is printed again after an edit, mostly with the characters of before; outlines are most of a file's bytes.
@lru_cache(maxsize=8)
def subset(file: str, glyphs: tuple[int, ...]) -> Subset:
    """The face in ``file`` with these glyphs, counted from 1 in this order; 0 is the box for "none"."""
    content = cut(face(file), [0, *glyphs])
    tag = "".join(chr(ord("A") + byte % 26) for byte in sha256(content).digest()[:6])
    return Subset(tag, len(content), zlib.compress(content))
