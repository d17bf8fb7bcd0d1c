"""What the faces of several trainers share."""
