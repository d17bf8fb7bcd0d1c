"""What the scores of a study amount to: figures with intervals, and which rewards can be told apart."""
