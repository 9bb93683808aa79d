"""What addresses name: for each kind one of ours, one of somebody else's, one that is not there.

A new kind is a function here; `object = "its name"` in the policy file uses it. ``None`` for
foreign: the kind belongs to nobody.
"""

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, encode_multipart
from django.utils import timezone

from assistant.knowledge.articles import approve, write
from assistant.models import Article, Conversation, Gap, Message
from assistant.state import State
from catalog.indexing import index_products
from catalog.models import (
    Address,
    Alert,
    Arrangement,
    Attribute,
    AttributeProposal,
    BulkEdit,
    BuyerReview,
    CartLine,
    CatalogImport,
    Category,
    Coupon,
    Order,
    OrderLine,
    Product,
    Return,
    ReturnLine,
    Review,
    ShippingMethod,
    Variant,
)
from catalog.search.understanding import Slot
from marketing.models import (
    Brief,
    BulkJob,
    Campaign,
    CopyVersion,
    DeliveryNote,
    Draft,
    GroupItem,
    GroupList,
    GroupMember,
    Incoming,
    Notice,
    OpinionAlert,
    Proposal,
    Question,
    Send,
    ShareLink,
    Suspicion,
    Trial,
)
from marketing.reaching.stopping import word_for
from profiles.consenting import choose
from profiles.experiments.running import start_on_text, stop
from profiles.exporting import folder
from profiles.models import Erasure, Export, Following, Purpose, Segment
from shopguide.accounts.inviting import token_of
from shopguide.accounts.models import (
    ApiKey,
    Invitation,
    Membership,
    Merchant,
    Shopper,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
)
from tests.access.identities import Crowd
from tests.catalog.factories import make_category, make_product
from tests.marketing.listening.factories import make_alert

Names = dict[str, Any]
# Ours, theirs, nobody's.
Three = tuple[Names, Names | None, Names | None]
Make = Callable[[Crowd], Three]
NO_PK = {"pk": 10**9}
NO_ORDER = {"number": "ZZZZZ-ZZZZZ"}
NO_CHAT = {"number": uuid.uuid4()}

# What is sent where an empty form would name nothing.
NO_PICTURE = encode_multipart(BOUNDARY, {"picture": SimpleUploadedFile("red.png", b"no picture")})
SENT: dict[str, str | bytes] = {
    "api_return_pictures": NO_PICTURE,
    "api_review_pictures": NO_PICTURE,
    "api_group": '{"open": false}',
    "api_group_me": '{"name": "Lin"}',
    "api_conversation_stars": '{"stars": 4}',
    "api_list_followers": '{"name": "Lin"}',
    "api_cart_line": '{"quantity": 1}',
    "api_messages": '{"text": "hello"}',
    "api_message_judge": '{"thumb": 1}',
    "api_notification": '{"read": true}',
}


def of_both(
    make: Callable[[Merchant], Any], key: str = "pk", none: Names = NO_PK, **also: Any
) -> Make:
    """Return the three of a row that belongs to a shop."""

    def three(crowd: Crowd) -> Three:
        ours, theirs = make(crowd.loom), make(crowd.rival)
        return (
            {key: getattr(ours, key)} | also,
            {key: getattr(theirs, key)} | also,
            none | also,
        )

    return three


def same(**names: Any) -> Make:
    """Return names that are nobody's in particular."""
    return lambda _crowd: (names, None, None)


def product(shop: Merchant) -> Product:
    """Save a live product."""
    sku = f"SKU-{shop.slug}"
    there = Product.objects.filter(merchant=shop, sku=sku).first()
    return there or make_product(shop, sku, category=make_category("clothing"))


def copy_place(kind: Any, shop: Merchant, **fields: Any) -> Any:
    """Save a row about a place for copy: a product's English title."""
    product = Product.objects.filter(merchant=shop).first()
    return kind.objects.create(
        merchant=shop, product=product, channel="title", locale="en", **fields
    )


def trial(shop: Merchant) -> Trial:
    """Save a trial that is over."""
    product = make_product(shop, f"tried-{uuid.uuid4().hex[:8]}")
    made = start_on_text(
        shop, {"now": 0.5, "d1": 0.5}, code=f"copy-{uuid.uuid4().hex[:12]}", name="T",
        product=product, channel="title", locale="en", metric="click", guardrails=[],
    )  # fmt: skip
    stop(made, "stopped")
    return Trial.objects.create(
        merchant=shop, product=product, channel="title", locale="en", experiment=made,
        control={"title": "Usual"}, rate=0.1, lift=0.2, people=100, ending="stopped",
    )  # fmt: skip


