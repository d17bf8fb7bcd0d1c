"""What cards, laws and benchmarks measure rewards with: damaged pictures, and 95 % intervals."""
