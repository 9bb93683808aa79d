"""Play small scenes: what was shown, what is said, and which things the answer is about.

For `manage.py evaluate_referents`. A scene is written by SKUs of the own market place; each line is
played by itself through the assistant's own entry, and rolled back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from assistant.answering import Minds
from assistant.evaluating.cases import Turn
from assistant.evaluating.playing import Stage, answered
from assistant.evaluating.scene import placed
from assistant.finding import hits_in
from assistant.models import Conversation, Message
from assistant.reasons import Pick
from assistant.state import State
from assistant.understanding import read
from catalog.models import Product
from catalog.search.market import market
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

NEW, ASK = "-", "?"
# Answers that list what was looked for.
LISTS = frozenset(
    ("search_results", "nearest", "nothing_found", "further_results", "other_results", "recommend",
     "leaning", "not_sold", "not_named", "no_more", "bundle", "at_the_edge", "goes_with",
     "nothing_beside", "out_of_scope")
)  # fmt: skip
COUNTING = frozenset(("cart_add", "price", "bundle"))
ASKING = frozenset(("clarify", "not_understood"))
_SCENE = re.compile(r"\[(?P<fields>[^\]]*)\]")
_LINE = re.compile(r"(?P<say>.+?) => (?P<meant>.+?) (?P<kind>[a-z-]+)")


@dataclass(frozen=True)
class Scene:
    """What the conversation has come to, as SKUs: the list, what is talked of, earlier, bought."""

    shown: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One message of a scene, what it means (SKUs, "-", "?"), and by what kind of reference."""

    scene: Scene
    say: str
    meant: tuple[str, ...]
    kind: str
    voice: str

    @property
    def language(self) -> str:
        """Return what it is written in."""
        return "zh-hans" if re.search("[\u3400-\u9fff]", self.say) else "en"


@dataclass(frozen=True)
class Outcome:
    """What an answer was about: SKUs with pieces as "SKU*2", or "-", or "?"."""

    line: Line
    about: tuple[str, ...]
    intent: str = ""
    answer: str = ""

    @property
    def fits(self) -> bool:
        """Tell whether the answer is about just what was meant; one piece needs no number."""
        return plain(self.about) == plain(self.line.meant)


def plain(skus: Sequence[str]) -> set[str]:
    """Return things meant, in no order, without the number where it is one."""
    return {one.removesuffix("*1") for one in skus}


def scenes_in(path: Path) -> Iterator[Line]:
    """Yield the lines of a file. Error: ValueError for a line that is none."""
    scene, voice = Scene(), ""
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if text.startswith("// voice"):
            voice = text.removeprefix("// voice").strip()
        elif match := _SCENE.fullmatch(text):
            scene = scene_of(match["fields"])
        elif text and not text.startswith("//"):
            line = _LINE.fullmatch(text)
            if line is None:
                raise ValueError(f"Line {number} says not what is meant.")
            yield Line(scene, line["say"], tuple(line["meant"].split()), line["kind"], voice)


def scene_of(fields: str) -> Scene:
    """Read "A B | focus=A | owned=C"."""
    shown, *others = fields.split("|")
    named = {}
    for one in others:
        name, _equals, skus = one.strip().partition("=")
        named[name] = tuple(skus.split())
    return Scene(tuple(shown.split()), **named)


@dataclass
class Props:
    """Products of the market place by SKU, as hits; read once."""

    products: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Props:
        """Find all that scenes name. Error: ValueError for what is not sold."""
        named = {sku for one in lines for sku in (*one.scene.shown, *one.scene.before)}
        rows = Product.objects.live().filter(sku__in=named).values_list("sku", "pk")
        found = dict(rows)
        if missing := sorted(named - found.keys()):
            raise ValueError(f"not sold here: {', '.join(missing)}")
        return cls(found)


def played(
    lines: Sequence[Line], minds: Minds, tell: Callable[[int], None] = lambda _done: None
) -> list[Outcome]:
    """Play all lines, each rolled back."""
    props, outcomes = Props.of(lines), []
    for place, line in enumerate(lines, start=1):
        with transaction.atomic():
            outcomes.append(outcome_of(line, props, minds))
            transaction.set_rollback(True)
        tell(place)
    return outcomes


