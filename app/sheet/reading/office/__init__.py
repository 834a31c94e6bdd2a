"""One reader per format of Office. Each runs in the child process only, on bytes that the preflight has passed."""
