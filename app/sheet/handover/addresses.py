"""What an e-mail address looks like. Decides only that; letters are `mail`'s."""

import re
from typing import Final

_MAILBOX: Final = re.compile(r"[^@\s<>,;，；]+@[^@\s<>,;，；]+\.[^@\s<>,;，；]+")


def is_mailbox(text: str) -> bool:
    """Whether a text is one bare address: a@b.cn."""
    return _MAILBOX.fullmatch(text) is not None
