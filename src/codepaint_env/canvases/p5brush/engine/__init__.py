"""p5.brush without a browser: a recorder, the library's own geometry, and a rasteriser of our own."""
