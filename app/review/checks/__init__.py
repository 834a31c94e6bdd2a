"""Checks by subject: plain functions from a context to findings. They know no other room than scoring and form."""
