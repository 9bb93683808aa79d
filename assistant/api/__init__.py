"""The assistant for apps: the same conversations as the pages'."""
