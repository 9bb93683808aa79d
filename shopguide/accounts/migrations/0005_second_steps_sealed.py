"""Encrypt the secrets of second steps that were kept as plain text."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from shopguide.sealing import is_sealed, seal, unseal

PURPOSE = "second step"
MEMBERS = ("secret", "seed")


def change_all(apps: Any, schema_editor: Any, change: Callable[[str], str]) -> None:
    """Change the secret texts of each second step."""
    rows = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for row in rows.filter(type__in=["totp", "recovery_codes"]).iterator():
        for name in MEMBERS:
            if name in row.data:
                row.data[name] = change(row.data[name])
        if "migrated_codes" in row.data:
            row.data["migrated_codes"] = [change(code) for code in row.data["migrated_codes"]]
        row.save(update_fields=["data"])


def seal_all(apps: Any, schema_editor: Any) -> None:
    """Seal what is plain."""
    change_all(apps, schema_editor, lambda text: text if is_sealed(text) else seal(text, PURPOSE))


def open_all(apps: Any, schema_editor: Any) -> None:
    """Take that back."""
    change_all(apps, schema_editor, lambda text: unseal(text, PURPOSE) if is_sealed(text) else text)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_all, open_all)]
