"""What benchmarks/render.py is made of."""
