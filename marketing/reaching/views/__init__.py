"""The pages of this wing: a shop's, and its readers'."""
