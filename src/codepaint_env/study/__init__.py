"""Studies of rewards and judges."""
