"""The parts of `benchmarks/injection.py`: words on pictures, and a judge that obeys them."""
