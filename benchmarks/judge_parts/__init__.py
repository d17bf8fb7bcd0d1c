"""What `benchmarks/judge.py` is made of."""
