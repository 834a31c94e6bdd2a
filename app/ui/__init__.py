"""Qt widgets: they render an Outcome and emit Changes. They compute no figure and know no database."""
