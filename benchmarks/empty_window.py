"""What `start` compares with: the least that PySide6 can show, a bare QMainWindow of the program's size."""

from PySide6.QtWidgets import QApplication, QMainWindow

if __name__ == "__main__":
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    application.exec()
