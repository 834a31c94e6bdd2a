"""Scores, totals and grades as pure functions of a form. Nothing computed here is ever stored."""
