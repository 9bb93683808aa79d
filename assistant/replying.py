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
from assistant.doing.qualities import quality_of
from assistant.echoing import composed, wished
from assistant.finding import SHOWN, Found, Wish, find, like, liked, others, without
from assistant.heeding import sold
from assistant.knowledge.answering import Read
from assistant.leaning import beyond, leaned, leaning_of
from assistant.planning import Move
from assistant.reasons import Pick
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.following import side_of
from assistant.understanding.wishing import Phrase
from catalog.lexicon import lexicon
from catalog.models import SearchDocument
from catalog.presenting.money import money
from catalog.search.market import Market
from catalog.search.understanding import Need, Slot, understand
from shopguide.accounts.models import Merchant
from shopguide.writing import Plan

MOST_WAYS = 2
MOST_TRIED = 4
# What is never given up unasked, and what says what is looked for.
FIRM = frozenset(("category", "price", "size", "sku", "rating", "audience"))
THINGS = frozenset(("category", "brand"))
MOST_LEANED = 30
MOST_NAMES = 4
BABIES = "Baby & kids"
# Wishes that many goods share a little: for whom, for what, like what.
SOFT = frozenset(("audience", "occasion", "feature", "season", "style"))
# More than so many that only share words, or such a wish, are no number to tell.
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
    picked: tuple[str, ...] = ()

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
        tuple(one for text in state.wishes if (one := Phrase.of(text))),
    )


def unkept(need: Need, found: Found, unread: str, given_up: Sequence[Slot]) -> list[str]:
    """Return the wishes that what was found does not keep, in the shopper's words."""
    kinds = need.of("category") if found.wider else ()
    words = [one.surface for one in (*kinds, *found.unmet, *given_up)
             if one.kind != "audience" or not for_babies(need)]  # fmt: skip
    # What the first product is called was not given up: decaf beans.
    called = " ".join(title for one in found.picks[:1] for title in one.hit.titles.values())
    words = [one for one in words if one.casefold() not in called.casefold()]
    return list(dict.fromkeys([*words, *([unread] if unread else [])]))


def for_babies(need: Need) -> bool:
    """Tell whether a baby's things are looked for, whoever is given them: "my sister's baby"."""
    return any(one.known and one.name_en == BABIES for one in need.of("category"))


def of_what_is_kept(turn: Turn, given_up: Sequence[str]) -> str:
    """Return what is wanted without what could not be kept, in a few words."""
    need = turn.reading.need
    kept = tuple(one for one in need.slots if one.surface not in given_up)
    return composed(replace(need, slots=kept), "")


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
    leaning = leaning_of(turn.reading.text)
    if leaning and (order := leaned(alike(turn, found), leaning)):
        found = replace(found, picks=order[:SHOWN])
        rows = [one.row(turn.language) for one in found.picks]
        plan = turn.plan("leaning", products=rows, words=leaning.words, count=found.total)
        return offered(turn, found, plan)
    rows = [one.row(turn.language) for one in found.picks]
    same = [one.hit.sku for one in found.picks] == [one.sku for one in turn.state.visible[:SHOWN]]
    told = turn.reading.said.slots or turn.reading.wishes  # of wishes, the end of the answer tells
    unread = turn.reading.said.text if same and not told else ""
    if leaning and not unread:
        unread = leaning.words
    still = same and not unread and turn.reading.intent == "refine"
    vague = found.total > MOST_BY_WORDS and not any(one.kind not in SOFT for one in need.slots)
    given = unkept(need, found, unread, given_up)
    plan = turn.plan(
        "search_results",
        count=0 if vague else found.total,
        wish=wished(turn.reading, turn.state) if not given else of_what_is_kept(turn, given),
        order=need.sort if ordered else "",
        still=still,
        ruled_out=[one.surface for one in turn.reading.said.of("category", negated=True)]
        if still
        else [],
        relaxed=given,
        products=rows,
        more=found.total > len(rows) and turn.state.asked == 0 and len(turn.state.slots) < 3,
    )
    return offered(turn, found, plan)


def alike(turn: Turn, found: Found) -> list[Pick]:
    """Return all that fits of the kinds that come first. Two queries and a search."""
    more = find(wish_of(turn), most=MOST_LEANED).picks
    rows = SearchDocument.objects.filter(pk__in=[one.hit.product for one in more])
    kinds = dict(rows.values_list("pk", "categories"))
    first = {str(kinds.get(one.hit.product)) for one in found.picks}
    return [one for one in more if str(kinds.get(one.hit.product)) in first]


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


def further_ones(turn: Turn, move: Move) -> Reply:
    """Offer more of what is looked for: what fits and has not been seen yet."""
    wish = wish_of(turn, gone=turn.state.seen)
    wanted = bool(wish.need.slots or wish.need.text)
    found = find(wish) if wanted else liked(wish)
    if not found.picks or found.wider:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    return offered(turn, found, turn.plan("further_results", products=rows, count=found.total))


def more_like(turn: Turn, move: Move) -> Reply:
    """Offer products like one that was shown."""
    products = turn.products(move.skus[:1])
    if not products:
        return search(turn, move)
    state = turn.state.liking(move.skus[:1])
    turn = replace(turn, state=state)
    found = like(
        products[0], wish_of(turn, gone=move.skus if says_but(turn) else (*state.seen, *move.skus)),
        but=says_but(turn), most=MOST_LEANED,
    )  # fmt: skip
    compared = [quality for one in turn.reading.wishes if (quality := quality_of(one.words))]
    picks = beyond(found.picks, products[0], compared[0]) if compared else found.picks
    found = replace(found, picks=picks[:SHOWN])
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    name = next((one.title for one in state.visible if one.sku in move.skus), "")
    because = _("Like “%(name)s”") % {"name": name} if name else ""
    reply = offered(turn, found, turn.plan("recommend", products=rows, because=because))
    return replace(reply, products=(*reply.products, *products))  # it is named, too


