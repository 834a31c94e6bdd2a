"""Backups, the repair of a data file, and the places it may lie in: what keeps the stored forms safe."""
