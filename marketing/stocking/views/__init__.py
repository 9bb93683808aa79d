"""The pages of stock and logistics."""
