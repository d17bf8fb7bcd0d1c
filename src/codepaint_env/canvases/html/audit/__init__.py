"""The auditor of web pages: contrast, collisions, overflow, order and emptiness, with a selector and a box each."""
