"""Pages about what is known of a shopper."""
