"""Parts of the Excel workbook beside its table: texts as Excel stores them, and the further sheets."""
