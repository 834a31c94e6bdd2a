"""Values of a spreadsheet as the texts that it shows. Knows no file."""
