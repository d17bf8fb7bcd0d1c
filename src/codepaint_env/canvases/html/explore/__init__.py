"""Tries a page out as a person would, and records what came of each step."""
