"""The tabs: one widget per block of the template. They render an Outcome and emit Changes."""
