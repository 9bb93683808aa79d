"""What a shopper has agreed to, what they did since, what it amounts to, and what is done of it."""

from profiles.models.consent import Consent, Purpose
from profiles.models.event import DEEDS, Event, Kind
from profiles.models.experiment import Experiment, Exposure, Stage
from profiles.models.leaving import Erasure, Export
from profiles.models.source import Neighbour, Switch, Trace, Trained
from profiles.models.taste import About, Interest, Signal, Stance, Taste

__all__ = [
    "DEEDS",
    "About",
    "Consent",
    "Erasure",
    "Event",
    "Experiment",
    "Export",
    "Exposure",
    "Interest",
    "Kind",
    "Neighbour",
    "Purpose",
    "Signal",
    "Stage",
    "Stance",
    "Switch",
    "Taste",
    "Trace",
    "Trained",
]
