"""Where the embedded services are reached, and where this checkout keeps its data."""

import os
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "shopguide"
OWNER = "shop_owner"
APP = "shop_app"
SUPERUSER = "postgres"


@dataclass(frozen=True)
class Addresses:
    """The addresses of one running set of services."""

    database_url: str
    migrate_database_url: str
    superuser_url: str
    broker_url: str
    result_url: str
    cache_url: str

    @classmethod
    def at(cls, *, postgres_socket: Path, valkey_socket: Path) -> "Addresses":
        """Name the addresses of services that listen on these unix sockets."""

        def database(role: str, name: str) -> str:
            return f"postgresql://{role}@/{name}?host={postgres_socket.parent}"

        return cls(
            database_url=database(APP, DATABASE),
            migrate_database_url=database(OWNER, DATABASE),
            superuser_url=database(SUPERUSER, "postgres"),
            broker_url=f"redis+socket://{valkey_socket}?virtual_host=0",
            result_url=f"redis+socket://{valkey_socket}?virtual_host=1",
            cache_url=f"unix://{valkey_socket}?db=2",
        )

    def environ(self) -> dict[str, str]:
        """Return the addresses as the environment variables that the settings read."""
        addresses = {name.upper(): url for name, url in asdict(self).items()}
        del addresses["SUPERUSER_URL"]  # nothing that runs the shop may be the superuser
        return addresses


def data_dir() -> Path:
    """Return DATA_DIR, by default ``var`` in the checkout."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve()
