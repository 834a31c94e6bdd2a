"""Checks: pure functions from a form to findings. They change nothing and know no files."""
