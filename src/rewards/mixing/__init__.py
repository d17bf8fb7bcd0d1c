"""Rewards made of rewards, and how the values of a group become advantages."""
