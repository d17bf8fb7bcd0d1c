"""The evidence folder of a run: what ran, each sample with its picture and score, and the curves of a training."""
