"""Conversations as pages, the API and the command show them."""

from assistant.presenting.plainly import as_json

__all__ = ["as_json"]
