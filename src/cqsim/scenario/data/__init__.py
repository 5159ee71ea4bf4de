"""Between text and nouns: YAML with positions, validation that finds all problems at once, saving."""
