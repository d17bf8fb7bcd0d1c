"""Rewards that ask a judge."""
