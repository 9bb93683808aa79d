"""Buyers' reviews: of what was delivered, once, shown unless a look is needed, never hidden."""

import pytest

from catalog.models import BuyerReview, Order, OrderLine, Review, ReviewOpinion
from catalog.models.buyer_review import Showing
from catalog.opinions.judges import WordJudge
from catalog.opinions.judging import judge_reviews
from catalog.opinions.moderating import concerns
from catalog.opinions.writing import NotWritten, Words, decide, delete, reply, write
from catalog.orders.carting import add
from catalog.orders.keeping import advance
from catalog.orders.paying import Test
from catalog.orders.placing import place
from catalog.reviewing import review_page
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_merchant, as_shopper
from tests.catalog.orders.conftest import make_shop, variant_of, wish_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("很好穿，第二次买了", ()), ("Terrible quality, broke in a day. Never again!", ()),
        ("质量太差，垃圾东西，退货！", ()), ("Rated 5.0 of 5, 100% cotton. Size 42 fits.", ()),
        ("便宜的看 http://evil.example", ("link",)), ("buy at cheap-shop.xyz now", ("link",)),
        ("加微信：abc12345 返现", ("contact",)), ("call 138 0000 1234", ("contact",)),
        ("write to a.b@example.org", ("contact",)), ("卖家去 死 吧", ("insult",)),
        ("the seller is a fucking idiot", ("insult",)), ("傻\u200b逼店家", ("insult",)),
        ("<img src=x onerror=alert(1)>", ("markup",)), ("{{7*7}}", ("markup",)),
        ("好" * 40, ("noise",)), ("THIS IS THE WORST THING EVER SOLD", ("noise",)),
        ("!!!!!!????!!!!!???!!!!!???!!!", ("noise",)), ("", ()),
    ],
)  # fmt: skip
def test_what_needs_a_look(text: str, found: tuple[str, ...]) -> None:
    assert concerns(text) == found


@pytest.fixture
def shop() -> Merchant:
    """Return a shop that ships."""
    return make_shop()


@pytest.fixture
def shopper() -> Shopper:
    """Return somebody who has no account."""
    return Shopper.objects.create()


@pytest.fixture
def line(shop: Merchant, shopper: Shopper) -> OrderLine:
    """Return a line that has been delivered."""
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    (order,) = place(shopper, wish_of(shopper), Test())
    for step in ("packed", "shipped", "delivered"):
        order = advance(order, step)
    with as_merchant(shop):
        return OrderLine.objects.select_related("variant__product", "order").get()


@pytest.mark.django_db
def test_a_review_is_shown_changed_and_deleted(shop: Merchant, line: OrderLine) -> None:
    own = write(line.order, line, Words(5, "很好", "杯子很漂亮，手感温润。", "小雨"))
    public = Review.objects.get()
    assert (own.state, public.stars, public.language, public.author) == (
        Showing.SHOWN, 5, "zh-hans", "小雨"
    )  # fmt: skip
    judge_reviews(shop, judge=WordJudge())
    assert ReviewOpinion.objects.count() == 1
    product = line.variant.product
    assert review_page(product, locale="zh-hans").average == 5
    write(line.order, line, Words(2, "", "Cracked after a week of tea.", "Lin"))
    public.refresh_from_db()
    assert (public.stars, public.language, Review.objects.count()) == (2, "en", 1)
    assert Review.objects.filter(merchant=shop).unjudged(WordJudge().id).count() == 1
    reply(shop, public, "We are sorry.")
    assert Review.objects.get().reply == "We are sorry."
    delete(own)
    with as_merchant(shop):
        assert not BuyerReview.objects.exists() and not Review.objects.exists()
        assert not ReviewOpinion.objects.exists()
    with pytest.raises(NotWritten, match="no_such"):
        delete(own)


@pytest.mark.django_db
def test_what_needs_a_look_is_seen_by_its_buyer_and_shop_alone(
    shop: Merchant, shopper: Shopper, line: OrderLine
) -> None:
    own = write(line.order, line, Words(1, "", "see www.evil.example", pictures=("1/a.webp",)))
    assert (own.state, own.why) == (Showing.HELD, ["link", "picture"])
    assert not Review.objects.exists() and not BuyerReview.objects.exists()
    for sees in (as_shopper(shopper), as_merchant(shop)):
        with sees:
            assert BuyerReview.objects.get().pictures.count() == 1
    with as_shopper(Shopper.objects.create()):
        assert not BuyerReview.objects.exists()
    assert decide(own, show=True).state == Showing.SHOWN
    assert Review.objects.get().body == "see www.evil.example"
    assert BuyerReview.objects.get().review == Review.objects.get()
    with pytest.raises(NotWritten):  # what is shown cannot be hidden
        decide(own, show=False)
    write(line.order, line, Words(1, "", "now at other.example.com", kept=()))
    assert not Review.objects.exists()
    with as_merchant(shop):
        held = BuyerReview.objects.get()
        assert held.pictures.count() == 0
    assert decide(held, show=False).state == Showing.REFUSED
    assert not Review.objects.exists()


@pytest.mark.django_db
def test_only_what_was_delivered_is_reviewed(shop: Merchant, shopper: Shopper) -> None:
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    (order,) = place(shopper, wish_of(shopper), Test())
    with as_merchant(shop):
        line = order.lines.select_related("variant").get()
    with pytest.raises(NotWritten, match="not_delivered"):
        write(order, line, Words(5))
    with pytest.raises(NotWritten, match="stars"):
        write(order, line, Words(6))
    for step in ("packed", "shipped", "delivered"):
        advance(order, step)
    with as_merchant(shop):
        line.variant.product.delete()
        line = OrderLine.objects.select_related("variant").get()
    with pytest.raises(NotWritten, match="no_product"):
        write(Order.objects.model(pk=order.pk, merchant=shop), line, Words(5))
