"""Find the one product that a question names: "is the cycling backpack big enough?", 绿萝好养吗.

For routing. Nothing was shown of it yet, or not in this list; what is asked is then told of it
instead of a list of its kind. Where several bear the name, or none, it is looked for as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.doing.topics import topics_of
from assistant.finding import find
from assistant.moves import OF_PRODUCT, QUESTION, Move
from assistant.reasons import Pick
from assistant.turns import Turn, wish_of
from assistant.understanding import Reading
from catalog.models import Product
from catalog.search.understanding import understand
from catalog.text import fold

NAMED = "named"  # why something is told: the rule's name in a move
LOOKED_THROUGH = 12
ONES = frozenset(("one", "ones"))
FEWEST_WORDS, FEWEST_SIGNS, MOST_WORDS = 2, 2, 5
SURE = 4  # words or signs of a name, where a thing could be looked for instead
FEWEST_OF_MORE = 5  # signs, where more words follow the name
# Of a question: the thing that it is about, which stands first or after "the".
_THING_EN = re.compile(r"\b(?:the|your|that|this) (?=(?P<name>[a-z0-9][^,.?!;]*))")
_AFTER_EN = re.compile(
    r"\b(?:is|are|was|does|do|has|have|had|can|could|will|would|for|in|on|with|to|and|or|really"
    r"|actually|come|comes|big|small|large|strong|enough|good|any|suitable|safe|work|works|fit|fits|hold"
    r"|holds|run|runs|made|ok|okay|worth|too|very|also|if|when|after|without)\b.*"
)
_BEFORE_ZH = re.compile(
    r"^(?:请问|想问(?:一下|下)?|问(?:一下|下)|你好|您好|你们(?:家)?(?:的)?|那个|这个|那款|这款|[跟和与比]|[，,\s])+"
)
_AFTER_ZH = re.compile(
    r"(?:那[款个双条件种]|这[款个双条件种]|比|(?<![智功性])能|可以|可不可以|会不会|会|有没有|有|是不是|是|好不好|好(?=[养用洗搭打穿吃喝装])|怎么|多少|多[大长重久高厚]"
    r"|几|适合|用不用|要不要|够|够不够|吗|呢|防水|防滑|耐|支持|容易|需要|到底|真的|大概|的(?:评价|尺寸|重量|材质|颜色))"
)

# "Is the cycling backpack big enough": the very thing is asked about, and none is looked for.
_OF_THE_ONE = re.compile(r"^(?:is|are|does|do|will|would|can|could|has|have) (?:the|that|your) ")
_HOLDS = re.compile(r"(?:能|可以?)?(?:放|装|塞|容)(?:得?下|进|得了)?.{1,10}[吗么不没][?？]?$")


def pinpointed(turn: Turn, move: Move) -> tuple[Turn, Move]:
    """Return the turn and the move for the one product that is named; both as they were else.

    Two searches and a query, or none where nothing is asked of a thing.
    """
    if move.kind == "clarify" and turn.reading.intent == "compare":
        return beside_it(turn, move)
    text = fold(turn.reading.text).strip()
    elsewhere = move.kind == "product" and names_another(turn, move, text)
    open_to = elsewhere or move.kind in ("find", "know", "clarify")
    asked = asked_in(turn.reading, text) if open_to else ""
    pointed = bool(turn.reading.references) and not elsewhere
    if not asked or pointed or not QUESTION.search(text):
        return turn, move
    words = name_in(text)
    pick = of_the_name(turn, words) if words else None
    score = likeness(words, pick) if pick else 0
    sure = asked == turn.reading.intent
    fewest = FEWEST_WORDS if turn.state.visible or not sure else 1
    if not (sure or _OF_THE_ONE.search(text) or _HOLDS.search(text)):
        fewest = SURE
    if pick is None or score < fewest:
        return turn, move
    shops = tuple(Product.objects.filter(pk=pick.hit.product).values_list("merchant", flat=True))
    found = replace(knowing(turn, pick), merchants=shops)
    state = turn.state.shown([pick.seen(turn.language)])
    return replace(found, state=state), Move("product", NAMED, about=asked, skus=(pick.hit.sku,))


def names_another(turn: Turn, move: Move, text: str) -> bool:
    """Tell whether a definite thing is named, and nothing that is meant is called so."""
    words = name_in(text) if not re.search("[\u3400-\u9fff]", text) else []
    if len(words) < FEWEST_WORDS or ONES & set(words):
        return False
    told = [fold(one.words) for one in turn.state.visible if one.sku in move.skus]
    called = (all(re.search(rf"\b{re.escape(word)}", one) for word in words) for one in told)
    return bool(told) and not any(called)


def asked_in(reading: Reading, text: str) -> str:
    """Return what is asked of a thing: as it was read, or a known matter of what sounds sought."""
    if reading.intent in OF_PRODUCT - {"cart_add"}:
        return reading.intent
    if reading.intent not in ("search", "recommend"):
        return ""
    if _OF_THE_ONE.search(text) or _HOLDS.search(text):
        return "compatibility"
    return "attribute" if topics_of(text) else ""


def beside_it(turn: Turn, move: Move) -> tuple[Turn, Move]:
    """Return a comparison of what is talked of with another of its kind, called by its name.

    "What's the difference to the city one?", where only the cycling backpack was shown.
    """
    talked_of = turn.products(turn.state.focus)
    named = name_in(fold(turn.reading.text).strip(), last=True)
    words = [one for one in named if one not in ONES]
    if len(talked_of) != 1 or not words:
        return turn, move
    column = "category__name_zh" if words[0] >= "\u3400" else "category__name_en"
    kind = Product.objects.filter(pk=talked_of[0]).values_list(column, flat=True).first() or ""
    pick = of_the_name(turn, words, kind=kind)
    if pick is None or pick.hit.product in talked_of:
        return turn, move
    here = [one for one in turn.state.visible if one.sku in turn.state.focus]
    found = replace(knowing(turn, pick), state=turn.state.shown([*here, pick.seen(turn.language)]))
    skus = (*turn.state.focus, pick.hit.sku)
    return found, Move("compare", NAMED, about="compare", skus=skus)


def knowing(turn: Turn, pick: Pick) -> Turn:
    """Return the turn in which a product that was found by its name is known."""
    return replace(turn, known={**turn.known, pick.hit.sku: pick.hit.product})


def name_in(text: str, *, last: bool = False) -> list[str]:
    """Return what a folded question may call a thing: English words, or a Chinese run as one.

    ``last``: the thing that is named last: "the difference to the city one".
    """
    if re.search("[\u3400-\u9fff]", text):
        name = _AFTER_ZH.split(_BEFORE_ZH.sub("", text))[0].strip(" ，,的")
        return [name] if len(name) >= FEWEST_SIGNS else []
    names = [_AFTER_EN.sub("", one["name"]) for one in _THING_EN.finditer(text)]
    name = (names[-1] if last else names[0]) if names else ""
    return re.findall(r"[a-z0-9][a-z0-9'-]*", name)[:MOST_WORDS]


def of_the_name(turn: Turn, words: Sequence[str], *, kind: str = "") -> Pick | None:
    """Return the one product whose title has the words, the most of them; None if it is no one.

    ``kind``: what it is, where the words do not say so.
    """
    need = understand(" ".join([*words, kind]).strip(), vocabulary=turn.market.vocabulary,
                      locale=turn.language, currency=turn.asker.currency)  # fmt: skip
    ways = (need,) if kind and need.slots else (need, replace(need, slots=()))
    picks = [
        pick
        for one in ways
        for pick in find(replace(wish_of(turn), need=one, vector=None), most=LOOKED_THROUGH).picks
    ]
    each = {one.hit.sku: one for one in picks}.values()
    scored = [(likeness(words, pick), pick) for pick in each]
    best = max((score for score, _pick in scored), default=0)
    those = [pick for score, pick in scored if score == best]
    return those[0] if best and len(those) == 1 else None


def likeness(words: Sequence[str], pick: Pick) -> int:
    """Return how many words, or signs, of a name a title has from its beginning; 0 for too few."""
    titles = [fold(one) for one in pick.hit.titles.values()]
    if words[0] >= "\u3400":
        name = words[0]
        return max(len(name) if in_order(name, one) else begun(name, one) for one in titles)
    return max((leading(words, set(re.findall(r"[a-z0-9'-]+", one))) for one in titles), default=0)


def in_order(name: str, title: str) -> bool:
    """Tell whether a title has all signs of a name in their order: 城市双肩包, 城市通勤双肩包."""
    rest = iter(title)
    return all(sign in rest for sign in name)


def begun(name: str, title: str) -> int:
    """Return how many of a name's first signs a title has in a run; 0 for too few to be a name."""
    sizes = range(len(name) - 1, FEWEST_OF_MORE - 1, -1)
    return next((size for size in sizes if name[:size] in title), 0)


def leading(words: Sequence[str], title: set[str]) -> int:
    """Return how many of the first words a title has."""
    count = 0
    for word in words:
        if word not in title and word.removesuffix("s") not in title:
            break
        count += 1
    return count
