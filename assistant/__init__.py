"""A shopper asks, a grounded answer comes back. Leans on catalogue and profiles only."""
