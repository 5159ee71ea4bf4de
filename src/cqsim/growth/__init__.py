"""How an indicator may grow: one file per model behind one contract (`cqsim.growth.base`)."""
