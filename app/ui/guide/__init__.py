"""What leads through the year's work: the strip above the tabs."""
