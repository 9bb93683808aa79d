"""What a shopper has agreed to, what they did since, and what they asked to be done with it."""

from profiles.models.consent import Consent, Purpose
from profiles.models.event import Event, Kind
from profiles.models.leaving import Erasure, Export

__all__ = ["Consent", "Erasure", "Event", "Export", "Kind", "Purpose"]
