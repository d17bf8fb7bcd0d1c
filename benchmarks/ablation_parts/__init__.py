"""What benchmarks/ablation.py is made of: judges with known faults, planted rewards and simulated studies."""
