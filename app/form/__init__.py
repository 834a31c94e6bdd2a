"""The value everything else is a function of: forms, changes, templates, quantities. Standard library only."""