def says_but(turn: Turn) -> bool:
    """Tell whether something is to be other than in what is liked: "like it but cheaper"."""
    return bool(turn.reading.said.slots or turn.reading.wishes) or bool(
        side_of(turn.state.slots, turn.state.turn)
    )


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
    if near := nearest(turn, found):
        return near
    told, actions = found.ways, ways(found)
    if not told:
        told, actions = loosened(turn, ())
    suggestions = [] if told else departments(turn.market, turn.language)
    wish = wished(turn.reading, turn.state)
    plan = turn.plan("nothing_found", wish=wish, ways=told, examples=suggestions, least=least(turn))
    return Reply((plan,), turn.state, actions=actions, trace={"total": 0})


def nearest(turn: Turn, found: Found) -> Reply | None:
    """Offer what comes nearest where nothing fits: the same without the wish that hinders.

    What was ruled out stays ruled out, and the kind of thing stays. A search for each wish tried.
    """
    wish = wish_of(turn)
    places = {id(slot): place for place, slot in enumerate(wish.need.slots)}
    hinder = [
        slot for way in (found.results.relaxed if found.results else ())
        for one in way.without if len(way.without) == 1 for slot in slots_of(one, wish.need)
    ]  # fmt: skip
    tried = [*hinder, *(slot for slot in reversed(wish.need.slots) if slot not in hinder)]
    now = {(one.slot.kind, one.slot.value) for one in turn.state.slots
           if one.turn == turn.state.turn}  # fmt: skip
    soft = [
        one for one in tried
        if not one.negated and one.kind not in FIRM and (one.kind, one.value) not in now
    ]  # fmt: skip
    for slot in dict.fromkeys(soft[:MOST_TRIED]):
        if not any(one.kind in THINGS for one in wish.need.slots if one is not slot):
            continue
        loose = find(replace(wish, need=wish.need.without(places[id(slot)]), vector=None))
        if loose.picks and not loose.wider:
            rows = [one.row(turn.language) for one in loose.picks]
            plan = turn.plan(
                "nearest", products=rows, without=slot.label(turn.language), count=loose.total,
                wish=wished(turn.reading, turn.state),
            )  # fmt: skip
            return offered(turn, loose, plan)
    return of_its_use(turn)


def of_its_use(turn: Turn) -> Reply | None:
    """Offer what is for the same occasion where a kind of thing is not sold: camping stoves."""
    need = turn.reading.need
    unknown = [one for one in need.of("category") if not one.known and not sold(one, need)]
    words = " ".join(one.surface for one in unknown)
    uses = lexicon().match(words, {"occasion"})
    slots = [*need.of("occasion"), *(Slot("occasion", one.code) for one in uses[:1])]
    if not unknown or not slots:
        return of_the_wider_kind(turn, unknown)
    slot = replace(slots[-1], start=0, end=0)
    name = slot.label(turn.language)
    wish = replace(wish_of(turn), need=replace(need, query=name, slots=(slot,), cuts=(), fillers=(),
                                               corrections=()), vector=None)  # fmt: skip
    found = find(wish)
    if not found.picks:
        return None
    rows = [one.row(turn.language) for one in found.picks]
    plan = turn.plan("not_sold", products=rows, wish=words, use=name)
    return offered(turn, found, plan)


def of_the_wider_kind(turn: Turn, unknown: Sequence[Slot]) -> Reply | None:
    """Offer what there is of the wider kind where one is not sold: snacks for dried fruit."""
    chinese = turn.language == "zh-hans"
    for slot in unknown:
        for code in lexicon().dimension("category").ancestors(slot.value):
            value = lexicon().value("category", code)
            names = (value.zh if chinese else value.en) if value else ()
            for name in names[:MOST_NAMES]:
                need = understand(name, vocabulary=turn.market.vocabulary, locale=turn.language,
                                  currency=turn.asker.currency)  # fmt: skip
                if not any(one.known for one in need.of("category")):
                    continue
                limits = tuple(one for one in turn.reading.need.slots if one.kind == "price")
                wish = replace(wish_of(turn), vector=None,
                               need=replace(need, slots=(*need.slots, *limits)))  # fmt: skip
                found = find(wish)
                if found.picks:
                    rows = [one.row(turn.language) for one in found.picks]
                    plan = turn.plan("not_sold", products=rows, wish=slot.surface, kind=name)
                    return offered(turn, found, plan)
    return None


def least(turn: Turn) -> str:
    """Return the lowest price of what fits but for a limit; "" where no limit stands in the way."""
    need = turn.reading.need
    if need.price is None or need.price.maximum is None or not need.of("category"):
        return ""
    wish = replace(
        wish_of(turn), need=need.without_kind("price").sorted_by("price_asc"), vector=None
    )
    found = find(wish, most=1)
    hit = found.picks[0].hit if found.picks and not found.wider else None
    above = hit and hit.amount is not None and hit.amount > need.price.maximum
    return money(hit.amount, hit.currency) if hit and above else ""


def slots_of(constraint: object, need: Need) -> list[Slot]:
    """Return the wishes that a constraint of search stands for."""
    return [need.slots[place] for place in getattr(constraint, "slots", ())]


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
