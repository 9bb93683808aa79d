"""The phrases of a message that may call a thing by its name: "the split one", 自带线的那个.

Each with how many of it are spoken of, whether a thing is pointed at, and whether only a kind is
asked for. Pure code; the parts of speech are the catalogue's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.understanding.cues import cues, number_of
from catalog.lexicon import lexicon
from catalog.lexicon.naming import names_thing, places_of_names
from catalog.text import fold
from catalog.text.tagging import Token, tokens

_CUES = cues("called")
_CONTENT = frozenset(("noun", "propn", "adj", "verb", "x"))
_BREAKS = re.compile(r"[,，。；;:：!！?？\n—]|(?:^|\s)-(?:\s|$)")
_DESCRIBING = frozenset(
    ("audience", "colour", "size", "season", "feature", "fit", "occasion", "style", "material")
)
# Whether something may be done with what was shown: 能水洗吗 names no thing.
_MAY = re.compile(r"(?:能|会|可以|可不可以|能不能)(?:直接|不能)?$")
_WHETHER = re.compile(r"\s*(?:吗|么|不|$|[?？])")
MOST_WORDS = 6
FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that may call a thing. ``words``: as they were said, in order, without leading talk.

    ``pointed``: a word points at it; ``one``: it ends in a word for a thing shown ("one", 那个);
    ``topic``: the message is about it; ``joined``: it is named beside another; ``kind_only``: just
    a kind is asked for, or by nothing but its name (``bare``). ``count``: how many, 0 if unsaid.
    ``joints``: after how many words stands a 的 or a word for a thing shown: 炒锅|的手柄. ``ends``:
    where each word ends. ``stands``: it is ``one`` by more than a 的, which wishes have too.
    """

    words: tuple[str, ...]
    start: int
    end: int
    pointed: bool = False
    one: bool = False
    topic: bool = False
    joined: bool = False
    kind_only: bool = False
    bare: bool = False
    count: int = 0
    joints: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    stands: bool = False

    @property
    def text(self) -> str:
        """Return it as one text."""
        return "".join(self.words) if self.words[0][0] >= "\u3400" else " ".join(self.words)


def phrases_in(text: str) -> list[Phrase]:
    """Return the phrases of a message in their order, those that are what it is about marked."""
    found: list[Phrase] = []
    start = 0
    for clause in (*_BREAKS.finditer(text), None):
        end = clause.start() if clause else len(text)
        found += _of_clause(text, start, end)
        start = clause.end() if clause else end
    return found


def _of_clause(text: str, start: int, end: int) -> list[Phrase]:
    """Return the phrases of one clause."""
    clause = [replaced(one, start) for one in recut(tokens(text[start:end]), text[start:end])]
    found: list[Phrase] = []
    place = 0
    while place < len(clause):
        taken, phrase = _phrase_at(text, clause, place)
        if phrase is not None:
            found.append(_told(text, phrase, found, start, end))
        place = max(taken, place + 1)
    return [one for one in found if one.words]


def recut(words: Sequence[Token], text: str) -> list[Token]:
    """Return the words of a text, cut where a name ends within one: 重力 毯和 is 重力 毯 和."""
    folded = fold(text)
    if len(folded) != len(text):
        return list(words)
    edges = {edge for place in places_of_names(folded) for edge in place}
    found: list[Token] = []
    for one in words:
        cuts = [one.start, *sorted(e for e in edges if one.start < e < one.end), one.end]
        found += [
            replace(one, text=text[a:b], start=a, end=b) if len(cuts) > 2 else one
            for a, b in pairwise(cuts)
        ]
    return found


def replaced(token: Token, by: int) -> Token:
    """Return a token with its places moved."""
    return replace(token, start=token.start + by, end=token.end + by)


def _is(name: str, token: Token) -> bool:
    return bool(_CUES[name].fullmatch(fold(token.text)))


def names_nothing(word: str) -> bool:
    """Tell whether a word is no thing that is sold, however it is pointed at: "your shop"."""
    return bool(_CUES["nothing"].fullmatch(word))


def _leads(token: Token) -> bool:
    return _is("leading", token)


def _number(token: Token) -> int:
    match = _CUES["numbers"].fullmatch(fold(token.text))
    if match is None:
        return 0
    said = match["n"] or match["n_en"]
    if said.isdigit():
        return int(said)
    return {"俩": 2, "仨": 3}.get(said) or number_of(said) or 0


def _content(token: Token) -> bool:
    named = token.pos in _CONTENT or (token.pos == "adv" and bool(dimensions_of(token.text)))
    return named and not token.stop and not _is("ones", token)


@lru_cache(maxsize=4096)
def dimensions_of(word: str) -> frozenset[str]:
    """Return of what the vocabulary knows a word: "family" is no adverb."""
    return frozenset(one.dimension for one in lexicon().match(fold(word)))


def _only_described(phrase: Phrase) -> bool:
    """Tell whether words only say for whom or of what colour something is: 孩子上初中了, "24 V"."""
    if phrase.one or names_thing(phrase.words[0]):
        return False
    first = dimensions_of(phrase.words[0])
    short = len(phrase.words[0]) < FEWEST_LETTERS and phrase.words[0].isascii()
    return (bool(first) and first <= _DESCRIBING and len(phrase.words) == 1) or (
        short and len(phrase.words) == 1
    )


