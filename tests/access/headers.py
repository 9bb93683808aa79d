"""What every answer of the site carries."""

from collections.abc import Iterator
from typing import Any

from shopguide.headers import PERSONAL

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
NEVER = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "data: ;", "*", "http:", "https:")
MUST = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


def faults_of(answer: Any, *, signed_in: bool) -> Iterator[str]:
    """Yield what an answer's headers lack."""
    for name, value in WANTED.items():
        if answer.get(name) != value:
            yield f"{name} is {answer.get(name)}"
    policy = answer.get("Content-Security-Policy", "")
    for part in MUST:
        if part not in policy:
            yield f"the content security policy lacks {part}"
    for part in NEVER:
        if part in policy:
            yield f"the content security policy allows {part}"
    permissions = answer.get("Permissions-Policy", "")
    for part in ("geolocation=()", "camera=(self)", "microphone=(self)"):
        if part not in permissions:
            yield f"the permissions policy lacks {part}"
    kind = answer.get("Content-Type", "").partition(";")[0]
    kept = answer.get("Cache-Control", "")
    # An app may keep what it asks for anew each time (ETag).
    if signed_in and kind in PERSONAL and "no-store" not in kept and not app_may_keep(kept):
        yield "an answer to somebody signed in may be stored"


def app_may_keep(said: str) -> bool:
    """Tell whether an answer may be kept by its one reader only, who asks each time."""
    return "private" in said and "no-cache" in said
