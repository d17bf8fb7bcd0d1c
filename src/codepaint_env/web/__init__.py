"""What every HTTP server here has in common: where it listens, what it reads, and how it ends."""
