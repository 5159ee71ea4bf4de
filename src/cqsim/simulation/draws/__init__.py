"""Where draws come from: samplers of streams, states of what is not known, dependence."""
