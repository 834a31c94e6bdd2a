"""Bundled files are found when installed and in a checkout, and a missing one is named."""

import tomllib
from pathlib import Path

import pytest

from app.form.resources import PLACES, resource
from tests.architecture.sources import ROOT


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


def test_the_manual_lies_among_the_documents_of_a_checkout_and_among_the_resources_of_a_package(tmp_path: Path) -> None:
    (tmp_path / "manual").mkdir()

    assert resource("manual", places=(tmp_path,)) == tmp_path / "manual"
    assert resource("manual", "pictures") == ROOT / "docs" / "manual" / "pictures"


def test_wheel_and_package_carry_the_manual() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert carried["docs/manual"] == "app/resources/manual"
    assert '(str(ROOT / "docs" / "manual"), "resources/manual")' in (ROOT / "build.spec").read_text(encoding="utf-8")
