"""How futures are drawn: the plan, the streams, the block kernel, the tally, the engine."""
