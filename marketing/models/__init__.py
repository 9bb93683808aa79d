"""The tables of marketing, a module for each noun."""

from marketing.models.bulk import BulkJob
from marketing.models.draft import Brief, Draft, DraftState
from marketing.models.question import Proposal, Question
from marketing.models.rating import Rating
from marketing.models.version import CopyVersion
from marketing.models.voice import CopyRules, Voice

__all__ = [
    "Brief",
    "BulkJob",
    "CopyRules",
    "CopyVersion",
    "Draft",
    "DraftState",
    "Proposal",
    "Question",
    "Rating",
    "Voice",
]
