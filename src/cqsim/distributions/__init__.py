"""Distributions: how an analyst writes what is not known, and the laws that draws follow."""
