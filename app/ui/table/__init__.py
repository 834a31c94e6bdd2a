"""One table for all grids: what a cell shows (faces), the model, the view and the editor."""
