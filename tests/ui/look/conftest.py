"""The look is as it was at the start once a test has changed it."""

from collections.abc import Iterator

import pytest

from app.ui.look.appearance import POINTS, Scheme, apply_appearance
from tests.ui.look.theme import running


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    apply_appearance(running(), Scheme.SYSTEM, POINTS)
