"""What is said of one target."""
