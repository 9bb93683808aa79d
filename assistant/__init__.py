"""A shopper asks, a grounded answer comes back; leans on the catalogue and profiles, never on marketing."""
