"""Between text and nouns: YAML with positions, validation of all problems at once, saving."""
