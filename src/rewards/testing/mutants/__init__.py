"""Rewards with one fault each, which a law must catch."""
