"""A merchant asks in words, sees numbers with their query, and approves what is proposed."""
