"""Cases: what is drawn to try a law, as a few words and numbers that shrink, read and are kept."""
