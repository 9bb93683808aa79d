"""What a shopper decides about what is known of them, for apps."""
