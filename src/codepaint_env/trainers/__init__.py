"""Trainer faces of the evaluator; none imports its trainer when it is loaded."""
