"""Carry out what was decided: facts from the shop's own verbs, and what is to be said of them.

For answering. Each function here takes the turn and returns a `Reply`; nothing is phrased and
nothing is stored. To be called where the shopper's own rows may be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from assistant.doing.outcome import Asker, Confirmation
from assistant.doing.owning import Owned
from assistant.echoing import wished
from assistant.finding import SHOWN, Found, Pick, Wish, find, like, liked, others, without
from assistant.handing_over import Whose, hours_of, shop_of
from assistant.knowledge.answering import Read
from assistant.planning import Move
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.following import side_of
from catalog.search.market import Market
from catalog.search.understanding import Need, Slot
from shopguide.accounts.models import Merchant
from shopguide.writing import Plan
from shopguide.writing.realiser.hosting import told

MOST_WAYS = 2
# More than so many that only share words are no number to tell.
MOST_BY_WORDS = 20


@dataclass(frozen=True)
class Turn:
    """Everything a reply may lean on. ``state``: after reading. ``known``: products by SKU.

    ``earlier``: the words that this message completes, where a tool had asked back. ``owned``:
    what the shopper has bought.
    """

    asker: Asker
    reading: Reading
    state: State
    market: Market
    vector: Sequence[float] | None
    known: Mapping[str, int]
    seed: str
    taste: Sequence[float] | None = None
    waiting: Confirmation | None = None
    merchants: tuple[int, ...] = ()
    text_vector: Sequence[float] | None = None
    earlier: str = ""
    reader: Read | None = None
    owned: tuple[Owned, ...] = ()

    @property
    def language(self) -> str:
        """Return what is answered in."""
        return self.reading.language

    def plan(self, act: str, **facts: object) -> Plan:
        """Return a plan in this turn's language; facts that are nothing are left out."""
        kept = {name: value for name, value in facts.items() if value not in (None, "", (), [])}
        return Plan(act, self.language, kept, seed=f"{self.seed}.{act}")

    def products(self, skus: Sequence[str]) -> tuple[int, ...]:
        """Return the ids of products that the conversation knows."""
        return tuple(self.known[sku] for sku in skus if sku in self.known)


@dataclass(frozen=True)
class Reply:
    """What is to be said, in order, and what goes with it.

    ``products``, ``merchants``: whom claims are checked against. ``actions``: what can be clicked.
    ``hand_over``: the reason for which people of ``hand_to`` are to take over, empty for none.
    """

    plans: tuple[Plan, ...]
    state: State
    picks: tuple[Pick, ...] = ()
    products: tuple[int, ...] = ()
    merchants: tuple[int, ...] = ()
    citations: tuple[Mapping[str, Any], ...] = ()
    actions: tuple[Mapping[str, Any], ...] = ()
    confirmation: Confirmation | None = None
    hand_over: str = ""
    hand_to: Merchant | None = None
    trace: Mapping[str, Any] = field(default_factory=dict)


Carry = Callable[[Turn, Move], Reply]


def examples(language: str) -> list[str]:
    """Return what could be asked, in a language."""
    if language == "zh-hans":
        return ["三百元以内送妈妈的礼物", "这两款哪个更轻", "我的订单到哪了"]
    return [
        "a birthday gift for my mother under $40",
        "which of these two is lighter",
        "where is my order",
    ]


# --- Talking --------------------------------------------------------------------------------------
def talk(turn: Turn, move: Move) -> Reply:
    """Greet, thank, chat, and say what is not done here."""
    facts: dict[str, object] = {}
    if move.act in ("not_understood", "out_of_scope"):
        facts["examples"] = examples(turn.language)
    if move.act == "greeting":
        facts |= {"examples": examples(turn.language)[:2], "again": turn.state.turn > 1}
    if move.act == "site":
        facts["says"] = told(move.about, chinese=turn.asker.chinese)
    if move.act == "small_talk":
        facts["topic"] = topic_of(turn.reading.text)
    return Reply((turn.plan(move.act, **facts),), turn.state)


BOSS = ("老板", "老总", "店主", "创始人", "负责人", "谁开的", "who owns", "who runs", "who founded",
        "who started", "boss", "owner", "ceo")  # fmt: skip
WHO = ("你是谁", "你叫什么", "机器人", "真人", "是人吗", "ai", "who are you", "your name",
       "a bot", "robot", "are you human", "human or", "real person", "real human", "are you real",
       "a person or", "who am i")  # fmt: skip
HOW = ("你好吗", "最近怎么样", "how are you", "how's it going", "how do you do")
USELESS = ("复读机", "智障", "弱智", "没用的", "废物", "答非所问", "听不懂", "useless",
           "stupid bot",
           "dumb", "not helping", "no help", "don't understand", "same thing",
           "not answering")  # fmt: skip
JOKE = ("笑话", "joke")


