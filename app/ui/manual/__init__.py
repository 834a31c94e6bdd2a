"""帮助 → 使用手册: the chapters of docs/manual, read in a window of their own."""
