"""What people say of a shop's goods: mentions, trends, bursts, and alerts with their evidence."""
