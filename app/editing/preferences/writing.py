"""Settings as the text of their file: TOML, one line each with its Chinese name, so that it can be looked at.

Decides the text only; `reading` gives back the same value.
"""

from collections.abc import Iterator
from typing import Final

from app.editing.preferences import captions
from app.editing.preferences.fields import FIELDS, Field, Number, Passage, Value, value_of, write_typed
from app.editing.preferences.preferences import Address, Preferences

FORMAT: Final = 1
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"})
_ESCAPES_INSIDE: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})


def write_preferences(preferences: Preferences) -> str:
    """The text of the file."""
    lines = [f"# {captions.FILE_HEAD}", f"format = {FORMAT}"]
    for page, title in captions.PAGES.items():
        lines += ("", f"# {title}", f"[{page}]")
        for field in FIELDS:
            if field.page == page:
                lines += _write_field(field, value_of(preferences, field))
    return "\n".join([*lines, ""])


def _write_field(field: Field, value: Value) -> Iterator[str]:
    unit = captions.UNITS.get(field.key)
    yield f"# {captions.LABELS[field.key]}{f'（{unit}）' if unit else ''}"
    match field.kind, value:
        case Number(), _:
            yield f"{field.name} = {write_typed(value)}"
        case Passage(), str(text):
            yield f'{field.name} = """\n{text.translate(_ESCAPES_INSIDE)}"""'
        case _, tuple():
            yield f"{field.name} = [{''.join(f'{_LINE}{_write_member(each)},' for each in value)}{_END if value else ''}]"
        case _:
            yield f"{field.name} = {_quote(str(value))}"


_LINE: Final = "\n    "
_END: Final = "\n"


def _write_member(member: Address | str) -> str:
    if isinstance(member, str):
        return _quote(member)
    usual = "true" if member.is_usual else "false"
    return f"{{ name = {_quote(member.name)}, mailbox = {_quote(member.mailbox)}, usual = {usual} }}"


def _quote(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
