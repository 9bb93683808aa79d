"""Derive what search reads: words, names, facets and passages of live products.

For the importer's caller, the sweep and `manage.py index`. What needs indexing is a queryset
(`Product.objects.unindexed`), so running this twice, or late, or never to the end does no harm.
It never reads drafts into the projection and never encodes; that is `catalog.encoding`.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Avg, Count

from catalog.lexicon import DIMENSIONS, lexicon
from catalog.lexicon.folding import HAN_CHARACTER
from catalog.models import Category, Product, ProductText, Review, SearchDocument, TermCount
from catalog.models.product import Status, text_hash
from catalog.text import fold, index_terms
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

BATCH = 500
# A tsvector counts places up to 16,383 and 256 of one word; long manuals gain nothing beyond this.
MOST_TERMS_A_FIELD = 2_000
# An encoder reads 512 tokens; what follows the first lines of a description is rarely asked for.
PASSAGE_DESCRIPTION = 400
# Weights of a tsvector by where a term stands; `retrieving.Weights.fields` gives their worth.
TITLE, PLACE, FACTS, BODY = "A", "B", "C", "D"


@dataclass
class Document:
    """One product's row in the projection, and its passages by language."""

    product: int
    merchant: int
    revision: int
    terms: str
    names: list[str]
    titles: str
    categories: list[int]
    brand: str
    facets: dict[str, list[Any]]
    locales: list[str]
    length: int
    card: dict[str, Any]
    rating: str | None
    reviews: int
    created: str
    passages: list[dict[str, str]] = field(default_factory=list)


def index_products(merchant: Merchant, *, progress: Callable[[int], None] | None = None) -> int:
    """Bring this shop's part of the projection up to date; return how many products were read.

    Drains in batches of 500, a transaction each; another run at the same time does no harm.
    """
    done = 0
    with as_merchant(merchant):
        categories = CategoryNames.load()
    while True:
        with as_merchant(merchant):
            taken = index_batch(merchant, categories)
        if not taken:
            break
        done += taken
        if progress:
            progress(done)
    if done:
        count_terms(merchant)
        freshen_statistics()
    return done


def index_batch(merchant: Merchant, categories: "CategoryNames") -> int:
    """Index the next batch of the shop's outdated products inside the caller's transaction.

    Nothing for a suspended shop; one that is about to be suspended waits for the batch.
    """
    if not is_open(merchant):
        return 0
    products = list(
        Product.objects.of(merchant)
        .unindexed()
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .prefetch_related("texts", "variants", "media")[:BATCH]
    )
    live = [product for product in products if product.status == Status.LIVE]
    gone = [product.pk for product in products if product.status != Status.LIVE]
    SearchDocument.objects.filter(pk__in=gone).delete()
    ratings = ratings_of([product.pk for product in live])
    store([document_of(product, categories, ratings.get(product.pk)) for product in live])
    return len(products)


def is_open(merchant: Merchant) -> bool:
    """Tell whether the shop is not suspended, and keep it so to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM accounts_merchant WHERE id = %s AND suspended_at IS NULL FOR SHARE",
            [merchant.pk],
        )
        return cursor.rowcount > 0


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


def ratings_of(products: Sequence[int]) -> dict[int, tuple[float, int]]:
    """Return mean stars and number of reviews by product."""
    rows = (
        Review.objects.filter(product__in=products)
        .values_list("product")
        .annotate(mean=Avg("stars"), count=Count("pk"))
    )
    return {product: (round(mean, 2), count) for product, mean, count in rows}


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
        titles=fold(" · ".join([*(text.title for text in texts), product.brand])),
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


class Words:
    """Collects the terms of a document with their places and weights."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.next = 1
        self.length = 0

    def add(self, weight: str, text: str, *, counted: bool = True) -> None:
        """Add a field; ``counted`` fields make the document longer, lists of facts do not."""
        terms = index_terms(affirmed(text))[:MOST_TERMS_A_FIELD]
        for term in terms:
            self.places.setdefault(term, []).append(f"{min(self.next, 16_383)}{weight}")
            self.next += 1
        if counted:
            self.length += word_count(terms)
        self.next += 8  # a gap, so that words of two fields are never neighbours

    def literal(self) -> str:
        """Return the tsvector in Postgres's own text form: no parser sees our terms again."""
        return " ".join(
            f"{quote_term(term)}:{','.join(places[:255])}" for term, places in self.places.items()
        )


NEGATED = re.compile(
    r"(?i)\b(?:not|isn['’]t)\s+(?:fully\s+|completely\s+)?(?P<en>[a-z-]{4,})|[不非](?P<zh>防.)"
)


def affirmed(text: str) -> str:
    """Return a text without the facts that it denies: "(Not Waterproof)" is not found by them."""

    def kept(denied: re.Match[str]) -> str:
        said = denied["en"] or denied["zh"]
        facts = {span.dimension for span in lexicon().match(said)}
        return " " if facts & {"feature", "material"} else denied[0]

    return NEGATED.sub(kept, text)


def word_count(terms: Iterable[str]) -> int:
    """Count a text's words; a Chinese text is as long as it has characters, however cut."""
    return sum(len(term) == 1 or not HAN_CHARACTER.match(term) for term in terms)


