"""Moving a scenario's figures in a notebook and seeing at once what becomes of its targets."""
