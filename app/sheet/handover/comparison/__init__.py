"""A file beside the table it was painted from: cell by cell for 校验, number by number for every file that leaves."""
