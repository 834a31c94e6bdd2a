"""Measures every figure in turn. The exit code is 0 unless a benchmark itself breaks: a figure that misses is printed as such."""

import os

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks import (
        docx_export,
        keystroke,
        memory,
        opening,
        paste,
        pdf,
        random_user,
        review,
        start,
        storage,
        xlsx_export,
    )

    for benchmark in (
        keystroke,
        paste,
        start,
        opening,
        pdf,
        xlsx_export,
        docx_export,
        storage,
        review,
        memory,
        random_user,
    ):
        benchmark.measure()
