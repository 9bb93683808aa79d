"""Pages of the assistant: the shopper's conversation, its stream, and the shop's inbox."""
