"""Version 4: the list of 佐证材料."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Integer, Text

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(operations: "Operations") -> None:
    """Make the table; the rows there are stay as they are."""
    operations.create_table(
        "evidence",
        Column("form_id", Integer, ForeignKey("forms.id"), primary_key=True, nullable=False),
        Column("key", Text, primary_key=True, nullable=False),
        Column("position", Integer, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("indicator", "name", "note", "sha256", "size", "row_hash")),
    )
