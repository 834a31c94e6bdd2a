"""What would become of a form, shown before it happens: reading a file into it, beginning a year from the last one."""