def topic_of(text: str) -> str:
    """Return what small talk is about, as far as there is an own answer."""
    said = text.casefold()
    for topic, signs in (
        ("useless", USELESS),
        ("boss", BOSS),
        ("who", WHO),
        ("how", HOW),
        ("joke", JOKE),
    ):
        if any(sign in said for sign in signs):
            return topic
    return ""


def refuse(turn: Turn, move: Move) -> Reply:
    """Say politely that this is not done, and what is."""
    return Reply((turn.plan("refuse", topic=move.about),), turn.state)


def clarify(turn: Turn, move: Move) -> Reply:
    """Ask one question."""
    options = [str(one) for one in listed(move.facts.get("options"))]
    if move.about == "what":
        options = departments(turn.market, turn.language)
    state = turn.state.asking(move.about, options)
    said = tuple({"kind": "say", "text": one} for one in options[:4])
    return Reply((turn.plan("clarify", about=move.about, options=options),), state, actions=said)


def listed(value: object) -> Sequence[object]:
    """Return a fact as a sequence."""
    return value if isinstance(value, list | tuple) else ()


def departments(market: Market, language: str) -> list[str]:
    """Return names of the market's top categories."""
    roots = [one for one in market.categories.values() if one.parent is None and not one.merchant]
    return [one.names[language] for one in roots[:4]]


def hand_over(turn: Turn, move: Move) -> Reply:
    """Name the shop whose people take over, or ask which; answering does it with the ending."""
    meant = move.skus or turn.state.focus or [one.sku for one in turn.state.visible]
    shop = shop_of(Whose(turn.asker.merchant, turn.products(meant), turn.asker.shopper))
    reason = move.about or "asked"
    if shop is None:
        shops = list(Merchant.objects.active()[:8])
        plan = turn.plan("clarify", about="shop", options=[one.name for one in shops[:4]])
        choices = tuple({"kind": "shop", "slug": one.slug, "text": one.name} for one in shops)
        return Reply((plan,), turn.state, actions=choices)
    plan = turn.plan("hand_over", reason=reason, shop=shop.name, **hours_of(shop))
    return Reply((plan,), turn.state, merchants=(shop.pk,), hand_over=reason, hand_to=shop)


# --- Finding --------------------------------------------------------------------------------------
def wish_of(turn: Turn, *, gone: Sequence[str] = ()) -> Wish:
    """Return the search of this turn."""
    state = turn.state
    return Wish(
        turn.reading.need,
        turn.market,
        turn.language,
        turn.asker.currency,
        turn.vector,
        turn.taste,
        frozenset((*state.refused, *gone)),
    )


def unkept(need: Need, found: Found, unread: str, given_up: Sequence[Slot]) -> list[str]:
    """Return the wishes that what was found does not keep, in the shopper's words."""
    kinds = need.of("category") if found.wider else ()
    words = [one.surface for one in (*kinds, *found.unmet, *given_up)]
    return list(dict.fromkeys([*words, *([unread] if unread else [])]))


def for_whom(need: Need) -> tuple[Slot, ...]:
    """Return for whom something is looked for where a relative was named: "my grandson"."""
    found = need.of("audience") if need.of("category") else ()
    return tuple(one for one in found if one.surface.casefold() not in
                 {one.label(locale).casefold() for locale in ("en", "zh-hans")})  # fmt: skip


def search(turn: Turn, move: Move) -> Reply:
    """Search, and tell what fits, or what to give up; for nothing at all ask what is wanted."""
    need = turn.reading.need
    ordered = need.sort != "relevance"
    if not need.text and not ordered and all(slot.negated for slot in need.slots):
        return clarify(turn, Move("clarify", "what", about="what"))
    found = find(wish_of(turn))
    given_up = () if found.fits else for_whom(need)
    if given_up:  # a relative says little of what a thing is for
        loose = replace(need, slots=tuple(one for one in need.slots if one not in given_up))
        found = find(replace(wish_of(turn), need=loose))
    side = "" if found.picks else side_of(turn.state.slots, turn.state.turn)
    if side and (edge := at_the_edge(turn, side)):
        return edge
    if not found.fits:
        return nothing(turn, found)
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    same = [one.hit.sku for one in found.picks] == [one.sku for one in turn.state.visible[:SHOWN]]
    unread = turn.reading.said.text if same and not turn.reading.said.slots else ""
    vague = not turn.reading.need.slots and found.total > MOST_BY_WORDS
    plan = turn.plan(
        "search_results",
        count=0 if vague else found.total,
        wish=wished(turn.reading, turn.state),
        order=need.sort if ordered else "",
        relaxed=unkept(need, found, unread, given_up),
        products=rows,
        more=found.total > len(rows) and turn.state.asked == 0 and len(turn.state.slots) < 3,
    )
    return offered(turn, found, plan)


