"""Files of others → Grids: what they are is found by their content, and whatever is in them, reading ends."""
