"""What is counted of drawn paths: tallies, histograms, uplifts, combinations."""
