"""Parts of `benchmarks/trainers.py`: the fixture, and one face a trainer."""
