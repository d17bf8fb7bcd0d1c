"""Draws a sketch as a whole p5 page in a sealed Chromium."""
