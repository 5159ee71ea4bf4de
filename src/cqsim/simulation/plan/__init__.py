"""The plan: the only place where nouns become arrays, and every draw is declared."""
