"""Hostile web pages: the corpus, and the trial that each is put to."""
