"""The formats of a report: terminal, HTML page, Markdown, Word, workbook, notebook."""
