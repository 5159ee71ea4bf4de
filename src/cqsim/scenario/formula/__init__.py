"""Formulas of indicators: parsing, units, values."""
