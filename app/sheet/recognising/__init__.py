"""Grid → Form: whose table it is, which block a row belongs to and which field a column is, found by headings alone."""
