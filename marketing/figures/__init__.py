"""A shop's numbers: each with its definition, its SQL and the rows behind it."""
