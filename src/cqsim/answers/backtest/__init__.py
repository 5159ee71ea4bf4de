"""How forecasting models fare on many series whose later values are known."""
