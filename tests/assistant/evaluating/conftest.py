"""The shop that dialogues are played in."""

from tests.assistant.doing.conftest import shop

__all__ = ["shop"]
