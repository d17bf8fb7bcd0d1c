"""What heads.py looks at beside the candidates: paintings that show nothing, and subjects drawn by other hands."""
