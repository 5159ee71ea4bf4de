"""What the analyst writes: nouns, YAML text with positions, files, formulas."""
