"""Whether a form is a draft or final, as printed on every page and in the files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """Work in progress: printed with 草稿."""


@dataclass(frozen=True, slots=True)
class Final:
    """定稿: version ``number`` (from 1), by whom, when (ISO text, UTC), and ``digest``, the SHA-256 of the content in hexadecimal."""

    number: int
    by: str
    at: str
    digest: str


Edition = Draft | Final
