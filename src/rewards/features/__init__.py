"""Rewards by the features of an encoder."""
