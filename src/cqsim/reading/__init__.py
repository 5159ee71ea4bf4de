"""Files as they come: whether one can be read, what it is, and its text."""
