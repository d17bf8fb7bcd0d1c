"""Whether a model is fit to judge: each judged reward asked about paintings that ship, whose truth is known."""
