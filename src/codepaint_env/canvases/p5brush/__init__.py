"""The p5brush canvas: p5.js sketches that paint with p5.brush."""
