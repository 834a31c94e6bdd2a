"""All schema versions in order: the n-th module leads from version n-1 to n. Only appended to, never edited.

Decides the order; each module knows its own step and nothing of the tables of today.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from app.models.migrations import v0001_forms, v0002_review, v0003_chain, v0004_evidence

if TYPE_CHECKING:
    from alembic.operations import Operations

Migration = Callable[["Operations"], None]

MIGRATIONS: Final[tuple[Migration, ...]] = (
    v0001_forms.upgrade,
    v0002_review.upgrade,
    v0003_chain.upgrade,
    v0004_evidence.upgrade,
)
