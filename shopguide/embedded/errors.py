"""What can go wrong in the cellar, on one screen."""


class EmbeddedError(Exception):
    """Say in one line what is wrong with the embedded services, and what mends it."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{reason} Remedy: {remedy}")
