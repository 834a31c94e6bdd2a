"""Counts the lines of Python that a piece of work runs: growth can be tested without a clock."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def count_steps(work: Callable[[], object]) -> int:
    """How many lines run while ``work`` does."""
    steps = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401  # what sys.settrace wants
        nonlocal steps
        steps += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps
