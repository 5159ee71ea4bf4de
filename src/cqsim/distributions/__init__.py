"""Distributions: how an analyst writes uncertain figures, and the laws of their draws."""