def _phrase_at(text: str, clause: Sequence[Token], place: int) -> tuple[int, Phrase | None]:
    """Return where the phrase ends that begins at a place, and it; None where none begins."""
    begin, count, pointed = _led_to(clause, place)
    words, joints, place = _words_from(clause, begin)
    while len(words) > 1 and count and _is("containers", words[0]):
        words, joints = words[1:], [one - 1 for one in joints]
    if not words:
        return place, None
    behind, place = _count_behind(clause, place)
    asked = begin > 0 and _is("measured", clause[begin - 1])
    within = (one for one in clause[begin:place] if _is("ones", one) and one.text != "的")
    called = Phrase(
        tuple(fold(each.text) for each in words), words[0].start, words[-1].end,
        pointed=pointed, one=bool(joints), topic=not asked, count=count or behind,
        joints=tuple(joints), stands=bool(joints) and any(within),
        ends=tuple(each.end for each in words),
    )  # fmt: skip
    return place, called


def _led_to(clause: Sequence[Token], place: int) -> tuple[int, int, bool]:
    """Return where words that may name begin, how many were said, and if one is pointed at."""
    count, pointed = 0, False
    while place < len(clause):
        token = clause[place]
        number = _number(token)
        if _begins(clause, place, counted=bool(count)):
            break
        if number:
            asked = place > 0 and _is("measured", clause[place - 1])
            lone = fold(token.text) == "one" and not _counts(clause, place)
            count = count if asked or lone else number
        elif _is("pointing", token):
            pointed = True
            if _stop_named(clause, place + 1):
                return place + 1, count, pointed
        elif not _neutral(token):
            count, pointed = 0, False
        place += 1
    return place, count, pointed


def _begins(clause: Sequence[Token], place: int, *, counted: bool) -> bool:
    """Tell whether a word may begin a name: 三件装 is one, and no three."""
    token = clause[place]
    if _number(token):
        return place + 1 < len(clause) and _is("units", clause[place + 1])
    talk = _leads(token) or _is("joins", token) or _is("measured", token)
    return _content(token) and not (talk or (counted and _is("containers", token)))


def _neutral(token: Token) -> bool:
    """Tell whether a word between a number and a name says nothing: "two tins *of*", 那*套*."""
    plain = fold(token.text) in ("of", "的", "x") or token.pos == "quant"
    return plain or _leads(token) or _is("containers", token)


def _words_from(clause: Sequence[Token], place: int) -> tuple[list[Token], list[int], int]:
    """Return the words of a phrase from a place on, its joints, and where it ends."""
    begin = place
    words: list[Token] = []
    joints: list[int] = []
    while place < len(clause) and len(words) < MOST_WORDS:
        token = clause[place]
        chinese = token.text[0] >= "\u3400"
        if words and _is("ones", token):
            joints.append(len(words))
            if not chinese:
                place += 1
                break
        elif place == begin or (token.pos == "quant" and joints):
            words += [token] if place == begin else []
        elif fold(token.text) == "of" and all(_is("containers", each) for each in words):
            words = []
        elif token.text in "'’":
            pass
        elif not _content(token) or _is("joins", token) or (chinese and (
            _leads(token) or _number(token)
        )):  # fmt: skip
            break
        else:
            words.append(token)
        place += 1
    return words, joints, place


def _count_behind(clause: Sequence[Token], place: int) -> tuple[int, int]:
    """Return how many are said behind a name, and where that ends: 牛肉干两包, 枕头来两个."""
    after = place
    while after < len(clause) and (
        _leads(clause[after]) or clause[after].pos == "quant" or clause[after].text in "各吧"
    ):
        after += 1
    if after < len(clause) and clause[after].text[0] >= "\u3400" and _number(clause[after]):
        return _number(clause[after]), after + 1
    return 0, place


def _counts(clause: Sequence[Token], place: int) -> bool:
    """Tell whether "one" counts: "one of the herbal", "one honey", and stands not for a thing."""
    before = fold(clause[place - 1].text) if place else ""
    return before not in ("the", "that", "this", "each", "which", "every", "any")


def _stop_named(clause: Sequence[Token], place: int) -> bool:
    """Tell whether a word that is else a particle begins a name: "the down jacket"."""
    lone = place + 1 >= len(clause) or not clause[place].text.isascii()
    if lone or clause[place].pos not in ("prep", "adv"):
        return False
    return place > 0 and _is("pointing", clause[place - 1]) and _content(clause[place + 1])


def _told(text: str, phrase: Phrase, before: Sequence[Phrase], start: int, end: int) -> Phrase:
    """Return a phrase with what its surroundings say: a topic, joined, or a kind that is sought."""
    folded = fold(text)
    if len(folded) != len(text):
        folded = text.lower()
    lead = folded[start : phrase.start].rstrip()
    rest = folded[phrase.end : end] + folded[end : end + 1]
    since = folded[before[-1].end : phrase.start].strip() if before else ""
    joint = since.split() if since.isascii() else re.findall("还是|[和跟与比加、及或]", since)
    joined = bool(before) and any(
        _CUES["joins"].fullmatch(one) and (phrase.pointed or not _CUES["beside"].fullmatch(one))
        for one in joint
    )
    topic = phrase.topic and (not before or joined or phrase.pointed or phrase.count > 0)
    told = bool(_CUES["meant_otherwise"].search(lead)) and not phrase.pointed
    told = told or bool(_MAY.search(lead) and _WHETHER.match(rest))
    if told or _only_described(phrase):
        return replace(phrase, words=())
    sought = bool(_CUES["wishing"].search(lead)) and not phrase.pointed
    bare = not lead.strip() and bool(_CUES["only_kind"].fullmatch(rest)) and not phrase.one
    bare = (
        bare and not phrase.count and not phrase.pointed and end >= len(folded.rstrip("?？。.! "))
    )
    return replace(phrase, topic=topic, joined=joined, kind_only=sought, bare=bare)
