"""What a history says of growth: posteriors on grids."""
