"""What can be wrong with a catalogue file: whole files that are refused, and single rows.

Reasons and remedies are fixed English sentences, marked for translation: they are stored as they
are and translated when a person reads them. What differs from row to row stands in the value.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

LONGEST_VALUE = 300


class Refused(Exception):
    """The file cannot be imported at all, or not further than this."""

    def __init__(self, reason: str, remedy: str, value: str = "") -> None:
        self.reason, self.remedy, self.value = reason, remedy, value
        super().__init__(f"{gettext(reason)} {value and f'({value}) '}{gettext(remedy)}")


class Fault(Enum):
    """Each kind of thing that is wrong with a row, as (reason, remedy)."""

    NOT_JSON = (
        _("This line is not a JSON object."),
        _("Write one product a line, as one JSON object."),
    )
    NOT_JSON_CELL = (
        _("This cell is not JSON."),
        _("Write an object or list in JSON, as the mapping says."),
    )
    COLUMN_UNKNOWN = (
        _("This column is not one of ours and was left out."),
        _("Rename it, begin it with attr_ to keep it as an attribute, or use a mapping file."),
    )
    LINE_TOO_LONG = (
        _("This line is longer than a product can be."),
        _("Check for a missing line break; put pictures in files, not in the text."),
    )
    QUOTE_OPEN = (
        _("A quotation mark is opened here and never closed."),
        _('Close it, or double the quotation marks inside the text ("").'),
    )
    QUOTE_INSIDE = (
        _("A quotation mark stands inside a quoted text."),
        _('Double the quotation marks inside the text ("").'),
    )
    ROW_SHORT = (
        _("The row has fewer columns than the header."),
        _("Add the missing columns; leave them empty where there is nothing to say."),
    )
    ROW_LONG = (
        _("The row has more columns than the header."),
        _("Put texts that contain the separator in quotation marks."),
    )
    NOT_TEXT = (
        _("These bytes are not in the encoding of the rest of the file."),
        _("Save the whole file as UTF-8."),
    )
    CONTROL = (
        _("The text contains control characters."),
        _("Remove the invisible characters."),
    )
    FORMULA = (
        _("The text is a spreadsheet formula."),
        _("Write the text itself, without a leading =, +, - or @."),
    )
    TOO_LONG = (
        _("The text is too long."),
        _("Shorten it. The user guide lists the longest text of each column."),
    )
    NOT_A_TEXT = (_("This should be a text."), _("Write a text."))
    NOT_A_LIST = (_("This should be a list."), _("Write a list."))
    NOT_AN_OBJECT = (
        _("This should be an object of names and values."),
        _('Write names and values, for example {"size": "M"}.'),
    )
    NOT_A_FLAG = (_("This should be true or false."), _("Write true or false."))
    TOO_MANY = (
        _("There are too many entries."),
        _("Keep the most important ones, or make several products of this one."),
    )
    NO_SKU = (_("The SKU is missing."), _("Give each row an SKU of its own."))
    SKU_AGAIN = (
        _("This SKU stands in an earlier row too; the earlier row was taken."),
        _("Give each row an SKU of its own, or remove one of the rows."),
    )
    SKU_ELSEWHERE = (
        _("This SKU belongs to a variant of another product."),
        _("Use another SKU, or the product that has it."),
    )
    NO_TITLE = (
        _("The title is missing."),
        _("Give the product a title in Chinese or English."),
    )
    NO_PRODUCT = (
        _("The product of this variant was not taken."),
        _("Mend the product's own row, then import again."),
    )
    SAME_OPTIONS = (
        _("Another variant of the product has the same options."),
        _("Give each variant its own combination of options."),
    )
    OPTION_MISSING = (
        _("The variant lacks an option that the product has."),
        _("State each of the product's options for each variant."),
    )
    ROWS_DISAGREE = (
        _("Rows of the same product disagree; the first row was taken."),
        _("Write the same text in all rows of the product, or leave it empty."),
    )
    NO_GOOD_VARIANT = (
        _("None of the product's variants could be taken."),
        _("Mend at least one variant."),
    )
    STATUS = (_("This status is unknown."), _("Write live, draft or archived."))
    LOCALE = (_("This language is not one of the shop's."), _("Write zh-hans or en."))
    CURRENCY = (
        _("This currency is unknown."),
        _("Write one of the market place's currencies in three letters, for example CNY or USD."),
    )
    NO_CURRENCY = (
        _("The price has no currency."),
        _("Add a currency column, or name the column price_cny or price_usd."),
    )
    CURRENCY_SIGN = (
        _("The sign at the price is not the sign of the stated currency."),
        _("Remove the sign, or correct the currency."),
    )
    PRICE = (
        _("This is not a price."),
        _("Write digits with a point, for example 1299.00."),
    )
    PRICE_COMMA = (
        _("The comma in this price is ambiguous."),
        _("Write a point before the cents: 1.99, 1299.00."),
    )
    PRICE_NEGATIVE = (_("The price is negative."), _("Write a price of 0 or more."))
    PRICE_NAN = (_("This price is not a number."), _("Write the price, or leave it empty."))
    PRICE_LARGE = (
        _("The price is too large."),
        _("Write a price below 1,000,000,000,000."),
    )
    PRICE_CENTS = (
        _("The price has more than two decimal places."),
        _("Round it to two decimal places."),
    )
    PRICE_WAS = (
        _("The former price is not higher than the price."),
        _("Write a former price above the price, or leave it empty."),
    )
    STOCK = (
        _("This is not a quantity in stock."),
        _("Write a whole number of 0 or more."),
    )
    AVAILABILITY = (
        _("This availability is unknown."),
        _("Write in_stock, out_of_stock, preorder or backorder."),
    )
    DATE = (_("This is not a date."), _("Write the date as 2026-01-31."))
    STARS = (_("Stars go from 1 to 5."), _("Write 1, 2, 3, 4 or 5."))
    URL = (
        _("This is not an address of a picture."),
        _("Write an address that begins with https://, or the name of a picture file."),
    )
    PICTURES_NONE = (
        _("The file names pictures, but none were given."),
        _("Import again with the folder or zip of pictures. This is said once."),
    )
    PICTURE_MISSING = (
        _("This picture is not among the pictures given."),
        _("Add the file to the folder or zip, or correct its name."),
    )
    PICTURE_BAD = (
        _("This file is not a picture that can be shown."),
        _("Use a whole JPEG, PNG, WebP or GIF file."),
    )
    PICTURE_LARGE = (
        _("This picture is too large."),
        _("Make it smaller: at most 24 megapixels and 25 MB."),
    )
    PICTURE_INSIDE = (
        _("The address of this picture is not on the open Internet."),
        _("Give an address that anybody can open, or send the picture in a zip."),
    )
    PICTURE_UNREACHABLE = (
        _("This picture could not be fetched from its address."),
        _("Open the address in a browser; import again, or send the picture in a zip."),
    )
    CATEGORY = (
        _("This category cannot be read."),
        _("Write at most 8 levels, joined by /, each of at most 120 characters."),
    )
    CATEGORIES_MANY = (
        _("The file names more categories than a shop can have."),
        _("Check that the category column holds categories and not titles."),
    )
    SELF_RELATED = (
        _("A product cannot be related to itself."),
        _("Name another product, or leave it out."),
    )
    RELATED_UNKNOWN = (
        _("The related product does not exist."),
        _("Correct its SKU, or import that product too."),
    )
    EDITED_MEANWHILE = (
        _("Somebody edited this product while the import ran; it was left as it is."),
        _("Look at the product; import the file again to take over what it says."),
    )
    EDITED_SINCE = (
        _("This was edited after the import and was kept."),
        _("Change it by hand if the old value is wanted."),
    )
    DATABASE = (
        _("The database refused this row."),
        _("Compare it with the rows that were taken; the log has the details."),
    )

    @property
    def reason(self) -> str:
        """Return what is wrong, in English."""
        return str(self.value[0])

    @property
    def remedy(self) -> str:
        """Return how to mend it, in English."""
        return str(self.value[1])


class Bad(Exception):
    """One value cannot be taken; whoever knows its place makes a RowProblem of it."""

    def __init__(self, fault: Fault, value: object, path: tuple[str | int, ...] = ()) -> None:
        self.fault, self.value, self.path = fault, value, path
        super().__init__(fault.reason)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong with one row: where, what, why and how to mend it."""

    line: int
    column: str
    value: str
    fault: Fault

    def as_dict(self) -> dict[str, Any]:
        """Return the shape that commands and the API give out, in the reader's language."""
        return {
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "reason": gettext(self.fault.reason),
            "remedy": gettext(self.fault.remedy),
        }


class Problems:
    """Collects problems: the first ``keep`` whole, the rest counted. ``drain`` hands over news."""

    def __init__(self, keep: int) -> None:
        self.keep, self.count, self.lost_rows = keep, 0, 0
        self.first: list[RowProblem] = []
        self._fresh: list[RowProblem] = []

    def add(self, line: int, column: str, value: object, fault: Fault) -> None:
        """Report one problem."""
        self.count += 1
        if self.count <= self.keep:
            problem = RowProblem(line, column[:120], _shown(value), fault)
            self.first.append(problem)
            self._fresh.append(problem)

    def lose(self, line: int, column: str, value: object, fault: Fault) -> None:
        """Report a row that cannot even be read."""
        self.lost_rows += 1
        self.add(line, column, value, fault)

    def drain(self) -> list[RowProblem]:
        """Return the problems that were reported since the last call."""
        fresh, self._fresh = self._fresh, []
        return fresh


def _shown(value: object) -> str:
    """Return a value as it can be stored and shown: one line, no control or broken characters."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    text = text[: LONGEST_VALUE * 2]
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)[
        :LONGEST_VALUE
    ]
