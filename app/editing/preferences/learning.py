"""What settings learn from a letter that was written, and from what the program remembered before it had settings.

Decides which of it is kept: what can't be a setting is not, and the one there was stays.
"""

from contextlib import suppress
from dataclasses import replace

from app.editing.preferences.fields import FIELDS, Line, Passage, Unfit, read_book, read_endings, read_typed
from app.editing.preferences.preferences import Post


def learn_post(post: Post, letter: Post) -> Post:
    """A letter's texts and endings as the next one's beginning, its new recipients in the address book.

    They are usual ones only where there was none at all: choosing them for one letter must not change what was settled.
    """
    known = {each.mailbox.lower() for each in post.addresses}
    new = {each.mailbox.lower(): each for each in letter.addresses}
    with suppress(Unfit):
        added = read_book(
            replace(each, is_usual=not post.addresses) for mailbox, each in new.items() if mailbox not in known
        )
        post = replace(post, addresses=(*post.addresses, *added))
    with suppress(Unfit):
        post = replace(post, attached=read_endings(letter.attached))
    return replace(
        post,
        copy=_fit("post.copy", letter.copy, post.copy),
        subject=_fit("post.subject", letter.subject, post.subject),
        text=_fit("post.text", letter.text, post.text),
    )


def _fit(key: str, text: str, old: str) -> str:
    """A text as a setting, or the one there was."""
    (kind,) = (field.kind for field in FIELDS if field.key == key)
    try:
        return str(read_typed(kind, text)) if isinstance(kind, Line | Passage) else old
    except Unfit:
        return old
