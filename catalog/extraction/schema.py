"""What can be proposed: the closed list of attributes and the shape of a proposal."""

from dataclasses import dataclass

MODEL_VERSION = "extract-rules-1"

# Values are lexicon codes.
NAMED = (
    "colour", "material", "size", "audience", "season", "occasion", "feature", "pattern", "fit",
    "neckline", "sleeve", "heel",
)  # fmt: skip
# Values are numbers as written (dimensions "30x40"), with a unit.
MEASURED = (
    "dimensions", "weight", "capacity", "power", "battery", "voltage", "screen_size", "memory",
    "storage", "heel_height",
)  # fmt: skip
# "cotton 80" with unit %; "IPX7" or "50" with unit m; "5.3".
SPECIAL = ("composition", "water_resistance", "bluetooth_version")
ATTRIBUTES = NAMED + MEASURED + SPECIAL


@dataclass(frozen=True, slots=True)
class Proposal:
    """One attribute value a text states, with the words that state it.

    ``field`` is title or description; ``field_text[start:end] == evidence``. ``confidence`` is
    0 to 1. A proposal is no fact: a merchant confirms it first.
    """

    attribute: str
    value: str
    unit: str | None
    start: int
    end: int
    evidence: str
    confidence: float
    field: str
    model_version: str = MODEL_VERSION

    @property
    def key(self) -> tuple[str, str, str | None]:
        """Return what is proposed, without the evidence."""
        return (self.attribute, self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in folded text, before it is checked against its surroundings."""

    attribute: str
    value: str
    unit: str | None
    start: int
    end: int
    confidence: float

    @property
    def evidences_absence(self) -> bool:
        """Say whether the finding itself states that something is absent: "不含酒精"."""
        return self.attribute == "feature" and self.value.endswith(("-free", "-toxic", "low-fat"))
