"""Lists of texts written as one text: the editor, its numbers, its counter."""
