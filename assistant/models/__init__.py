"""The assistant's tables, a module for each noun."""

from assistant.models.article import (
    Article,
    ArticleVersion,
    Gap,
    PartVector,
    Passage,
    PassagePart,
)
from assistant.models.conversation import Conversation, Handling
from assistant.models.deed import Deed
from assistant.models.message import CannedReply, Label, Message, Note, Thumb, Voice
from assistant.models.sayings import Sayings

__all__ = [
    "Article",
    "ArticleVersion",
    "CannedReply",
    "Conversation",
    "Deed",
    "Gap",
    "Handling",
    "Label",
    "Message",
    "Note",
    "PartVector",
    "Passage",
    "PassagePart",
    "Sayings",
    "Thumb",
    "Voice",
]
