"""What the one command tells its user: numbered stages, how far each is, and how it ended."""

import sys
import time

from shopguide.embedded.errors import EmbeddedError

INDENT = "      "


class Teller:
    """Prints the stages of one command, numbered across the processes that carry them out."""

    def __init__(self, stages: tuple[str, ...]) -> None:
        self.stages = stages
        self.begun = time.monotonic()

    def begin(self, stage: str, what: str) -> None:
        """Say that a stage begins and what it does."""
        number = self.stages.index(stage) + 1
        self.begun = time.monotonic()
        print(f"[{number}/{len(self.stages)}] {stage}: {what}", flush=True)

    def note(self, text: str) -> None:
        """Say how far the stage is."""
        print(f"{INDENT}{text}", flush=True)

    def done(self, text: str = "done") -> None:
        """Say that the stage has ended and how long it took."""
        self.note(f"{text} ({time.monotonic() - self.begun:.1f} s)")


def fail(error: EmbeddedError) -> int:
    """Print a reason and its remedy, and return the exit code of a failure."""
    sys.stdout.flush()
    print(f"\nShopGuide stopped: {error.reason}\nRemedy: {error.remedy}", file=sys.stderr)
    return 1
