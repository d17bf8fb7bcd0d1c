"""Optimise against a reward: a search climbs it, and a gold that it did not see tells what became of the pictures."""
