"""Failures the program knows and words politely; anything else that is raised is a bug."""


class AppError(Exception):
    """A known failure; its message is one polite Chinese sentence that says the way out."""
