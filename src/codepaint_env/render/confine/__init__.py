"""Confined worker processes: what stands around them, what they may use, and how they are asked."""
