"""What leaves for the bureau beside the painted table: the mail draft, the package, the check that a file is unchanged."""
