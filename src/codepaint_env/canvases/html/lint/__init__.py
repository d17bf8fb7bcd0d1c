"""Finds errors in the text of an HTML document, with HTMLHint."""
