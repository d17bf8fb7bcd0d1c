"""Who draws what, where, and within which bounds."""
