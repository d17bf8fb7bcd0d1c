"""What `benchmarks/pages.py` is made of."""
