"""Messages and campaigns in words."""
