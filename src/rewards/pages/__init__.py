"""Rewards of web pages: does it run, how does it look, does it work."""
