"""Outcome → Faces: what each table of the window shows. Pure functions without Qt."""
