"""One file a growth model."""
