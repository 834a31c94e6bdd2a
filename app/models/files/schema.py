"""The schema every version of the data file must have: nothing more may stand in it (reliability.md S25).

Decides by fingerprints, so that no database library is loaded to know what a version looks like; a test makes every
version by its migrations and compares. A trigger could rewrite every edit, and ``trusted_schema`` does not stop it.
"""

import sqlite3
from hashlib import sha256
from typing import Final

SCHEMAS: Final = {
    1: "4fe6724ffd562e966dd60afe117467a9cf53fddea3bf557d5cf047d5ad62bfd4",
    2: "6898badb89f0f3a9282a3fb58c11d7a0a13a8e137d47c4ecf3f1c162ed32b57c",
    3: "683048c884b099f2a9d96ee0585693228cb0d6b7486eb0efa316ffd76787a025",
    4: "98169a3260c59fc0b2d70b0d1e79345f526ef29a29c579612095ab63df2857fe",
}
TRIGGERS: Final = frozenset(
    f"CREATETRIGGERjournal_{event}BEFORE{event}ONjournalBEGINSELECTRAISE(ABORT,'thejournalisappend-only');END"
    for event in ("update", "delete")
)
IGNORED: Final = str.maketrans("", "", ' \t\r\n"`[]')  # what libraries may write differently


def fingerprint(connection: sqlite3.Connection) -> str:
    """SHA-256 of all tables and indices, whatever their order and spacing."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
    lines = sorted(
        "\n".join(map(str, (kind, name, table, _squeeze(sql)))) for kind, name, table, sql in connection.execute(query)
    )
    return sha256("\n\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def find_stranger(connection: sqlite3.Connection) -> str:
    """The name of something that no version of ours has (a view, a virtual table, a trigger), "" when there is none."""
    query = "SELECT name, sql FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
    return next((name for name, sql in connection.execute(query) if _squeeze(sql) not in TRIGGERS), "")


def has_schema(connection: sqlite3.Connection, version: int) -> bool:
    """Whether the file has exactly the tables and indices of ``version``."""
    return fingerprint(connection) == SCHEMAS.get(version)


def _squeeze(sql: object) -> str:
    return str(sql or "").translate(IGNORED)  # damage may have made anything of it
