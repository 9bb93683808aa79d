"""Measurements: each speed or quality claim as a command, peers in the same run."""
