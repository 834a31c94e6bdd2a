"""Bundled files are found when installed and in a checkout, and a missing one is named."""

from pathlib import Path

import pytest

from app.form.resources import PLACES, resource


def test_the_installed_place_comes_before_the_checkout(tmp_path: Path) -> None:
    installed, checkout = tmp_path / "app" / "resources", tmp_path / "resources"
    for place in (installed, checkout):
        (place / "fonts").mkdir(parents=True)
    (checkout / "fonts" / "a.ttf").touch()

    assert resource("fonts", places=(installed, checkout)) == installed / "fonts"
    assert resource("fonts", "a.ttf", places=(installed, checkout)) == checkout / "fonts" / "a.ttf"


def test_the_places_are_beside_and_inside_the_package() -> None:
    assert [place.name for place in PLACES] == ["resources", "resources"]
    assert PLACES[0].parent.name == "app"
    assert PLACES[1].parent == PLACES[0].parent.parent


def test_a_missing_file_is_named_by_its_relative_path() -> None:
    with pytest.raises(FileNotFoundError, match=r"^resources/templates/atlantis-1999\.toml$"):
        resource("templates", "atlantis-1999.toml")
