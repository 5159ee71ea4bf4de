"""What a target may be about: one file a measure behind one contract (`cqsim.targets.measure`)."""
