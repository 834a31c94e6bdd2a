"""Charts of a form as values: drawn once, painted on the screen, on paper and into pictures."""
