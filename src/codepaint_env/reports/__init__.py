"""What people look at: pages and charts of runs, of trainings and of judges."""
