"""Where draws come from: streams, samplers, dependence."""
