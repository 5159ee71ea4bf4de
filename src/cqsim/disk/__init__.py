"""What is written to disk: names that every system takes, and files that are whole or not there."""
