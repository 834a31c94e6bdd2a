"""The paper table, format-neutral, and the painters and readers of each file format. Only here: Office and PDF libraries."""
