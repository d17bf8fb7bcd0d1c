"""`codepaint ablate`: one set of pictures, several rewards, and what is known to be true of the pictures."""
