"""Who writes the programs: the reference pool, a folder, or a model behind an endpoint."""
