"""Episodes without gymnasium, for every face that has episodes."""
