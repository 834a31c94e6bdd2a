"""A data file seen from outside: its kind, its schema, whether it is sound, and its copies.

Stands below `opening`, which asks all of this before it opens one; knows no form.
"""
