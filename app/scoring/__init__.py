"""Figures: totals, sums, rates and grades computed from a form. Nothing is stored."""
