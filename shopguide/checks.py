"""System checks: wrong settings are named before they hurt, with the line that mends them."""

import secrets
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register


def local_secret_key(data_dir: Path) -> str:
    """Return the key of this data directory, made once and readable by its owner only."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


@register()
def model_weights(**kwargs: Any) -> list[CheckMessage]:
    """Warn when the encoder's directory is absent: search would be by words only."""
    from django.conf import settings

    model = str(settings.ENCODER["model"])
    if model.startswith("/") and not Path(model).is_dir():
        return [
            Warning(
                f"The text encoder is not at {model}.",
                hint="Run `manage.py fetch_models`; until then search is by words only.",
                id="shopguide.W001",
            )
        ]
    return []


@register(deploy=True)
def production_services(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a production set-up that would run on the embedded services."""
    from django.conf import settings

    if settings.PRODUCTION and settings.BROKER_URL.startswith("memory"):
        return [
            Error(
                "Production needs a broker.",
                hint="Set BROKER_URL, RESULT_URL and CACHE_URL (docs/deployment.md).",
                id="shopguide.E001",
            )
        ]
    return []
