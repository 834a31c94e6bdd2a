"""A change survives the journal's wording."""

from hypothesis import given
from hypothesis import strategies as st

from app.models.encoding import read_patches, write_patches
from tests.models.strategies import changes, forms


@given(st.data())
def test_patches_are_read_as_they_were_written(data: st.DataObject) -> None:
    change = data.draw(changes(data.draw(forms())))
    assert read_patches(write_patches(change.patches)) == change.patches
