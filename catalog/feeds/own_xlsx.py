"""Our own columns in an Excel workbook: the first sheet, one variant a row, as in our CSV."""

from functools import cached_property
from typing import Any

from catalog.feeds.own_csv import OwnCsv
from catalog.feeds.workbook import Sheet


class OwnXlsx(OwnCsv):
    """Reads our own columns."""

    name = "xlsx"

    @cached_property
    def table(self) -> Any:
        """Return the first sheet as a table."""
        return Sheet(self.source)