def at_the_edge(turn: Turn, side: str) -> Reply | None:
    """Say that there is nothing cheaper (or dearer), and offer what comes nearest to it."""
    held = tuple(one for one in turn.state.slots if one.slot.kind != "price")
    turn = replace(turn, state=replace(turn.state, slots=held))
    need = turn.state.need(turn.language).sorted_by(
        "price_asc" if side == "cheaper" else "price_desc"
    )
    found = find(replace(wish_of(turn), need=need))
    if not found.picks:
        return None
    rows = [one.row(turn.language) for one in found.picks]
    return offered(turn, found, turn.plan("at_the_edge", products=rows, side=side))


def recommend(turn: Turn, move: Move) -> Reply:
    """Offer what people like best."""
    found = liked(wish_of(turn, gone=turn.state.seen))
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    because = _("These are liked best here")
    return offered(turn, found, turn.plan("recommend", products=rows, because=because))


def not_interested(turn: Turn, move: Move) -> Reply:
    """Put aside what was refused, and offer others that differ in one thing."""
    before = turn.state.visible
    chosen = [one for one in before if one.sku in move.skus] or list(before)
    state = turn.state.rejected([one.sku for one in chosen])
    turn = replace(turn, state=state)
    if not chosen and not turn.reading.need.query:
        return clarify(turn, Move("clarify", "what", about="what"))
    wish = wish_of(turn, gone=state.seen)
    wanted = bool(wish.need.slots or wish.need.text)
    found = others(wish, chosen) if wanted else liked(wish)
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    plan = turn.plan(
        "other_results", products=rows, changed=found.changed, count=found.total,
        wish=wished(turn.reading, turn.state),
    )  # fmt: skip
    return offered(turn, found, plan)


def more_like(turn: Turn, move: Move) -> Reply:
    """Offer products like one that was shown."""
    products = turn.products(move.skus[:1])
    if not products:
        return search(turn, move)
    state = turn.state.liking(move.skus[:1])
    turn = replace(turn, state=state)
    found = like(products[0], wish_of(turn, gone=(*state.seen, *move.skus)))
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    name = next((one.title for one in state.visible if one.sku in move.skus), "")
    because = _("Like “%(name)s”") % {"name": name} if name else ""
    return offered(turn, found, turn.plan("recommend", products=rows, because=because))


def offered(turn: Turn, found: Found, plan: Plan) -> Reply:
    """Return what offers products: they are what is talked of from now on."""
    state = turn.state.shown([one.seen(turn.language) for one in found.picks])
    return Reply(
        (plan,),
        state,
        picks=found.picks,
        products=tuple(one.hit.product for one in found.picks),
        actions=ways(found),
        trace={"total": found.total, "degraded": bool(found.results and found.results.degraded)},
    )


def nothing(turn: Turn, found: Found) -> Reply:
    """Say that nothing fits, and what giving up would bring."""
    told, actions = found.ways, ways(found)
    if not told:
        told, actions = loosened(turn, ())
    suggestions = [] if told else departments(turn.market, turn.language)
    wish = wished(turn.reading, turn.state)
    plan = turn.plan("nothing_found", wish=wish, ways=told, examples=suggestions)
    return Reply((plan,), turn.state, actions=actions, trace={"total": 0})


def no_more(turn: Turn) -> Reply:
    """Say that everything that fits has been seen, and what giving a wish up would bring."""
    told, actions = loosened(turn, turn.state.seen)
    plan = turn.plan("no_more", wish=wished(turn.reading, turn.state), ways=told)
    return Reply((plan,), turn.state, actions=actions, trace={"total": 0})


def loosened(
    turn: Turn, seen: Sequence[str]
) -> tuple[list[dict[str, object]], tuple[Mapping[str, Any], ...]]:
    """Return what giving one wish up would bring, as facts and to click. A search for each."""
    wish = wish_of(turn, gone=seen)
    found: list[tuple[Slot, int]] = []
    for place, slot in enumerate(wish.need.slots):
        if slot.kind != "category" and len(found) < MOST_WAYS:
            count = without(wish, place)
            found += [(slot, count)] * bool(count)
    told: list[dict[str, object]] = [
        {"without": one.label(turn.language), "count": count} for one, count in found
    ]
    actions = tuple(
        {"kind": "drop", "kinds": [one.kind], "text": one.label(turn.language), "count": count}
        for one, count in found
    )
    return told, actions


def ways(found: Found) -> tuple[Mapping[str, Any], ...]:
    """Return what can be given up, as something to click."""
    return tuple(
        {"kind": "drop", "kinds": list(dict.fromkeys(listed(way["kinds"]))),
         "text": str(way["without"]), "count": way["count"]}
        for way in found.ways
    )  # fmt: skip
