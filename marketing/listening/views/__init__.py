"""Pages of listening in the portal."""
