"""The content of reports: sentences, tables, chapters."""
