"""Shapes of searching and looking around."""

from __future__ import annotations

from django.conf import settings
from rest_framework import serializers

from catalog.search.addressing import FACETS, LARGEST_ID, MOST_CHARACTERS, MOST_PAGES
from catalog.search.searching import ORDERS
from catalog.search.suggesting import LONGEST

AMOUNT = r"^\d{1,10}(\.\d{1,2})?$"


def words(most: int, **more: object) -> serializers.ListField:
    """Return a parameter that may be given several times."""
    child = serializers.CharField(max_length=most, allow_blank=True)
    return serializers.ListField(child=child, max_length=20, required=False, **more)  # type: ignore[arg-type]


class ShownQuery(serializers.Serializer):
    """In which currency prices are shown."""

    currency = serializers.ChoiceField(
        choices=settings.CURRENCIES, required=False, help_text="the language's own if none is given"
    )


class SearchQuery(serializers.Serializer):
    """What is searched for: a sentence, and whatever was clicked."""

    q = serializers.CharField(
        max_length=MOST_CHARACTERS,
        required=False,
        allow_blank=True,
        help_text="a sentence in Chinese or English",
    )
    exact = serializers.ChoiceField(
        choices=["1"], required=False, help_text="1: words as they are written, not corrected"
    )
    no = serializers.ListField(
        child=serializers.RegexField(r"^[a-z]{1,20}-\d{1,4}$"),
        max_length=20,
        required=False,
        help_text="an understood condition to be taken away, as kind-start",
    )
    shop = serializers.RegexField(r"^[-\w]{1,60}$", required=False, help_text="one shop only")
    category = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    brand = words(120)
    min = serializers.RegexField(AMOUNT, required=False, help_text="lowest price")
    max = serializers.RegexField(AMOUNT, required=False, help_text="highest price")
    cur = serializers.ChoiceField(
        choices=settings.CURRENCIES, required=False, help_text="currency of min and max"
    )
    rating = serializers.RegexField(
        r"^([1-4](\.\d)?|5(\.0)?)$", required=False, help_text="stars at least, 1 to 5"
    )
    stock = serializers.ChoiceField(choices=["1"], required=False, help_text="1: in stock only")
    sort = serializers.ChoiceField(choices=list(ORDERS), required=False)
    page = serializers.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)

    example = {
        "q": "men's hoodie for cold weather under $60", "exact": "1", "no": ["price-10"],
        "shop": "cloudloom", "category": 12, "brand": ["Cloudloom"], "min": "20", "max": "60.50",
        "cur": "USD", "rating": "4.0", "sort": "relevance", "page": 1,
    }  # fmt: skip

    def get_fields(self) -> dict[str, serializers.Field]:
        """Add a parameter for each facet of the shared vocabulary."""
        return super().get_fields() | {name: words(80) for name in FACETS}


class PictureOut(serializers.Serializer):
    """A picture and what it shows."""

    url = serializers.CharField()
    alt = serializers.CharField(allow_blank=True)

    example = {"url": "/media/demo/hoodie.webp", "alt": "A red fleece hoodie"}


class HitOut(serializers.Serializer):
    """A product that was found."""

    sku = serializers.CharField()
    merchant = serializers.CharField()
    title = serializers.CharField()
    price = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_null=True)
    score = serializers.FloatField()
    reasons = serializers.ListField(child=serializers.CharField())
    brand = serializers.CharField(allow_blank=True)
    picture = PictureOut(allow_null=True)
    rating = serializers.FloatField(allow_null=True)
    reviews = serializers.IntegerField()
    in_stock = serializers.BooleanField()

    example = {
        "sku": "CL-HD-201", "merchant": "cloudloom", "title": "Fleece-lined hoodie",
        "price": "39.90", "currency": "USD", "score": 0.93, "reasons": ["winter", "under 60 USD"],
        "brand": "Cloudloom", "rating": 4.6, "reviews": 12,
    }  # fmt: skip


class SlotOut(serializers.Serializer):
    """A condition that was understood; `kind-start` takes it away again."""

    kind = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    negated = serializers.BooleanField()
    label = serializers.CharField()  # type: ignore[assignment]
    surface = serializers.CharField(allow_blank=True)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    minimum = serializers.CharField(allow_null=True, required=False)
    maximum = serializers.CharField(allow_null=True, required=False)
    currency = serializers.CharField(required=False, allow_blank=True)
    currency_stated = serializers.BooleanField(required=False)
    unit = serializers.CharField(required=False, allow_blank=True)
    known = serializers.BooleanField(required=False)

    example = {
        "kind": "price", "value": "", "negated": False, "label": "under $60",
        "surface": "under $60", "start": 30, "end": 39, "minimum": None, "maximum": "60",
        "currency": "USD", "currency_stated": True, "unit": "", "known": True,
    }  # fmt: skip


