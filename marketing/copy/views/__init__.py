"""Pages of copy: the desk of one draft, lists, decisions, many at once, texts to improve."""
