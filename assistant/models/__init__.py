"""The assistant's tables, a module for each noun."""

from assistant.models.article import (
    Article,
    ArticleVersion,
    Gap,
    PartVector,
    Passage,
    PassagePart,
)

__all__ = ["Article", "ArticleVersion", "Gap", "PartVector", "Passage", "PassagePart"]
