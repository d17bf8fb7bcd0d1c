"""Rewards that ask a judge about one picture at a time."""
