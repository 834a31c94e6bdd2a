"""`make manual`: the chapter of codes, the pictures, and the PDF of docs/manual, which is build/手册.pdf.

Without pictures: `python -m scripts.manual --text`.
"""

import sys

from scripts.manual.book import TARGET, print_book
from scripts.manual.checks import TARGET as CHECKS
from scripts.manual.checks import write_checks
from scripts.manual.pictures import take_pictures


def main() -> None:
    """Everything in the order in which one needs the other."""
    CHECKS.write_text(write_checks(), encoding="utf-8", newline="\n")
    if "--text" not in sys.argv[1:]:
        take_pictures()
    print(f"{TARGET.name}: {print_book(TARGET)} pages")


if __name__ == "__main__":
    main()