def quote_term(term: str) -> str:
    """Return a term as tsvector and tsquery literals write it."""
    return "'" + term[:500].replace("\\", "\\\\").replace("'", "''") + "'"


def fact_words(attributes: dict[str, Any]) -> Iterable[str]:
    """Return what attributes add to the words: values, and their names in both languages."""
    for code, value in attributes.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bool):
                if one:
                    yield code.replace("_", " ")
            elif isinstance(one, str):
                yield one
                yield from names_of(code, one)
            else:
                yield f"{one}"


def option_words(variants: Iterable[Any]) -> list[str]:
    """Return the distinct option values of variants, with their names in both languages."""
    found: dict[str, None] = {}
    for variant in variants:
        for value in variant.options.values():
            found[str(value)] = None
        for dimension, code in variant.codes.items():
            found.update(dict.fromkeys(names_of(dimension, str(code))))
    return list(found)


def names_of(dimension: str, code: str) -> list[str]:
    """Return the vocabulary's display names of a code, in both languages; none if unknown."""
    if dimension not in DIMENSIONS:
        return []
    entry = lexicon().value(dimension, code)
    return [entry.display("en"), entry.display("zh-hans")] if entry else []


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


STORE = """
WITH rows AS (
    SELECT * FROM jsonb_to_recordset(%(documents)s::jsonb) AS r(
        product bigint, merchant bigint, revision bigint, terms text, names jsonb, titles text,
        categories jsonb, brand text, facets jsonb, locales jsonb, length int, card jsonb,
        rating numeric, reviews int, created timestamptz)
)
INSERT INTO catalog_searchdocument
    (product_id, merchant_id, revision, terms, names, titles, categories, brand, facets, locales,
     length, card, rating, reviews, created_at)
SELECT product, merchant, revision, terms::tsvector,
       ARRAY(SELECT jsonb_array_elements_text(names)), titles,
       ARRAY(SELECT jsonb_array_elements_text(categories)::bigint), brand, facets,
       ARRAY(SELECT jsonb_array_elements_text(locales)), length, card, rating, reviews, created
FROM rows
ON CONFLICT (product_id) DO UPDATE SET
    revision = excluded.revision, terms = excluded.terms, names = excluded.names,
    titles = excluded.titles, categories = excluded.categories, brand = excluded.brand,
    facets = excluded.facets, locales = excluded.locales, length = excluded.length,
    card = excluded.card,
    rating = excluded.rating, reviews = excluded.reviews, created_at = excluded.created_at
"""
PASSAGES = """
WITH rows AS (
    SELECT * FROM jsonb_to_recordset(%(passages)s::jsonb) AS r(
        product bigint, merchant bigint, locale text, text text, hash text)
), gone AS (
    DELETE FROM catalog_searchpassage p WHERE p.document_id = ANY(%(products)s)
        AND NOT EXISTS (SELECT FROM rows WHERE product = p.document_id AND locale = p.locale)
), outdated AS (
    DELETE FROM catalog_embedding e WHERE e.document_id = ANY(%(products)s)
        AND NOT EXISTS (SELECT FROM rows WHERE product = e.document_id AND locale = e.locale)
)
INSERT INTO catalog_searchpassage AS p (document_id, merchant_id, locale, text, text_hash)
SELECT product, merchant, locale, text, hash FROM rows
ON CONFLICT (document_id, locale) DO UPDATE
SET text = excluded.text, text_hash = excluded.text_hash WHERE p.text_hash <> excluded.text_hash
"""


def store(documents: Sequence[Document]) -> None:
    """Write documents and passages. Two statements; an unchanged passage is not written."""
    if not documents:
        return
    rows = [asdict(document) for document in documents]
    passages = [
        {**passage, "product": row["product"], "merchant": row["merchant"]}
        for row in rows
        for passage in row.pop("passages")
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STORE, {"documents": json.dumps(rows)})
        cursor.execute(
            PASSAGES,
            {
                "passages": json.dumps(passages),
                "products": [row["product"] for row in rows],
            },
        )


COUNT = """
INSERT INTO catalog_termcount (merchant_id, term, documents)
SELECT %(merchant)s, word, ndoc
FROM ts_stat('SELECT terms FROM catalog_searchdocument WHERE merchant_id = {merchant:d}')
WHERE length(word) <= 200
ON CONFLICT (term, merchant_id) DO UPDATE SET documents = excluded.documents
WHERE catalog_termcount.documents <> excluded.documents
"""


def freshen_statistics() -> None:
    """Have tables analyzed that have doubled, so that Postgres plans for them as they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_analyze_grown()")


def count_terms(merchant: Merchant) -> None:
    """Count in how many of the shop's documents each term stands. One scan of its documents."""
    with as_merchant(merchant), connection.cursor() as cursor:
        TermCount.objects.filter(merchant=merchant).delete()
        cursor.execute(COUNT.format(merchant=merchant.pk), {"merchant": merchant.pk})
        # The empty term counts all documents.
        cursor.execute(
            "INSERT INTO catalog_termcount (merchant_id, term, documents)"
            " SELECT %(merchant)s, '', count(*) FROM catalog_searchdocument"
            " WHERE merchant_id = %(merchant)s",
            {"merchant": merchant.pk},
        )
