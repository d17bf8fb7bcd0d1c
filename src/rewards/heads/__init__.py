"""Rewards whose head was fitted on frozen features: a taste of one's own, and whether the subject is to be seen."""
