"""The Gymnasium faces: one environment, a vector of them, and the space of programs."""
