"""Measures every figure in turn. The exit code is 0 unless a benchmark itself breaks: a figure that misses is printed as such."""

import os

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks import keystroke, pdf, review, start, storage, xlsx_export

    for benchmark in (keystroke, start, pdf, xlsx_export, storage, review):
        benchmark.measure()
