"""How the reference pool is made: studies, candidates, ratings."""
