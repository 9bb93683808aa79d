"""What a shopper has agreed to, and what they asked to be done with what is known of them."""

from profiles.models.consent import Consent, Purpose
from profiles.models.leaving import Erasure, Export

__all__ = ["Consent", "Erasure", "Export", "Purpose"]
