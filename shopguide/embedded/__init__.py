"""The cellar: Postgres and Valkey of a fresh machine, and the one command that runs the product.

Law: a process that uses the services holds a lease; the last lease that ends stops them, however
its holder ended. Nothing here imports Django, so the services are up before settings are read.
"""

from shopguide.embedded.addresses import Addresses, data_dir
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.leasing import Lease, ensure

__all__ = ["Addresses", "EmbeddedError", "Lease", "data_dir", "ensure"]
