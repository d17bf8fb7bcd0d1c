"""A Gymnasium environment in which a language model paints by writing code."""
