"""The application whose look the tests change."""

from PySide6.QtWidgets import QApplication


def running() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