class CorrectionOut(serializers.Serializer):
    """A word that was read as another one."""

    to = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)

    example = {"from": "lanya", "to": "蓝牙", "reason": "pinyin"}

    def get_fields(self) -> dict[str, serializers.Field]:
        """Add the member whose name Python keeps for itself."""
        return {"from": serializers.CharField(), **super().get_fields()}


class UnderstoodOut(serializers.Serializer):
    """How the sentence was read."""

    language = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField(allow_blank=True)
    sort = serializers.CharField()
    slots = SlotOut(many=True)
    corrections = CorrectionOut(many=True)

    example = {"language": "en", "text": "hoodie", "sort": "relevance",
               "sentence": "hoodie for cold weather"}  # fmt: skip


class FacetValueOut(serializers.Serializer):
    """A value and how many of the found products have it."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()

    example = {"value": "navy", "label": "Navy", "count": 7}


class FacetOut(serializers.Serializer):
    """A facet with its values; that of prices has a range instead."""

    name = serializers.CharField(required=False)
    values = FacetValueOut(many=True, required=False)
    minimum = serializers.CharField(required=False, allow_null=True)
    maximum = serializers.CharField(required=False, allow_null=True)
    currency = serializers.CharField(required=False, allow_blank=True)

    example = {"name": "Colour", "minimum": "19.90", "maximum": "129.00", "currency": "USD"}


class RelaxedOut(serializers.Serializer):
    """What to give up when nothing fits, and what that brings."""

    without = serializers.ListField(child=serializers.CharField())
    gain = serializers.IntegerField()
    lowest = serializers.CharField(allow_null=True)
    highest = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_null=True)

    example = {"without": ["under $20"], "gain": 4, "lowest": "24.90", "highest": "59.00",
               "currency": "USD"}  # fmt: skip


class SearchOut(serializers.Serializer):
    """What was found, how the sentence was read, and what to give up if nothing fits."""

    hits = HitOut(many=True)
    understood = UnderstoodOut()
    total = serializers.IntegerField()
    facets = serializers.DictField(child=FacetOut())
    relaxed = RelaxedOut(many=True)
    degraded = serializers.BooleanField(help_text="words alone answered, without the model")
    next = serializers.CharField(allow_null=True)

    example = {
        "total": 1, "degraded": False, "next": None,
        "facets": {"colour": {"name": "Colour", "values": [
            {"value": "navy", "label": "Navy", "count": 7}]}},
    }  # fmt: skip


class SuggestQuery(serializers.Serializer):
    """What is typed so far."""

    q = serializers.CharField(max_length=LONGEST, allow_blank=True, help_text="as it is typed")

    example = {"q": "hood"}


class SuggestionOut(serializers.Serializer):
    """A line below the search box. `value`: a category's number, a brand, or a SKU."""

    kind = serializers.ChoiceField(choices=["query", "category", "brand", "product"])
    text = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    merchant = serializers.CharField(allow_blank=True)
    picture = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField(help_text="products of a category or brand, else 0")

    example = {"kind": "category", "text": "Hoodies", "value": "12", "merchant": "",
               "picture": "", "count": 18}  # fmt: skip


class SuggestionsOut(serializers.Serializer):
    """Suggestions, names before products."""

    items = SuggestionOut(many=True)


class CategoryOut(serializers.Serializer):
    """A category; `parent` is null at the top. `merchant`: whose own it is, empty for all."""

    id = serializers.IntegerField()
    parent = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]
    path = serializers.CharField()
    name = serializers.CharField()
    merchant = serializers.CharField(allow_blank=True)

    example = {"id": 12, "parent": 3, "path": "clothing/tops/hoodies", "name": "Hoodies",
               "merchant": ""}  # fmt: skip


class CategoriesOut(serializers.Serializer):
    """The whole tree as a list, parents before children."""

    items = CategoryOut(many=True)


class ShopOut(serializers.Serializer):
    """An open shop."""

    slug = serializers.CharField()
    name = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    is_demo = serializers.BooleanField()

    example = {"slug": "cloudloom", "name": "Cloudloom", "about": "Soft things.", "is_demo": True}


class ShopsOut(serializers.Serializer):
    """The open shops."""

    items = ShopOut(many=True)


class ShelfOut(serializers.Serializer):
    """A row of products."""

    code = serializers.ChoiceField(choices=["newest", "rating", "theme"])
    hits = HitOut(many=True)


class DepartmentOut(serializers.Serializer):
    """A top category with its products counted."""

    category = serializers.IntegerField()
    name = serializers.CharField()
    count = serializers.IntegerField()
    picture = serializers.CharField(allow_blank=True)

    example = {"category": 3, "name": "Clothing", "count": 64, "picture": "/media/demo/a.webp"}


class HomeOut(serializers.Serializer):
    """What the first screen shows."""

    departments = DepartmentOut(many=True)
    shelves = ShelfOut(many=True)
    examples = serializers.ListField(child=serializers.CharField())

    example = {"examples": ["quiet wireless mouse"]}
