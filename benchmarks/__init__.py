"""Measured ratios, each side by side in one run. Run with ``python -m benchmarks``; `docs/benchmarks.md` says what they mean."""
