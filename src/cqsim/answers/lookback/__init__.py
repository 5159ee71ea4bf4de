"""One plan's targets, the probabilities they had, and what came."""
