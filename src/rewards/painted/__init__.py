"""What can be said of a picture alone: whether it is blank, how much is painted, where letters stand."""
