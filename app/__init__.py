"""绩效自评: the yearly self-evaluation form of a public unit, computed, kept and printed."""
