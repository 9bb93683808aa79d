"""Derive one product's document and passages from its texts, variants, facts and pictures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.indexing.storing import Document
from catalog.indexing.words import (
    BODY,
    FACTS,
    PLACE,
    TITLE,
    Words,
    affirmed,
    fact_words,
    option_words,
)
from catalog.lexicon import lexicon
from catalog.models import Category, Product, ProductText
from catalog.models.product import text_hash
from catalog.text import fold

# An encoder reads 512 tokens; what follows the first lines of a description is rarely asked for.
PASSAGE_DESCRIPTION = 400


@dataclass(frozen=True)
class CategoryNames:
    """The category tree in memory: ancestors and names, so that a batch asks for none."""

    parents: dict[int, int | None]
    names: dict[int, tuple[str, str]]

    @classmethod
    def load(cls) -> "CategoryNames":
        """Read all categories that the connection may see. One query."""
        rows = Category.objects.values_list("pk", "parent_id", "name_en", "name_zh", "path")
        parents: dict[int, int | None] = {}
        names: dict[int, tuple[str, str]] = {}
        for pk, parent, english, chinese, path in rows:
            parents[pk] = parent
            last = path.rsplit("/", 1)[-1].replace("-", " ")
            names[pk] = (english or (chinese or last), chinese or (english or last))
        return cls(parents, names)

    def line(self, pk: int | None) -> list[int]:
        """Return the category and its ancestors, nearest first."""
        found: list[int] = []
        while pk is not None and pk not in found:
            found.append(pk)
            pk = self.parents.get(pk)
        return found


def document_of(
    product: Product, categories: CategoryNames, rating: tuple[float, int] | None
) -> Document:
    """Derive one product's document from its prefetched texts and variants."""
    line = categories.line(product.category_id)
    texts = [text for text in product.texts.all() if not text.arm]
    variants = list(product.variants.all())
    facets = facets_of(product, [categories.names[pk] for pk in line])
    words = Words()
    skus = dict.fromkeys([product.sku, *(variant.sku for variant in variants)])
    for text in texts:
        words.add(TITLE, text.title)
    words.add(PLACE, product.brand)
    for sku in list(skus)[:50]:
        words.add(PLACE, sku, counted=False)
    for fact in [*fact_words(product.attributes), *option_words(variants)]:
        words.add(FACTS, fact, counted=False)
    for pk in line:
        words.add(PLACE, " ".join(dict.fromkeys(categories.names[pk])), counted=False)
    for text in texts:
        words.add(BODY, text.description)
    return Document(
        product=product.pk,
        merchant=product.merchant_id,
        revision=product.revision,
        terms=words.literal(),
        names=list(dict.fromkeys([fold(sku) for sku in skus] + [fold(t.title) for t in texts])),
        titles=fold(" · ".join([*(affirmed(text.title) for text in texts), product.brand])),
        categories=line,
        brand=product.brand,
        facets=facets,
        locales=[text.locale for text in texts],
        length=words.length // max(1, len(texts)),
        card=card_of(product, texts),
        rating=str(rating[0]) if rating else None,
        reviews=rating[1] if rating else 0,
        created=product.created_at.isoformat(),
        passages=[passage_of(product, text, line, categories) for text in texts],
    )


def facets_of(product: Product, places: list[tuple[str, str]]) -> dict[str, list[Any]]:
    """Return the confirmed facts by which search filters: attributes, options, who it is for.

    Which combination of options there is, and at which price, only the offers know.
    """
    facets: dict[str, list[Any]] = {}
    for code, value in product.attributes.items():
        values = value if isinstance(value, list) else [value]
        kept = [one for one in values if isinstance(one, bool | int | float) or len(str(one)) <= 80]
        if kept:
            facets[code] = kept
    options: dict[str, dict[Any, None]] = {}
    for variant in product.variants.all():
        for dimension, code in variant.codes.items():
            options.setdefault(dimension, {})[code] = None
    facets.update({dimension: list(codes) for dimension, codes in options.items()})
    if "audience" not in facets:
        said = [
            span.code
            for names in places
            for name in dict.fromkeys(names)
            for span in lexicon().match(name)
            if span.dimension == "audience"
        ]
        if said:
            facets["audience"] = list(dict.fromkeys(said))
    return facets


def card_of(product: Product, texts: Iterable[ProductText]) -> dict[str, Any]:
    """Return what a card shows that is not a price or a number: titles, SKU, pictures."""
    return {
        "sku": product.sku,
        "titles": {text.locale: text.title for text in texts},
        "pictures": [
            {
                "file": picture.file,
                "alt": {"zh-hans": picture.alt_zh, "en": picture.alt_en},
                "options": picture.options,
            }
            for picture in list(product.media.all())[:12]
        ],
    }


def passage_of(
    product: Product, text: ProductText, line: Sequence[int], categories: CategoryNames
) -> dict[str, str]:
    """Return what the encoder reads of one language: title, brand, place, facts, first lines."""
    chinese = text.locale.startswith("zh")
    place = categories.names[line[0]][1 if chinese else 0] if line else ""
    opening = re.sub(r"\s+", " ", text.description)[:PASSAGE_DESCRIPTION]
    parts = [text.title, product.brand if product.brand not in text.title else "", place, opening]
    passage = ("。" if chinese else ". ").join(part for part in parts if part)
    return {"locale": text.locale, "text": passage, "hash": text_hash(passage)}
