"""The wall between the program and what reads files: another process, its limits, and what passes through the pipe."""
