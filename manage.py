#!/usr/bin/env python
"""Django's command line, with the embedded services brought up where they are needed."""

import os
import sys

WITHOUT_SERVICES = {
    "check", "makemigrations", "help", "version", "collectstatic", "fetch_models",
    "makemessages", "compilemessages", "startapp", "--help", "-h", "--version",
}  # fmt: skip


def needs_services(argv: list[str]) -> bool:
    """Tell whether the command touches the database or the broker."""
    if os.environ.get("DATABASE_URL") or os.environ.get("BROKER_URL"):
        return False
    return len(argv) > 1 and argv[1] not in WITHOUT_SERVICES and not {"-h", "--help"} & set(argv)


def main() -> None:
    """Run one management command, inside a lease of the embedded services if it needs them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
    from django.core.management import execute_from_command_line

    if not needs_services(sys.argv):
        execute_from_command_line(sys.argv)
        return
    from shopguide.embedded import data_dir, ensure

    with ensure(data_dir()) as addresses:
        os.environ.update(addresses.environ())
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
