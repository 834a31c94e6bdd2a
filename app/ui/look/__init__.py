"""How everything looks: colours, spacing, style sheet, icons. Knows no form and no page."""
