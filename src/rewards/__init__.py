"""Swappable rewards that judge pictures painted by programs."""
