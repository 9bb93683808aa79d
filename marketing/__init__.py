"""A merchant speaks, and every word holds. Leans on catalogue and profiles only."""
