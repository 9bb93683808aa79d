"""Find goods for what is told as a story: the message as a whole, where no kind of goods is named.

For serving. "My dog is 20 kilos and pulls like crazy" names no kind, and its words, one by one, are
of nothing that is sold; its vector is near what would help. What comes is never said to fit, only
to come to mind; limits of price hold, and what denies a wish is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean, pstdev

from django.conf import settings
from django.utils.translation import gettext as _

from assistant.bearing import AGAINST, bearers
from assistant.doing.evidence import NOTHING, Page, evidence_for, pages_of
from assistant.finding import SHOWN, Found, Wish, asked, hits_in
from assistant.fulfilling import grown_up
from assistant.heeding import denies, for_others, heeding, of_kind, of_own_sex
from assistant.reasons import Pick, quoting, reasoned
from assistant.slots import Held
from assistant.turns import Reply, Turn, offered, wish_of
from assistant.understanding.following import leftover
from assistant.understanding.splitting import clauses
from assistant.understanding.wishing import content_of
from catalog.models import SearchDocument
from catalog.search.offering import Hit
from catalog.search.similar import cosines, nearest
from catalog.search.understanding import Need, Slot
from catalog.text import fold

LOOKED_AT = 60  # texts; a product may have one in each language
# A story, by its length: words, or Chinese characters; where nothing was found fewer will do.
LONG, LONG_ZH = 9, 12
SHORT, SHORT_ZH = 4, 5
NAME, NAME_ZH = 2, 4  # of a title: words, or characters in a run
FEW, FEW_ZH = 3, 4  # of a clause that tells something
# How far above the others the first must stand, and how near to it those of its kind beside it,
# both in spreads of the nearest; what it counts to bear a wish
# out, or to be of a kind that is asked for, or only named.
OUTSTANDING, AKIN = 1.6, 1.0
ASKED, NAMED = 0.6, 0.3
# Kinds of wishes that the shop's search keeps better than a vector.
STATED = frozenset({"colour", "size", "brand", "pattern", "sku", "rating"})
MOST_OF_KIND = 2000  # products of a kind whose nearness is looked at
TOLD_BESIDES = 1  # words that say something of goods and that nothing else reads
# Words that say nothing of what is wanted.
EMPTY = frozenset(("new", "good", "nice", "decent", "great"))
# Uses that a story has by the way: "I can't sleep", "we work at home".
USUAL = frozenset(("daily", "home", "sleep", "work", "office", "school", "study", "kitchen",
                   "bedroom", "commute", "walking", "outdoor", "rainy-day", "running"))  # fmt: skip
# Words that ask for what follows, and words that tell of oneself.
_ASKS = re.compile(
    r"想[要买喝吃用穿戴养]|要买|买|找|有没有|推荐|来[一个]|求|需要|想换"
    r"|\b(?:need|want|i'd like|looking for|look for|(?:i'm|i am) after|buy|get|have|sell"
    r"|show me|find|any|recommend|what|which)\b"
)
_TELLS = re.compile(r"我|家里|咱|孩子|\b(?:i|i'm|i've|my|we|we're|our|she|he|they)\b")
# Something that bothers somebody, which goods may help with: "my back hurts", 脚容易出汗.
PROBLEM = re.compile(
    r"\b(?:hurts?|ach(?:es?|ing)|sore|itch\w*|(?:get|gets|so|very|is|are) (?:dry|cracked|cold|stiff"
    r"|sweaty)|sweats?|freez(?:es?|ing)|always (?:cold|tired|late)"
    r"|(?:can't|cannot|trouble) sleep\w*|snor(?:es?|ing)|keeps? \w+ing|won't stop \w+ing)\b"
    r"|[疼痛酸]|出汗|干(?:裂|燥|得)|起皮|发痒|失眠|睡不[着好]|打呼|低头|驼背|近视"
    r"|掉毛|怕冷|怕黑|发霉|受潮"
    r"|老是|总是|老(?:低|掉|漏|吵|饿|咳|跑|咬|抓|叫)|容易(?:冷|累|困|饿|感冒|晕)"
)
# Nothing is named that would help.
_ANYTHING = re.compile(r"什么|啥|东西|\b(?:some|any)thing\b|\bwhat\b")
# Words that ask what to buy, whatever a message is about.
_WANTS = re.compile(
    r"想[要买换找]|要买|买(?:点|个|什么|啥|哪)|推荐|适合.{0,6}的|有什么|用什么|哪[种款个].{0,6}好|求"
    r"|\b(?:what (?:would|could|can|should|might|do you)"
    r"|which (?:\w+ ){0,3}(?:should|would|is best)|looking for|need (?:a|an|some)"
    r"|i(?:'d like| want| need)|recommend|suggest|(?:any|some)thing (?:that|for|to))\b"
)
# What shops are asked whether they do: "do you price match".
_OF_SHOPS = re.compile(
    r"^(?:and |so |hi,? |hello,? )?do(?:es)? (?:you|the shops?)"
    r"(?! (?:guys )?(?:have|sell|carry|stock|got|know|think))"
)
# What begins a clause that says how a thing is to be.
_WISHES = re.compile(r"不要|别|要|最好|能|可以|适合|带|\b(?:with|without|for|under|in|no|not)\b")
_CLAUSE = re.compile(r"[^,.;:!?，。；：！？]+")
_LITTLE = re.compile(r"\b(?:an?|some|the|any)\b|的|\s")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z0-9']+", re.IGNORECASE)


def storied(turn: Turn, *, found_nothing: bool = False) -> Reply | None:
    """Offer what a message as a whole is nearest to, None where it is no story. Ten queries.

    Of the kind that is asked for, where what is nearest is of one; of all goods else.
    ``found_nothing``: its words have found nothing; then fewer of them are enough.
    """
    if not is_story(turn, brief=found_nothing) or turn.text_vector is None:
        return None
    wish = wish_of(turn)
    near = nearest(
        turn.text_vector,
        encoder_id=settings.ENCODER_ID,
        dimensions=settings.ENCODER["dimensions"],
        merchant=turn.market.merchant,
        most=LOOKED_AT,
    )
    kinds = told_kinds(turn)
    own = {**dict(near), **of_kinds(turn, wish, frozenset(kinds))}
    shelves = kinds_of(list(own))
    scores = {
        product: far + max((more for kind, more in kinds.items() if kind in shelves[product]),
                           default=0.0)
        for product, far in standing(own, near).items()
    }  # fmt: skip
    for product in bearers(list(own), wish.phrases):
        scores[product] += ASKED
    best = sorted(own, key=lambda one: -scores[one])[:LOOKED_AT]
    hits = [
        hit for hit in hits_in(best, wish.market.currency(wish.currency))
        if hit.in_stock and hit.sku not in wish.gone and within(hit, wish.need)
        and not denies(hit, against(wish.need))
    ]  # fmt: skip
    hits = of_own_sex(for_others(hits, wish.need), wish.need)
    hits = heeding(hits, of_the_thing(turn))
    hits.sort(key=lambda hit: -scores[hit.product])
    kindly = bool(hits) and bool(set(kinds) & set(shelves[hits[0].product]))
    if hits and asked_kinds(turn) and not kindly:
        return None  # a bag that is asked for is no pair of trousers
    if not hits or not (kindly or scores[hits[0].product] >= OUTSTANDING):
        return None
    if kindly and not only_told(turn):
        return None  # what goods state: the shop's search knows more of it
    kept = beside(hits, scores, shelves)
    left = grown_up(kept, wish.need, {})
    kept = left if kept[0] in left else kept
    plain = replace(wish.need, slots=tuple(one for one in wish.need.slots if one.kind == "price"))
    picks = quoting(speaking(turn, reasoned(kept, plain)), wish.phrases, wish.locale)
    found = Found(picks, len(kept))
    rows = [one.row(turn.language) for one in found.picks]
    plan = turn.plan("storied", products=rows, named=kindly)
    reply = offered(turn, found, plan)
    state = replace(reply.state, topic="", wishes=(), slots=held(turn, shelves[kept[0].product]))
    return replace(reply, state=state)


def against(need: Need) -> Need:
    """Return a need with nothing but what is not wanted."""
    return replace(need, slots=tuple(one for one in need.slots if one.negated))


def of_the_thing(turn: Turn) -> Need:
    """Return a need with what is said of the thing itself: 防水 of 防水的登山鞋.

    They stand in the clause that asks for it; what is told around it asks for nothing.
    """
    need, text = turn.reading.need, fold(turn.reading.text)
    asking = [place for one in need.of("category") for place in asked_in(text, one.surface)]
    said = tuple(
        one
        for one in need.slots
        if one.kind != "category" and any(fold(one.surface) in clause for clause in asking)
    )
    return replace(need, slots=said)


def told_kinds(turn: Turn) -> dict[int, float]:
    """Return the categories that a story names, and what each counts: more if asked for."""
    asked = asked_kinds(turn)
    named = (int(one.value) for one in turn.reading.need.of("category") if one.value.isdigit())
    return {one: ASKED if one in asked else NAMED for one in named}


def asked_kinds(turn: Turn) -> frozenset[int]:
    """Return the categories that a story asks for, rather than tells of."""
    text = fold(turn.reading.text)
    return frozenset(
        int(one.value) for one in turn.reading.need.of("category")
        if one.value.isdigit()
        and (asks_for(text, one.surface) or is_bare(one.surface, turn.reading.said))
    )  # fmt: skip


def of_kinds(turn: Turn, wish: Wish, kinds: frozenset[int]) -> dict[int, float]:
    """Return the cosines with a message of what is of some kinds, at the price that was said.

    Four queries, or none.
    """
    need = wish.need
    if not kinds:
        return {}
    firm = tuple(
        one for one in need.slots
        if one.negated or one.kind == "price" or (one.kind == "category" and one.value.isdigit()
                                                  and int(one.value) in kinds)
    )  # fmt: skip
    loose = replace(need, slots=firm, cuts=((0, len(need.query)),), sort="relevance")
    ranked, _wider = of_kind(asked(replace(wish, need=loose, vector=None)).ranked, loose)
    return cosines(
        ranked[:MOST_OF_KIND],
        turn.text_vector or (),
        encoder_id=settings.ENCODER_ID,
        dimensions=settings.ENCODER["dimensions"],
    )


def speaking(turn: Turn, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """Return picks with the sentence of their page that best bears on the story as the reason.

    On the whole of it, or on one of its clauses. Two queries.
    """
    pages = pages_of([one.hit.product for one in picks], turn.language)
    asked = [one for one in (turn.reading.text, *clauses(turn.reading.text))
             if one in turn.asker.vectors]  # fmt: skip

    def told(pick: Pick) -> Pick:
        page = pages.get(pick.hit.product, Page(()))
        found = [evidence_for(one, page, turn.asker.vectors[one]) for one in dict.fromkeys(asked)]
        said = max((one for one in found if one.text), key=lambda one: one.chance, default=NOTHING)
        if AGAINST.search(fold(said.text)):
            return pick
        reason = _("the shop writes “%(words)s”") % {"words": said.text.rstrip("。.；;")}
        return replace(pick, reason=reason) if said.bears and said.text else pick

    return tuple(map(told, picks))


def is_story(turn: Turn, *, brief: bool) -> bool:
    """Tell whether a message is told rather than asked: long, and no unknown kind is asked for."""
    reading = turn.reading
    if turn.state.visible or turn.state.giving or reading.references:
        return False
    if reading.need.sort != "relevance" or (reading.intent == "gift" and not asked_kinds(turn)):
        return False
    text = fold(reading.text)
    if _OF_SHOPS.search(text):
        return False
    if tells_nothing(reading.said):
        return False
    kinds = [one.surface for one in reading.said.of("category") if not one.known]
    if any(asks_for(text, one) for one in kinds) and not asked_kinds(turn):
        return False
    told = bool(_TELLS.search(text) or PROBLEM.search(text))
    open_yet = all(one.kind in ("occasion", "season", "audience") for one in reading.said.slots)
    short = (told or bool(_ANYTHING.search(text))) if brief else told and open_yet and not kinds
    return is_long(text, *((SHORT, SHORT_ZH) if short else (LONG, LONG_ZH)))


def tells_nothing(said: Need) -> bool:
    """Tell whether a message names a kind, perhaps a price, and says no more."""
    plain = bool(said.slots) and all(one.kind in ("category", "price") for one in said.slots)
    return plain and not content_of(leftover(said)) - EMPTY


def wants_goods(turn: Turn) -> bool:
    """Tell whether a story asks what to buy: "what would help?", 买什么好."""
    text = fold(turn.reading.text)
    if PROBLEM.search(text) and not (turn.owned or turn.reading.said.of("category")):
        return is_story(turn, brief=True)
    return bool(_WANTS.search(text) and _TELLS.search(text)) and is_story(turn, brief=False)


def named_in_full(text: str, title: str) -> bool:
    """Tell whether a message has more of a title than the name of its kind."""
    said, words = fold(text), fold(title)
    english = {one for one in _WORD.findall(words) if len(one) > 2} & set(_WORD.findall(said))
    runs = (words[place : place + NAME_ZH] for place in range(len(words) - NAME_ZH + 1))
    chinese = any(len(_HAN.findall(one)) == NAME_ZH and one in said for one in runs)
    return len(english) >= NAME or chinese


def only_told(turn: Turn) -> bool:
    """Tell whether somebody tells of themselves, and no colour, size or brand is said."""
    said, text = turn.reading.said, fold(turn.reading.text)
    if any(one.kind in STATED and not one.negated for one in of_the_thing(turn).slots):
        return False
    if len(content_of(leftover(said))) >= TOLD_BESIDES and _TELLS.search(text):
        return True
    named = [fold(one.surface) for one in said.slots if one.kind in ("category", "price")]
    asked = any(asks_for(text, one.surface) for one in said.of("category"))
    return any(
        is_long(clause, FEW, FEW_ZH) and not _WISHES.match(clause.strip())
        and not (asked and any(one in clause for one in named))
        for clause in _CLAUSE.findall(text)
    )  # fmt: skip


def is_long(text: str, words: int, han: int) -> bool:
    """Tell whether a text has so many words, or so many Chinese characters."""
    return len(_HAN.findall(text)) >= han or len(_WORD.findall(text)) >= words


def asks_for(text: str, kind: str) -> bool:
    """Tell whether a message asks for a kind, or only speaks of such a thing: 抓沙发怎么办.

    Who only names things, and tells nothing, asks for them.
    """
    return bool(asked_in(text, kind))


def asked_in(text: str, kind: str) -> list[str]:
    """Return the clauses of a folded text that ask for a kind."""
    name, told = fold(kind), bool(_TELLS.search(text) or _ASKS.search(text))
    return [
        clause for clause in _CLAUSE.findall(text)
        if name and name in clause and (not told or _ASKS.search(clause.partition(name)[0]))
    ]  # fmt: skip


def is_bare(kind: str, said: Need) -> bool:
    """Tell whether a kind has a clause of its own, with what it is to be: 无糖的零食，我妈…"""
    query = fold(said.query)
    for clause in _CLAUSE.finditer(query):
        if fold(kind) in clause[0]:
            inside = [one for one in said.slots
                      if clause.start() <= one.start and one.end <= clause.end()]  # fmt: skip
            read = "".join(
                letter for place, letter in enumerate(clause[0], clause.start())
                if not any(one.start <= place < one.end for one in inside)
            )  # fmt: skip
            return len(inside) > 1 and not _LITTLE.sub("", read)
    return False


def standing(of: Mapping[int, float], among: Sequence[tuple[int, float]]) -> dict[int, float]:
    """Return how far products stand above the mean of the nearest, in their spread."""
    cosines = [cosine for _product, cosine in among]
    mean, spread = fmean(cosines), pstdev(cosines) or 1.0
    return {product: (cosine - mean) / spread for product, cosine in of.items()}


def kinds_of(products: Sequence[int]) -> dict[int, list[int]]:
    """Return the categories that products stand in, the nearest first. One query."""
    rows = SearchDocument.objects.filter(pk__in=products)
    there = dict(rows.values_list("pk", "categories"))
    return {one: list(there.get(one) or ()) for one in products}


def beside(
    hits: Sequence[Hit], scores: Mapping[int, float], shelves: Mapping[int, Sequence[int]]
) -> list[Hit]:
    """Return the first of some hits and what of its own kind stands near it."""
    first = hits[0].product
    return [
        one for one in hits
        if one.product == first
        or (shelves[one.product][:1] == shelves[first][:1]
            and scores[one.product] >= scores[first] - AKIN)
    ][:SHOWN]  # fmt: skip


def within(hit: Hit, need: Need) -> bool:
    """Tell whether a product costs what was said."""
    price = need.price
    if price is None or hit.amount is None:
        return price is None
    above = price.maximum is not None and hit.amount > price.maximum
    return not above and not (price.minimum is not None and hit.amount < price.minimum)


def held(turn: Turn, common: Sequence[int]) -> tuple[Held, ...]:
    """Return what is wanted from now on: the kind that came to mind, at the price that was said.

    A kind that was named stays as it was: hoodies stand on several shelves.
    """
    prices = tuple(one for one in turn.state.slots if one.slot.kind == "price")
    named = tuple(one for one in turn.state.slots if one.slot.kind == "category")
    if any(one.slot.value == str(category) for one in named for category in common):
        return (*named, *prices)
    for category in common:
        entry = turn.market.categories.get(category)
        if entry is not None:
            name = entry.names.get(turn.language, "")
            slot = Slot("category", str(category), surface=name,
                        name_zh=entry.names.get("zh-hans", ""),
                        name_en=entry.names.get("en", ""))  # fmt: skip
            return (Held(slot, turn.state.turn, name), *prices)
    return prices
