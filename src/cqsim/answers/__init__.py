"""What the futures mean for the targets."""
