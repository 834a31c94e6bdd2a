"""绩效自评: the yearly self-evaluation form of a public unit, computed, kept and printed."""

from typing import Final

VERSION: Final = "0.1.0"  # pyproject.toml says the same
