"""The parts of the window around the tabs: list of forms, totals, banner, dialogs. They render values and say what was asked."""
