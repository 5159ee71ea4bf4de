"""Moving a scenario's figures in a notebook and seeing the effect on its targets at once."""
