"""The tables of marketing, a module for each noun."""

from marketing.models.alert import AlertLetter, AlertState, AlertWatch, OpinionAlert, Outcome
from marketing.models.bulk import BulkJob
from marketing.models.campaign import Campaign, CampaignStage, Notice, Send, SendState, Way
from marketing.models.delivery import CustomsText, DeliveryNote
from marketing.models.draft import Brief, Draft, DraftState
from marketing.models.hearing import IMPORTED, Listening, Mention, MentionImport, Source
from marketing.models.question import Proposal, Question
from marketing.models.rating import Rating
from marketing.models.sharing import GroupItem, GroupList, GroupMember, ShareLink, ShareVisit
from marketing.models.stock import Demand, ForecastRun, Incoming, PastSale, SoldOut, StockTerms
from marketing.models.suspicion import Reason, Suspicion
from marketing.models.trial import Trial, TrialArm
from marketing.models.version import CopyVersion
from marketing.models.voice import CopyRules, Voice

__all__ = [
    "IMPORTED",
    "AlertLetter",
    "AlertState",
    "AlertWatch",
    "Brief",
    "BulkJob",
    "Campaign",
    "CampaignStage",
    "CopyRules",
    "CopyVersion",
    "CustomsText",
    "DeliveryNote",
    "Demand",
    "Draft",
    "DraftState",
    "ForecastRun",
    "GroupItem",
    "GroupList",
    "GroupMember",
    "Incoming",
    "Listening",
    "Mention",
    "MentionImport",
    "Notice",
    "OpinionAlert",
    "Outcome",
    "PastSale",
    "Proposal",
    "Question",
    "Rating",
    "Reason",
    "Send",
    "SendState",
    "ShareLink",
    "ShareVisit",
    "SoldOut",
    "Source",
    "StockTerms",
    "Suspicion",
    "Trial",
    "TrialArm",
    "Voice",
    "Way",
]
