"""The demo market place: enough of everything, two languages, plausible prices, honest words."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from catalog import demo
from catalog.demo import compact
from catalog.lexicon import DIMENSIONS, lexicon

LANGUAGES = {"zh-hans", "en"}
SUPERLATIVES = re.compile(
    r"最|第一(?![次天步件层场款周个年])|首选|极致|顶级|完美|国家级|独一无二|销量冠军"
    r"|\b(best|perfect(ly)?|ultimate|finest|unbeatable|number one|no\. ?1|world-class)\b",
    re.IGNORECASE,
)
# Attributes that are words but no facets of the lexicon.
FREE_WORDS = {"bluetooth_version", "water_rating", "paper_size", "steel_grade"}


@pytest.fixture(scope="module")
def market():
    """Return all records of the demo by merchant."""
    return {entry["slug"]: list(demo.products(entry["slug"])) for entry in demo.merchants()}


@pytest.fixture(scope="module")
def products(market):
    """Return all records of the demo."""
    return [product for shelf in market.values() for product in shelf]


def words(product):
    """Yield every sentence a shopper can read about a product."""
    yield from product["title"].values()
    yield from product["description"].values()
    for review in written([product]):
        yield from (review["title"], review["body"])


class TestMerchants:
    def test_six_with_words_in_both_languages(self):
        """Each merchant has names and an about text in Chinese and English."""
        shops = demo.merchants()
        assert len({shop["slug"] for shop in shops}) == 6
        for shop in shops:
            assert set(shop["name"]) == set(shop["about"]) == LANGUAGES
            assert set(shop["currencies"]) <= {"CNY", "USD"}
            assert 1 <= len(shop["warehouses"]) <= 2

    def test_people_belong_to_known_merchants(self):
        """The six logins of the contract are there; owners own shops that exist."""
        crowd = demo.people()
        assert crowd["password"] == "shopguide-demo"
        roles = {person["email"].split("@")[0]: person for person in crowd["people"]}
        assert set(roles) == {"shopper", "merchant", "editor", "agent", "rival", "operator"}
        slugs = {shop["slug"] for shop in demo.merchants()}
        assert {p["merchant"] for p in crowd["people"] if p["merchant"]} <= slugs
        assert roles["merchant"]["merchant"] != roles["rival"]["merchant"]


class TestCategories:
    def test_a_tree_with_parents_first(self):
        """Every category has both names and stands after its parent."""
        seen = set()
        for entry in demo.categories():
            parent = entry["path"].rpartition("/")[0]
            assert not parent or parent in seen
            assert entry["zh-hans"] and entry["en"]
            seen.add(entry["path"])

    def test_departments(self):
        """There are at least fourteen, food, plants and jewellery among them."""
        roots = {entry["path"] for entry in demo.categories() if "/" not in entry["path"]}
        assert len(roots) >= 14
        assert {"groceries", "garden", "jewellery"} <= roots

    def test_every_leaf_has_five_products(self, products):
        """Products stand in leaves only, and no leaf looks empty."""
        paths = {entry["path"] for entry in demo.categories()}
        leaves = {path for path in paths if not any(p.startswith(f"{path}/") for p in paths)}
        shelves = Counter(product["category"] for product in products)
        assert set(shelves) == leaves
        assert min(shelves.values()) >= 5
        assert len(leaves) >= 12


class TestProducts:
    def test_enough_of_them(self, market, products):
        """There are at least 300, and every merchant has a full shop."""
        assert len(products) >= 300
        assert min(len(shelf) for shelf in market.values()) >= 25

    def test_skus_are_unique(self, products):
        """No SKU is used twice; only a variant without options has that of its product."""
        skus = Counter(product["sku"] for product in products)
        variants = Counter(v["sku"] for product in products for v in product["variants"])
        assert max(skus.values()) == max(variants.values()) == 1
        for product in products:
            shared = {variant["sku"] for variant in product["variants"]} & set(skus)
            assert shared == (set() if product["options"] else {product["sku"]})

    def test_statuses(self, products):
        """Two drafts and one archived product show what the states look like."""
        assert Counter(product["status"] for product in products) == {
            "live": len(products) - 3, "draft": 2, "archived": 1,
        }  # fmt: skip

    def test_languages(self, products):
        """Title and description agree in language; some products speak one language only."""
        for product in products:
            assert set(product["title"]) == set(product["description"]) <= LANGUAGES
        lone = Counter(next(iter(p["title"])) for p in products if len(p["title"]) == 1)
        for language in LANGUAGES:
            assert 0.12 <= lone[language] / len(products) <= 0.25

    def test_texts_are_neither_stubs_nor_essays(self, products):
        """Descriptions have 80 to 200 Chinese characters, 60 to 140 English words."""
        for product in products:
            said = product["description"]
            assert 80 <= len(said.get("zh-hans", "字" * 80)) <= 200, product["sku"]
            assert 60 <= len(said.get("en", "word " * 60).split()) <= 140, product["sku"]
            assert not re.search(r"[\u4e00-\u9fff]", said.get("en", "")), product["sku"]

    def test_no_text_is_used_twice(self, products):
        """Nothing is made from a template: sentences do not repeat between products."""
        sentences = Counter(
            sentence.strip()
            for product in products
            for text in product["description"].values()
            for sentence in re.split(r"[。.!?]\s*", text)
            if len(sentence) > 25
        )
        assert [sentence for sentence, count in sentences.items() if count > 1] == []

    def test_no_superlatives(self, products):
        """No text claims to be the best, in either language."""
        found = [
            (product["sku"], match.group())
            for product in products
            for text in words(product)
            for match in SUPERLATIVES.finditer(text)
        ]
        assert found == []

    def test_related_products_exist(self, market):
        """A related product is another product of the same merchant."""
        for shelf in market.values():
            skus = {product["sku"] for product in shelf}
            for product in shelf:
                assert set(product["related"]) <= skus - {product["sku"]}, product["sku"]

    def test_codes_are_of_the_lexicon(self, products):
        """Whatever names a facet uses a code of the lexicon; other attributes are figures."""
        strangers = []
        for product in products:
            stated = [*product["attributes"].items()]
            stated += [o for v in product["variants"] for o in v["options"].items()]
            for name, value in stated:
                for one in value if isinstance(value, list) else [value]:
                    if not known(name, one):
                        strangers.append((product["sku"], name, one))
        assert strangers == []


def known(name, value):
    """Say whether an attribute is a facet with a known code, a figure, or a listed free word."""
    if name in DIMENSIONS:
        return value in lexicon().dimension(name).values or (name == "size" and value[0].isdigit())
    if name in {"weight", "capacity"}:  # options measured in units: "12 kg", "350 ml"
        return re.fullmatch(r"\d+ (kg|g|ml)", str(value)) is not None
    return isinstance(value, (int, float)) or name in FREE_WORDS


class TestVariants:
    def test_options_are_complete_and_distinct(self, products):
        """Each variant says something for each option, and no two say the same."""
        for product in products:
            chosen = [tuple(variant["options"].items()) for variant in product["variants"]]
            assert len(set(chosen)) == len(chosen) >= 1
            assert {tuple(v["options"]) for v in product["variants"]} == {tuple(product["options"])}

    def test_prices_are_plausible(self, products):
        """Prices are positive decimals; yuan to dollar lies between 5.5 and 9, and varies."""
        ratios = set()
        for variant in (v for product in products for v in product["variants"]):
            prices = {code: Decimal(amount) for code, amount in variant["prices"].items()}
            assert all(re.fullmatch(r"\d+\.\d\d", amount) for amount in variant["prices"].values())
            assert all(Decimal(3) <= price <= Decimal(2000) for price in prices.values())
            if len(prices) == 2:
                ratios.add(ratio := prices["CNY"] / prices["USD"])
                assert Decimal("5.5") <= ratio <= 9, variant["sku"]
        assert len(ratios) > 50

    def test_some_have_no_price_and_some_only_yuan(self, products):
        """A few products are priced on request, a few in one currency."""
        sold = [p for p in products if p["status"] == "live"]
        currencies = Counter(tuple(sorted(product["variants"][0]["prices"])) for product in sold)
        assert 2 <= currencies[()] <= 6
        assert 3 <= currencies[("CNY",)] <= 30

    def test_stock_is_by_warehouse(self, market):
        """Stock names warehouses of the merchant; some variants are sold out, most are not."""
        codes = {s["slug"]: {w["code"] for w in s["warehouses"]} for s in demo.merchants()}
        empty = total = 0
        for slug, shelf in market.items():
            for variant in (v for p in shelf if p["status"] == "live" for v in p["variants"]):
                assert set(variant["stock"]) <= codes[slug]
                total += 1
                empty += not any(variant["stock"].values())
        assert 0.02 <= empty / total <= 0.15

    def test_a_choice_named_as_sold_out_or_not_made_exists(self):
        """No file speaks of a variant that its options cannot give."""
        for shop in demo.merchants():
            for entry in compact.read(demo.HERE / "products" / shop["slug"]):
                made = {"/".join(c.values()) for c in compact.choices(entry)}
                assert set(entry.get("out", ())) <= made, entry["sku"]
                offered = {v for values in entry.get("options", {}).values() for v in values}
                assert set(entry.get("plus", {})) <= offered, entry["sku"]


def written(products):
    """Return the reviews that say something beside their stars."""
    return [review for product in products for review in product["reviews"] if "body" in review]


class TestReviews:
    def test_honest_and_mixed(self, products):
        """There are at least 400, of one to five stars, in both languages."""
        reviews = written(products)
        assert len(reviews) >= 400
        assert max(len(written([product])) for product in products) <= 15
        stars = Counter(review["stars"] for review in reviews)
        assert set(stars) == {1, 2, 3, 4, 5}
        assert stars[1] + stars[2] + stars[3] >= 0.15 * len(reviews)
        assert {review["language"] for review in reviews} == LANGUAGES

    def test_some_are_much_talked_about(self, products):
        """A dozen products have eight reviews or more, in both languages, and of all minds."""
        loud = [product for product in products if len(written([product])) >= 8]
        assert len(loud) >= 12
        for product in loud:
            stars = Counter(review["stars"] for review in written([product]))
            assert stars[4] + stars[5] > 0, product["sku"]
            assert stars[1] + stars[2] > 0, product["sku"]
        told = Counter(r["language"] for product in loud for r in written([product]))
        assert min(told.values()) >= 40

    def test_popularity_varies_by_orders_of_magnitude(self, products):
        """Most products have a handful of stars, some dozens, a few hundreds; few are alike."""
        counts = sorted(len(product["reviews"]) for product in products)
        assert 5 <= counts[len(counts) // 2] <= 10
        assert max(Counter(counts).values()) <= 40
        assert sum(count >= 20 for count in counts) >= 20
        assert 3 <= sum(count >= 200 for count in counts) <= 10

    def test_stars_alone_have_no_words(self, products):
        """A review without a text has neither author nor title: nothing is made up."""
        silent = [r for p in products for r in p["reviews"] if "body" not in r]
        assert all(set(review) == {"id", "stars", "date"} for review in silent)
        assert len({review["id"] for review in silent}) == len(silent) > 1_000
        assert set(Counter(review["stars"] for review in silent)) == {1, 2, 3, 4, 5}

    def test_each_is_its_own(self, products):
        """No review text appears twice; dates are ISO and not in the future of the shop."""
        reviews = written(products)
        assert len({review["body"] for review in reviews}) == len(reviews)
        dated = [review for product in products for review in product["reviews"]]
        assert all("2025-01-01" <= review["date"] <= "2026-11-22" for review in dated)

    def test_language_is_the_one_declared(self, products):
        """A Chinese review has Chinese characters, an English one has none."""
        for review in written(products):
            chinese = re.search(r"[\u4e00-\u9fff]", review["body"]) is not None
            assert chinese == (review["language"] == "zh-hans"), review


class TestMedia:
    def test_one_picture_a_colour_described_in_each_language(self, products):
        """Pictures follow the colour option, with an alternative text as the title speaks."""
        for product in products:
            colours = {v["options"].get("colour") for v in product["variants"]}
            shown = {medium["options"].get("colour") for medium in product["media"]}
            assert shown == colours, product["sku"]
            for medium in product["media"]:
                assert set(medium["alt"]) == set(product["title"])
