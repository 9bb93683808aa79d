"""What a shopper has agreed to, what they did since, what it amounts to, and what is done of it."""

from profiles.models.consent import Consent, Purpose
from profiles.models.contact import Contact, Muted
from profiles.models.event import DEEDS, Event, Kind
from profiles.models.experiment import Experiment, Exposure, Mode, Place, Stage
from profiles.models.leaving import Erasure, Export
from profiles.models.portrait import Following, Portrait
from profiles.models.segment import Segment
from profiles.models.sequence import (
    ItemVector,
    StatePart,
    TrainingRun,
    UserState,
    Watched,
    Weights,
)
from profiles.models.source import Neighbour, Switch, Trace, Trained
from profiles.models.taste import About, Interest, Signal, Stance, Taste

__all__ = [
    "DEEDS",
    "About",
    "Consent",
    "Contact",
    "Erasure",
    "Event",
    "Experiment",
    "Export",
    "Exposure",
    "Following",
    "Interest",
    "ItemVector",
    "Kind",
    "Mode",
    "Muted",
    "Neighbour",
    "Place",
    "Portrait",
    "Purpose",
    "Segment",
    "Signal",
    "Stage",
    "Stance",
    "StatePart",
    "Switch",
    "Taste",
    "Trace",
    "Trained",
    "TrainingRun",
    "UserState",
    "Watched",
    "Weights",
]
