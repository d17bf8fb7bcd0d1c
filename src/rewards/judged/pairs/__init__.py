"""Rewards that let a judge compare two pictures at a time."""
