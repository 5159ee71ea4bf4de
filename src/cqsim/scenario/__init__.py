"""What the analyst writes: the nouns, the YAML text with its positions, loading, formulas."""
