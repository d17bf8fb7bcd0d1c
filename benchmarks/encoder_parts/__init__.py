"""Parts of the benchmark of encoders."""