def copy_draft(shop: Merchant) -> Draft:
    """Save a draft of a title."""
    return cast(Draft, copy_place(Draft, shop, parts={"title": "A plain mug"}))


def order(shop: Merchant, shopper: Shopper | None = None, **fields: Any) -> Order:
    """Save an order of one thing."""
    return Order.objects.create(
        merchant=shop, shopper=shopper or Shopper.objects.create(), currency="CNY",
        items_amount=Decimal(10), total_amount=Decimal(10), email="lin@example.com",
        payment_provider="on_delivery", **fields,
    )  # fmt: skip


def by_buyer(make: Callable[[Crowd, Shopper], Names], none: Names) -> Make:
    """Return the three of something that shoppers have: the guest's, Vera's, and a third one's."""

    def three(crowd: Crowd) -> Three:
        mine = {
            who: make(crowd, shopper)
            for who, shopper in (("guest", crowd.guest), ("verified", crowd.buyer))
        }
        return {"by": mine}, make(crowd, Shopper.objects.create()), none

    return three


def own_order(crowd: Crowd, shopper: Shopper, **fields: Any) -> Names:
    """Save a shopper's order."""
    return {"number": order(crowd.loom, shopper, **fields).number}


def own_line(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a delivered order of one thing; name the thing."""
    made = line(order(crowd.loom, shopper, state="delivered"))
    return {"number": made.order.number, "pk": made.pk}


def own_review(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a delivered thing that was reviewed, with a picture."""
    names = own_line(crowd, shopper)
    about = Product.objects.filter(merchant=crowd.loom).first()
    made = BuyerReview.objects.create(
        merchant=crowd.loom, shopper=shopper, product=about, line_id=names["pk"], stars=4,
        state="held",
    )  # fmt: skip
    shot = made.pictures.create(merchant=crowd.loom, file="none/none.webp")
    return names | {"picture": shot.pk}


def own_return(crowd: Crowd, shopper: Shopper) -> Names:
    """Save what comes back of an order."""
    made = back(order(crowd.loom, shopper, state="delivered"))
    return {"number": made.order.number, "back": made.number, "pk": 10**9}


def cart_line(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a line of a cart."""
    variant = Variant.objects.filter(merchant=crowd.loom).first()
    made = CartLine.objects.create(shopper=shopper, merchant=crowd.loom, variant=variant)
    return {"pk": made.pk}


def address(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a line of an address book."""
    made = Address.objects.create(
        shopper=shopper, name="Lin", phone="1", country="CN", city="Hangzhou", street="1"
    )
    return {"pk": made.pk}


def line(of: Order) -> OrderLine:
    """Save what was bought."""
    return OrderLine.objects.create(
        merchant=of.merchant, order=of, sku="SKU", titles={"en": "Thing"}, quantity=1,
        unit_amount=Decimal(10),
    )  # fmt: skip


def back(of: Order) -> Return:
    """Save something that comes back, with a line."""
    made = Return.objects.create(
        merchant=of.merchant, order=of, kind="refund", reason="changed_mind", condition="unused",
        way="original",
    )  # fmt: skip
    ReturnLine.objects.create(
        merchant=of.merchant, back=made, line=line(of), quantity=1, rule="x", payer="shop"
    )
    return made


def export(crowd: Crowd, shopper: Shopper) -> Names:
    """Save an export that is done, with its file."""
    name = f"{shopper.pk}.zip"
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / name).write_bytes(b"zip")
    return {"number": Export.objects.create(shopper=shopper, file=name, state="done").number}


def own_chat(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a conversation in which something is wanted."""
    state = State().holding(Slot("price", maximum=Decimal(300), currency="CNY"))
    return {"number": Conversation.objects.create(shopper=shopper, state=state.as_json()).pk}


def own_answer(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a conversation with an answer that is done."""
    names = own_chat(crowd, shopper)
    said = Message.objects.create(
        conversation_id=names["number"], voice="assistant", state="done", text="Hello."
    )
    return names | {"pk": said.pk}


def chat(crowd: Crowd) -> Three:
    """Save conversations that were handed over, one to each shop."""
    ours, theirs = (
        {"number": Conversation.objects.create(
            shopper=Shopper.objects.create(), merchant=shop, handling="waiting").pk}
        for shop in (crowd.loom, crowd.rival)
    )  # fmt: skip
    return ours, theirs, NO_CHAT


def erasure(crowd: Crowd) -> Three:
    """Return a wish to be forgotten by its number."""
    made = Erasure.objects.create(shopper=crowd.buyer)
    return {"number": made.number}, None, {"number": uuid.uuid4()}


def alert(crowd: Crowd) -> Three:
    """Return an alert by the word that its letter holds."""
    made = Alert.objects.create(
        shopper=crowd.buyer, product=Product.objects.filter(merchant=crowd.loom).first(),
        kind="stock", currency="CNY", email="lin@example.com",
    )  # fmt: skip
    return {"token": made.token}, None, {"token": uuid.uuid4()}


def review(shop: Merchant) -> BuyerReview:
    """Save a review that waits for a look."""
    bought = line(order(shop, state="delivered"))
    return BuyerReview.objects.create(
        merchant=shop, shopper=bought.order.shopper, line=bought, stars=5, state="held",
        product=Product.objects.filter(merchant=shop).first(),
    )  # fmt: skip


def public_review(shop: Merchant) -> Review:
    """Save a review that everybody may read."""
    product = Product.objects.filter(merchant=shop).first()
    # One for all kinds that are about a review.
    return Review.objects.get_or_create(
        merchant=shop, product=product, source_id="x", defaults={"stars": 5}
    )[0]


def member(crowd: Crowd) -> Three:
    """Return places in teams."""
    ours = Membership.objects.get(user=crowd.users["agent"], merchant=crowd.loom)
    theirs = Membership.objects.get(merchant=crowd.rival)
    return {"pk": ours.pk}, {"pk": theirs.pk}, NO_PK


def invitation(crowd: Crowd) -> Three:
    """Return the link of an invitation, and one that nobody signed."""
    made = shopwide(Invitation, email="ida@example.com", role="editor", origin="x")(crowd.loom)
    return {"token": token_of(made)}, None, {"token": token_of(made) + "x"}


def key(crowd: Crowd) -> Three:
    """Return keys."""
    ours, theirs = (
        shopwide(ApiKey, name="stock", prefix=f"sgk_{shop.slug}", digest="x")(shop)
        for shop in (crowd.loom, crowd.rival)
    )
    return {"pk": ours.pk}, {"pk": theirs.pk}, NO_PK


def delivery(shop: Merchant) -> WebhookDelivery:
    """Save a delivery to a webhook."""
    hook = shopwide(Webhook, url="https://example.com/")(shop)
    event = shopwide(WebhookEvent, kind="order.placed", about="order:1")(shop)
    return shopwide(WebhookDelivery, webhook=hook, event=event, about="order:1")(shop)


def session(crowd: Crowd) -> Three:
    """Return sessions by whose they are."""
    made = {
        who: {"pk": UserSession.objects.create(
            user=user, ip="127.0.0.1", session_key=f"{who}-elsewhere", user_agent="x").pk}
        for who, user in crowd.users.items()
    }  # fmt: skip
    return {"by": made}, made["disabled"], NO_PK


def shopwide(model: Any, **fields: Any) -> Callable[[Merchant], Any]:
    """Return a maker of rows of a shop."""
    return lambda shop: model.objects.create(merchant=shop, **fields)


def job(**fields: Any) -> Callable[[Merchant], CatalogImport]:
    """Return a maker of imports."""
    return shopwide(CatalogImport, file="none.csv", file_name="none.csv", **fields)


def proposal(shop: Merchant) -> AttributeProposal:
    """Save a fact to be confirmed."""
    return AttributeProposal.objects.create(
        merchant=shop, product=Product.objects.filter(merchant=shop).first(), locale="en",
        attribute="material", value="cotton", code="material", fact="cotton", confidence=0.9,
        field="title", start=0, end=6, evidence="Cotton",
    )  # fmt: skip


def window_product(crowd: Crowd) -> Three:
    """Return a product that everybody may see."""
    for shop in (crowd.loom, crowd.rival):
        index_products(shop)
    ours = {"slug": "loom", "merchant": "loom", "sku": "SKU-loom"}
    return ours, None, ours | {"sku": "NONE"}


def article(shop: Merchant) -> Article:
    """Save an article that everybody may read."""
    written = write(shop, title="Care", body="Wash at 30.", language="en")
    return approve(written)


def incoming(crowd: Crowd) -> Three:
    """Save goods on their way, of a product of each shop."""
    names = []
    for shop in (crowd.loom, crowd.rival):
        of = Product.objects.filter(merchant=shop).first() or product(shop)
        made = Incoming.objects.create(
            merchant=shop, product=of, quantity=3, expected_on=datetime.date(2030, 1, 1)
        )
        names.append({"pk": of.pk, "incoming": made.pk})
    return names[0], names[1], {**NO_PK, "incoming": 10**9}


def segment(shop: Merchant) -> Segment:
    """Return a shop's group of everybody."""
    return Segment.objects.get_or_create(merchant=shop, name="All", defaults={"rule": {}})[0]


def campaign(shop: Merchant, **fields: Any) -> Campaign:
    """Save a campaign."""
    return Campaign.objects.create(
        merchant=shop, name="Winter", segment=segment(shop), ways=["email"], salt="x", **fields
    )


def offer(crowd: Crowd) -> Send:
    """Save a message of a shop to a shopper."""
    to = crowd.buyer
    return Send.objects.create(campaign=campaign(crowd.loom), merchant=crowd.loom, shopper=to,
                               way="email")  # fmt: skip


def opinion_alert(shop: Merchant) -> OpinionAlert:
    """Save an alert about a product."""
    about = make_product(shop, f"heard-{uuid.uuid4().hex[:8]}")
    return make_alert(about)


def doubt(shop: Merchant) -> Suspicion:
    """Save a doubt about a review."""
    return Suspicion.objects.create(merchant=shop, review=public_review(shop), reasons=["copy"])


def shared_link(crowd: Crowd) -> Three:
    """Return a link by its word."""
    about = Product.objects.filter(merchant=crowd.loom).first()
    made = ShareLink.objects.create(shopper=crowd.buyer, merchant=crowd.loom, product=about)
    return {"code": made.code}, None, {"code": "nothing"}


def own_share(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a shopper's link."""
    about = Product.objects.filter(merchant=crowd.loom).first()
    rows = ShareLink.objects.filter(shopper=shopper, product=about, revoked_at=None)
    made = rows.first() or ShareLink.objects.create(
        shopper=shopper, merchant=crowd.loom, product=about
    )
    return {"code": made.code}


def own_following(crowd: Crowd, shopper: Shopper) -> Names:
    """Let a shopper follow somebody."""
    made = Following.objects.create(shopper=shopper, followed=Shopper.objects.create())
    return {"pk": made.pk}


def own_list(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a shopper's own list."""
    return {"code": GroupList.objects.create(shopper=shopper, name="Ours").code}


def notice(crowd: Crowd, shopper: Shopper) -> Names:
    """Save a message in a shopper's list, with the consent to it."""
    choose(shopper, {Purpose.MARKETING: True})
    until = timezone.now() + datetime.timedelta(days=1)
    made = Notice.objects.create(
        shopper=shopper, merchant=crowd.loom, title="Tea", path="/", language="en", until=until
    )
    return {"number": made.number}


def group_list(crowd: Crowd) -> Three:
    """Return a list by its word."""
    made = GroupList.objects.create(shopper=crowd.buyer, name="Us")
    return {"code": made.code}, None, {"code": "nothing"}


def group_part(crowd: Crowd) -> Three:
    """Return somebody and something on a list, both brought by another than its owner."""
    made, other = group_list(crowd)[0], Shopper.objects.create()
    about = Product.objects.filter(merchant=crowd.loom).first()
    assert about
    group = GroupList.objects.get(code=made["code"])
    member = GroupMember.objects.create(group=group, shopper=other, name="Kim")
    GroupItem.objects.create(group=group, product=about, shopper=other)
    ours = made | {"merchant": "loom", "sku": about.sku, "pk": member.pk}
    return ours, None, {"code": "nothing", "merchant": "loom", "sku": about.sku} | NO_PK


KINDS: dict[str, Make] = {
    "segment": of_both(segment),
    "campaign": of_both(campaign),
    "draft_campaign": of_both(campaign),
    "offer": lambda crowd: (
        {"token": offer(crowd).token, "product": 0},
        None,
        {"token": uuid.uuid4(), "product": 0},
    ),
    "offer_word": lambda crowd: (
        {"word": word_for(offer(crowd))},
        None,
        {"word": word_for(offer(crowd)) + "x"},
    ),
    "incoming": incoming,
    "delivery_note": of_both(
        lambda shop: DeliveryNote.objects.create(
            merchant=shop, text="Damaged", kind="damaged", acts="shop"
        )
    ),
    "opinion_alert": of_both(opinion_alert),
    "doubt": of_both(doubt),
    "article": of_both(article),
    "live_article": lambda crowd: (
        {"slug": "loom", "pk": article(crowd.loom).pk},
        None,
        {"slug": "loom"} | NO_PK,
    ),
    "article_version": of_both(article, number=1),
    "gap": of_both(shopwide(Gap, language="en", key="student", question="Students?")),
    "product": of_both(product),
    "window_product": window_product,
    "any_product": same(product=1),
    "shared_link": shared_link,
    "group_list": group_list,
    "group_part": group_part,
    "window_article": lambda crowd: (
        {"merchant": "loom", "pk": article(crowd.loom).pk},
        None,
        {"merchant": "loom"} | NO_PK,
    ),
    "own_following": by_buyer(own_following, NO_PK),
    "own_list": by_buyer(own_list, {"code": "nothing"}),
    "own_share": by_buyer(own_share, {"code": "nothing"}),
    "notice": by_buyer(notice, {"number": uuid.uuid4()}),
    "order": of_both(order, "number", NO_ORDER),
    "own_order": by_buyer(own_order, NO_ORDER),
    "delivered_order": by_buyer(partial(own_order, state="delivered"), NO_ORDER),
    "own_line": by_buyer(own_line, NO_ORDER | NO_PK),
    "own_review": by_buyer(own_review, NO_ORDER | NO_PK | {"picture": 10**9}),
    "own_return": by_buyer(own_return, NO_ORDER | NO_PK | {"back": "ZZZZZ-ZZZZZ"}),
    "cart_line": by_buyer(cart_line, NO_PK),
    "address": by_buyer(address, NO_PK),
    "alert": alert,
    "own_chat": by_buyer(own_chat, NO_CHAT),
    "own_answer": by_buyer(own_answer, NO_CHAT | NO_PK),
    "own_chip": by_buyer(lambda crowd, one: own_chat(crowd, one) | {"pk": 0}, NO_CHAT | NO_PK),
    "chat": chat,
    "export": by_buyer(export, {"number": uuid.uuid4()}),
    "erasure": erasure,
    "return": of_both(lambda shop: back(order(shop)), "number", NO_ORDER),
    "return_picture": of_both(lambda shop: back(order(shop)), "number", NO_ORDER, pk=10**9),
    "review": of_both(review),
    "public_review": of_both(public_review),
    "attribute": of_both(
        lambda shop: Attribute.objects.create(merchant=shop, code=f"neck-{shop.slug}"),
        "code",
        {"code": "nothing"},
    ),
    "category_of_shop": of_both(shopwide(Category, path="own", name_en="Own")),
    "arrangement": of_both(shopwide(Arrangement, kind="category_add", subject="x")),
    "member": member,
    "invitation": invitation,
    "open_invitation": of_both(
        shopwide(Invitation, email="ivo@example.com", role="editor", origin="x")
    ),
    "key": key,
    "webhook": of_both(shopwide(Webhook, url="https://example.com/")),
    "delivery": of_both(delivery),
    "session": session,
    "window_shop": lambda _crowd: ({"merchant": "loom"}, None, {"merchant": "nobody"}),
    "import": of_both(job()),
    "waiting_import": of_both(job(state="done", stage="columns", dry=True)),
    "checked_import": of_both(job(state="done", stage="checked", dry=True)),
    "question": of_both(shopwide(Question, text="orders today")),
    "proposed_change": of_both(
        shopwide(
            Proposal,
            kind="price",
            change={"mode": "percent", "amount": "-10", "currency": "CNY", "price_list": 1},
        )
    ),
    "bulk_edit": of_both(shopwide(BulkEdit, kind="brand", change={"value": "x"})),
    "proposal": of_both(proposal),
    "copy_draft": of_both(copy_draft),
    "trial": of_both(trial),
    "copy_brief": of_both(lambda shop: copy_place(Brief, shop)),
    "copy_version": of_both(
        lambda shop: copy_place(CopyVersion, shop, number=1, act="found", provenance="merchant")
    ),
    "copy_job": of_both(shopwide(BulkJob)),
    "shipping": of_both(
        shopwide(ShippingMethod, code="parcel", name_en="Parcel", currency="CNY", amount=8)
    ),
    "coupon": of_both(shopwide(Coupon, code="TEN", kind="percent", value=10)),
    "export_format": same(name="own.csv"),
    "figure": lambda _crowd: ({"code": "orders"}, None, {"code": "nothing"}),
    "sitemap": same(name="pages"),
    "category": lambda _crowd: ({"path": "clothing"}, None, {"path": "nothing"}),
    "shop": lambda _crowd: ({"slug": "loom"}, None, {"slug": "nobody"}),
    "picture": same(path="none.webp"),
    "nothing": same(path="v1/nothing/"),
    "mail_key": same(key="none"),
    "reset_key": same(uidb36="1", key="none"),
    "passkey": same(pk=1),
    "operator": same(),
}
