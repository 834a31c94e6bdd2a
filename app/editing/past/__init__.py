"""What a form was before: its journal, read. Knows no widgets."""
