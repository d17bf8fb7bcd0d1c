"""What people look at: reports of runs and of trainings, each one self-contained HTML file in one look."""
