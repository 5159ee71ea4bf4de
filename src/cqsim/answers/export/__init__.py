"""Answers as files, frames and formats of other programs."""
