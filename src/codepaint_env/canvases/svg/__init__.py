"""The SVG canvas: a gate that reads an untrusted document, and the drawing of what passes it."""
