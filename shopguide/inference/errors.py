"""Every error of the model room, on one screen.

InferenceError
├── ModelMissing       no such file or directory; ``remedy`` says how to get it
├── ModelUnreachable   the package could not be downloaded
├── ModelTampered      a file is not the one that was pinned
├── ModelUnsupported   the model or the option is one this room cannot run
├── EncodingFailed     the model ran and gave no usable vector
└── NoSpace            what must be kept on the way does not fit on the disk
"""

from __future__ import annotations


class InferenceError(Exception):
    """Say what went wrong in one line, and what mends it in another."""

    def __init__(self, reason: str, *, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".strip())
        self.reason = reason
        self.remedy = remedy


class ModelMissing(InferenceError):
    """A model is not where the settings say it is."""


class ModelUnreachable(InferenceError):
    """A model's package could not be downloaded."""


class ModelTampered(InferenceError):
    """A file differs from what was pinned, so it is not loaded."""


class ModelUnsupported(InferenceError):
    """A model, a number format or a device that this room cannot run."""


class EncodingFailed(InferenceError):
    """A model returned something that is not a vector."""


class NoSpace(InferenceError):
    """A file would not fit on its disk; writing it anyway would end the process."""
