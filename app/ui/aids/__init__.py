"""What helps at the form that is open: finding, going from pane to pane, hints, the menus' way to a table's cells."""
