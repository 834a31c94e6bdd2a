"""One sheet of paper: which face shows a character, where a line breaks, where a page ends. Draws nothing."""
