"""What others have written, as rewards: a scorer behind an address, and a function of yours."""
