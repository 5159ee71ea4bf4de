"""How a report is written down: terminal, page, Markdown, Word, workbook, notebook."""
