"""A merchant speaks, and every word holds; leans on the catalogue and profiles, never on the assistant."""
