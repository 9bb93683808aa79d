"""The tables of marketing, a module for each noun."""

from marketing.models.alert import AlertLetter, AlertState, AlertWatch, OpinionAlert, Outcome
from marketing.models.bulk import BulkJob
from marketing.models.delivery import CustomsText, DeliveryNote
from marketing.models.draft import Brief, Draft, DraftState
from marketing.models.hearing import IMPORTED, Listening, Mention, MentionImport, Source
from marketing.models.question import Proposal, Question
from marketing.models.rating import Rating
from marketing.models.stock import Demand, ForecastRun, Incoming, PastSale, StockTerms
from marketing.models.suspicion import Reason, Suspicion
from marketing.models.version import CopyVersion
from marketing.models.voice import CopyRules, Voice

__all__ = [
    "IMPORTED",
    "AlertLetter",
    "AlertState",
    "AlertWatch",
    "Brief",
    "BulkJob",
    "CopyRules",
    "CopyVersion",
    "CustomsText",
    "DeliveryNote",
    "Demand",
    "Draft",
    "DraftState",
    "ForecastRun",
    "Incoming",
    "Listening",
    "Mention",
    "MentionImport",
    "OpinionAlert",
    "Outcome",
    "PastSale",
    "Proposal",
    "Question",
    "Rating",
    "Reason",
    "Source",
    "StockTerms",
    "Suspicion",
    "Voice",
]