def outcome_of(line: Line, props: Props, minds: Minds) -> Outcome:
    """Set one scene, say one line, and tell what the answer is about."""
    shopper = Shopper.objects.create()
    currency = settings.CURRENCY_OF_LANGUAGE[line.language]
    orders = [
        placed(shopper, {"goods": {sku: 1}, "state": "delivered", "days_ago": 2}, currency=currency)
        for sku in line.scene.owned
    ]
    with as_shopper(shopper):
        conversation = Conversation.objects.create(
            shopper=shopper, language=line.language, currency=currency
        )
        conversation.state = state_of(line, props, currency).as_json()
        conversation.save(update_fields=["state"])
        kept = [{"sku": sku, "product": props.products[sku]}
                for sku in (*line.scene.shown, *line.scene.before)]  # fmt: skip
        if kept:
            Message.objects.create(
                conversation=conversation, voice="assistant", state="done", products=kept
            )
    told = answered(Stage(conversation, minds, None, orders), Turn(line.say))
    with as_shopper(shopper):
        message = conversation.messages.filter(voice="assistant").latest("pk")
    bought = {
        order.number: sku for order, sku in zip(orders, line.scene.owned, strict=True)
    }  # fmt: skip
    return Outcome(line, about(message, bought), message.intent, told.answer.get("answer", ""))


def state_of(line: Line, props: Props, currency: str) -> State:
    """Return what the conversation has come to before the line: its kind was looked for."""
    scene, state = line.scene, State()
    for skus in (scene.before, scene.shown):
        hits = hits_in([props.products[sku] for sku in skus], currency)
        if hits:
            rows = Product.objects.filter(pk=hits[0].product)
            column = "category__name_zh" if line.language == "zh-hans" else "category__name_en"
            kind = rows.values_list(column, flat=True).get()
            words = market().vocabulary
            reading = read(kind, state, locale=line.language, vocabulary=words)
            state = state.after(reading).shown([Pick(one).seen(line.language) for one in hits])
    return replace(state, focus=scene.focus or state.focus)


def about(message: Message, bought: dict[str, str]) -> tuple[str, ...]:
    """Return what an answer is about: what it would put into the cart, orders, things told of."""
    if put := put_in(message):
        return put
    order = message.after.get("order_number", "")
    if order in bought:
        return (bought[order],)
    if message.act in LISTS:
        return (NEW,)
    move = message.trace["move"]
    told = tuple(dict.fromkeys(str(one["sku"]) for one in message.products))
    pointed = tuple(message.trace["references"])
    own = tuple(one for one in dict.fromkeys((*told, *pointed)) if one in bought.values())
    asked = message.act in ASKING and not (told and set(told) <= {*pointed, *move["skus"]})
    if own or asked:
        return own or (ASK,)
    skus = told or pointed or tuple(move["skus"])
    return (counted(message, skus) if message.intent in COUNTING else skus) or (ASK,)


def put_in(message: Message) -> tuple[str, ...]:
    """Return what would be put into the cart after a yes, with how many of each."""
    confirm = next((one for one in message.actions if one.get("kind") == "confirm"), None)
    arguments = (confirm or {}).get("confirmation", {}).get("arguments", {})
    lines = arguments.get("lines") or ([arguments] if "product" in arguments else [])
    return tuple(f"{sku_of(one['product'])}*{one['quantity']}" for one in lines)


def counted(message: Message, skus: Sequence[str]) -> tuple[str, ...]:
    """Return things with how many of each are meant, where the answer asks for options or sums."""
    amounts = dict(message.trace.get("amounts") or {})
    if message.trace.get("quantity") and len(skus) == 1:
        amounts.setdefault(skus[0], message.trace["quantity"])
    return tuple(f"{sku}*{amounts[sku]}" if sku in amounts else sku for sku in skus)


def sku_of(product: int) -> str:
    """Return a product's SKU."""
    return Product.objects.values_list("sku", flat=True).get(pk=product)
