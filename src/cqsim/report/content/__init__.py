"""What a report says: sentences, tables, chapters."""
