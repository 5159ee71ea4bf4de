"""How results are presented: tables, charts, reports."""
