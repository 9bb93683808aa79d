"""Words of the import pages: what a column can be, and what an import is doing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def column_choices(currencies: Sequence[str]) -> list[tuple[str, str]]:
    """Return what a column of a file can be, each with its name in the reader's language."""
    choices = [
        ("", _("Leave out")),
        ("sku", _("Article number (SKU)")),
        ("product_sku", _("Number of the product that variants share")),
        ("title", _("Title")),
        ("title.zh-hans", _("Title, Chinese")),
        ("title.en", _("Title, English")),
        ("description", _("Description")),
        ("description.zh-hans", _("Description, Chinese")),
        ("description.en", _("Description, English")),
        ("brand", _("Brand")),
        ("category", _("Category")),
        ("price", _("Price")),
        ("was", _("Former price")),
        ("currency", _("Currency")),
        ("stock", _("Stock")),
        ("image", _("Main picture")),
        ("images", _("Pictures")),
        ("status", _("Status")),
        ("related", _("Related products")),
        ("option", _("Choice of the shopper, such as size")),
        ("attribute", _("A fact about the product")),
        ("attributes", _("Several facts, as a JSON object")),
    ]
    prices = [(f"price.{code}", _("Price in %(code)s") % {"code": code}) for code in currencies]
    place = next(n for n, (value, _label) in enumerate(choices) if value == "was")
    return choices[:place] + prices + choices[place:]
