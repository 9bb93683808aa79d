"""Stock and logistics: demand to expect, when to order again, addresses and delivery notes read."""
