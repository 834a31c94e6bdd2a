"""Editing: the one door for every Change, and the builders of Changes. It knows no widgets."""
