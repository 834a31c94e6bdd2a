"""Every file of a folder through the one door, in a process of its own: what was said, how long it took, how much memory.

Started by the tests with the folder's name; nothing else runs in it, so the memory of its children is that of the readers.
"""

import json
import resource
import sys
import time
from pathlib import Path

from app.form.failure import AppError
from app.sheet.reading.source import read_source


def attempt(path: Path) -> dict[str, object]:
    before = path.read_bytes()
    start = time.monotonic()
    try:
        source = read_source(path)
        said = ""
        texts = [cell.text for grid in source.grids for cell in grid.cells if cell.text]
    except AppError as error:
        said, texts = str(error), []
    return {
        "name": path.name,
        "said": said,
        "texts": texts,
        "seconds": time.monotonic() - start,
        "is_unchanged": path.read_bytes() == before,
    }


def main() -> None:
    attempts = [attempt(path) for path in sorted(Path(sys.argv[1]).iterdir())]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps({"attempts": attempts, "peak": peak}))  # noqa: T201  the tests read it


if __name__ == "__main__":
    main()
