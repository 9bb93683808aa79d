"""A text as sentences, and a sentence as checkers read it: whom it is about, what is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.claims.bounds import Bound, bound_of
from catalog.claims.facts import Ledger, OfferFact, ProductFacts, ShopFacts
from catalog.claims.numerals import plain_form
from catalog.claims.patterns import worded
from catalog.lexicon import lexicon

BLANK = "□"
LONGEST_QUOTE, LONGEST_NAME = 600, 120
_NAMES = worded(f"{BLANK}+")
_END = worded(
    r"(?:(?:写道|说|表示|讲|留言|评论|反馈|writes?|says?|wrote|said|told us|commented)\s?[,，]?"
    r"|[：:])\s?“[^”]{2,400}”[。.!！~～]*\s*"
    r"|[。！？!?]+[”」』\"')）]*\s*(?![—–])|\n+"
    r"|(?<!\bNo)(?<!\bno)(?<!e\.g)(?<!i\.e)(?<!approx)(?<!incl)(?<!excl)(?<!\bvs)(?<!\bDr)(?<!\bMr)\."
    r"(?:(?:[”\"')]+(?=\s+[^a-z])|(?=\s))\s*|[”\"')]*$)"
)
CLAUSE = worded(
    r"[，；;。！？!?\n]|,(?!\d)|(?<!\d),|(?<!anything)(?<!nothing)\s(?:but|while|whereas)\s|但是?|而且?|不过"
)
_BRACKETED = worded(r"[（(][^（()）]{1,60}[）)]")
_TURNED = worded(r"另外?[一1]款|\bthe other\b|\bagainst\b|\bversus\b|\bvs\b")
_TOLD = worded(r"stock|sold|available|\d|[有缺现无]货|卖完|售罄|剩|库存")
_ALL = worded(
    r"\b(?:both|all of (?:them|these)|these (?:two|three)|each of them|they)\b"
    r"|都|两款|2款|3款|这几款|这些|均"
)


_FOR = worded(r"[¥$€£\d][^□,，;；。]{0,20}?\b(?:for|buys? you)\s(?:the )?[「《\"“]?(?=□)")
_TOPIC = worded(
    r"\s*(?!.*(?:什么|呢|吗|怎|哪|谁|多少|几|您|你|可以|好不好|行不))[^?？]{1,16}[?？]\s*$"
    r"|\s*[您你]?(?:要|想要|找|喜欢|爱)(?!.*(?:什么|呢|吗|怎|哪|谁|多少|几))[^?？]{1,12}[?？]\s*$"
    r"|\s*(?:you |do you |did you )?(?:want(?:ed)?|need(?:ed)?|prefer|after|fancy) [^?]{1,30}\?\s*$"
    r"|\s*(?!(?:what|how|which|who|when|where|why|would|do|does|did|is|are|can|could|shall|should"
    r"|will|may|have|has|or)\b)[a-z0-9'-]+(?:[ ,][a-z0-9'-]+){0,4}\?\s*$"
)
# A question about the goods, not to the reader; what is marked as its answer always is one.
_ABOUT_GOODS = worded(
    r"(?!.*\b(?:you|your|i|me|my|we|shall|should|would|could|may|anything"
    r"|else)\b)(?!.*[您你我咱]).{1,80}[?？]\s*$"
)
_THEN = worded(r"\s*(?:then\b|那(?:就|么))")
_MARKED = worded(r"\s*(?:a|答|回答?|answer)\s?[:：]")
_PRONOUN = worded(
    r"\s*(?:(?:yes|yep|yeah|sure|no|nope|对|是的?|有的?|没有?|嗯)[,，。、\s]+)*"
    r"(?:it|that|this|they|these|那?就|它|这|那|是|有的?|没有?)(?:\b|(?=[\u4e00-\u9fff]))"
)
_SHORT = worded(
    r"\s*(?:(?:rmb|usd|cny)?\s?(?:[^\s。！？!?.]|(?<=\d)\.(?=\d)){1,10}[。！!.]?|(?:[^\s。！？!?]+\s){0,3}[^\s。！？!?]+[!.]?)\s*$"
)
# What nobody states, named only to say so: 哪款更轻，店家都没有写明, "none says which is lighter".
_NOT_STATED = worded(
    r"哪[1一]?[款个件种家][^，。,.!！?？]{1,16}(?=[，,][^。.!！?？]{0,8}(?:没有?|未)写明)"
    r"|\b(?:none|neither|nobody|no (?:shop|page))\b[^.!?]{0,24}\b(?:says?|states?)"
    r" which (?:one )?is (?:the )?[a-z][a-z -]{1,30}(?=,)"
)
_LIST_NUMBER = worded(r"\s*\d{1,2}\.\s*")
SHORT_QUESTION = 48


def split(text: str, names: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, its white space behind it included.

    A question about goods and a few words that answer it are one: 「要红色的？有货。」. What ends a
    sentence does not within a product's name: "15 ft. Cable, 10-Pack".
    """
    found = list(_split(text, _named(text, names)))
    for number, (start, end) in enumerate(found):
        if number and _answers(text[slice(*found[number - 1])], text[start:end]):
            continue
        following = found[number + 1] if number + 1 < len(found) else None
        joined = following and _answers(text[start:end], text[slice(*following)])
        yield start, following[1] if following and joined else end


def _answers(question: str, words: str) -> bool:
    plain = question.casefold()
    if _MARKED.match(words.casefold()):
        return plain.rstrip().endswith(("?", "？"))
    if _THEN.match(words.casefold()) and plain.rstrip().endswith(("?", "？")):
        return True
    about = len(question) <= SHORT_QUESTION and _TOPIC.match(plain)
    return bool(about or _ABOUT_GOODS.match(plain)) and bool(
        _SHORT.match(words) or _PRONOUN.match(words.casefold())
    )


def _named(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    """Return where names stand that themselves hold what would end a sentence."""
    return [
        one.span()
        for name in names
        if len(name) > 1 and _END.search(name)
        for one in re.finditer(re.escape(name), text)
    ]


def _split(text: str, named: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        said = text[start : found.end()]
        if any(begin <= found.start() < end for begin, end in named):
            continue
        if said.count("“") > said.count("”") and len(said) < LONGEST_QUOTE:
            continue
        if _LIST_NUMBER.fullmatch(said):
            continue  # "1." goes with what it numbers
        if said.strip():
            yield start, found.end()
            start = found.end()
    if start < len(text):
        yield start, len(text)


@dataclass(frozen=True, slots=True)
class Mention:
    """A product's name in a sentence."""

    start: int
    end: int
    product: ProductFacts


class Sentence:
    """One sentence in plain form. ``text`` has names and verified quotes blanked out."""

    def __init__(
        self,
        written: str,
        ledger: Ledger,
        carried: Sequence[ProductFacts] = (),
        *,
        rather: int = 0,
    ) -> None:
        """Find the names; ``carried``: whom the sentence before was about.

        ``rather``: the product that is meant where several bear the same title.
        """
        self.written, self.ledger, self.rather = written, ledger, rather
        self.full, self.places = plain_form(written)
        self.taken = bytearray(len(self.full))
        self._blanked = bytearray(len(self.full))
        self.mentions = list(self._mentions())
        for one in self.mentions:
            self.blank(one.start, one.end)
        self.shops = list(self._shops())
        for open_ in () if self.mentions else _NOT_STATED.finditer(self.full):
            self.blank(*open_.span())
        self.names = bytes(self._blanked)  # what is but the name of a product or a shop
        self.carried = tuple(carried)

    @property
    def text(self) -> str:
        """Return the plain form without what was blanked."""
        text = "".join(
            BLANK if hidden else character
            for character, hidden in zip(self.full, self._blanked, strict=True)
        )
        return _BRACKETED.sub(lambda one: re.sub("[,，]", "、", one[0]), text)

    def blank(self, start: int, end: int) -> None:
        """Hide a stretch from the checkers."""
        self._blanked[start:end] = b"\1" * (end - start)
        self.take(start, end)

    def take(self, start: int, end: int) -> None:
        """Mark a stretch as spoken for."""
        self.taken[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Tell whether nobody has spoken for any of a stretch."""
        return not any(self.taken[start:end])

    def unread(self, start: int, end: int) -> bool:
        """Tell whether nobody has spoken for any of a stretch but for names."""
        pairs = zip(self.taken[start:end], self.names[start:end], strict=True)
        return not any(taken and not name for taken, name in pairs)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch's place in the sentence as it was written."""
        return self.places[start], self.places[end]

    def before(self, place: int, most: int = 24) -> str:
        """Return what stands before in the same clause, the nearest last; a name is one sign."""
        near = _NAMES.sub(BLANK, self.text[max(0, place - most - LONGEST_NAME) : place])
        clauses = CLAUSE.split(near[-most:])
        asked = len(clauses) > 1 and not clauses[-1].strip() and near.rstrip()[-1:] in ("?", "？")
        return clauses[-2] if asked else clauses[-1]  # "The old price? $80."

    def after(self, place: int, most: int = 24) -> str:
        """Return what follows in the same clause."""
        near = _NAMES.sub(BLANK, self.text[place : place + most + LONGEST_NAME])
        return CLAUSE.split(near[:most], maxsplit=1)[0]

    def bound(self, start: int, end: int) -> Bound:
        """Return how the words beside a figure bound it."""
        return bound_of(self.before(start, 48), self.after(end))

    def clause(self, start: int, end: int) -> str:
        """Return the clause around a stretch."""
        return self.before(start, 80) + self.text[start:end] + self.after(end, 60)

    @property
    def subjects(self) -> tuple[ProductFacts, ...]:
        """Return all products the sentence is about."""
        if self.mentions:
            return tuple({one.product.pk: one.product for one in self.mentions}.values())
        return self.carried or self.ledger.products

    def about(self, place: int) -> tuple[ProductFacts, ...]:
        """Return the products that words at a place are about; what is said must hold for all."""
        earlier = [one for one in self.mentions if one.end <= place]
        if (led := _FOR.match(self.text, place)) and not _ALL.search(self.text):
            return tuple(one.product for one in self.mentions if one.start == led.end())
        if earlier and len(self.subjects) > 1 and _ALL.search(self.text):
            return self.subjects
        if earlier:
            return (self._other(earlier[-1], place) or earlier[-1].product,)
        if self.mentions:
            return (self.mentions[0].product,)
        return self.subjects

    def _other(self, last: Mention, place: int) -> ProductFacts | None:
        """Return the only other product where the words turn to it: "310 g against 420 g"."""
        others = [one for one in self.ledger.products if one.pk != last.product.pk]
        turned = _TURNED.search(self.text[last.end : place])
        return others[0] if turned and len(others) == 1 else None

    def shops_about(self, place: int) -> tuple[ShopFacts, ...]:
        """Return the shops that words at a place are about."""
        if self.shops:
            return tuple(self.shops)
        return self.ledger.shops_of(self.about(place))

    def offers(self, product: ProductFacts, place: int) -> list[OfferFact]:
        """Return the variants that words at a place speak of: those with the options named there.

        The options of the clause, and where it names none those of the sentence.
        """
        chosen = list(product.offers)
        nearby = self._options(self.clause(place, place))
        if nearby:
            nearby = self._options(self._led_up(place)) | nearby
        for name, values in (nearby or self._options(self.text)).items():
            if wanted := values & product.options(name):
                chosen = [one for one in chosen if one.options.get(name) in wanted]
        return chosen

    def unsold(self, product: ProductFacts, place: int) -> bool:
        """Tell whether the clause names only options that this product is not sold in."""
        return any(
            product.options(name) and not values & product.options(name)
            for name, values in self._options(self.clause(place, place)).items()
        )

    def names_options(self, place: int) -> bool:
        """Tell whether the clause of a place names a colour, a size or another option."""
        return bool(self._options(self.clause(place, place)))

    def _led_up(self, place: int) -> str:
        """Return the clauses before that only lead up to this one: "in white, XXL is sold out"."""
        clauses = CLAUSE.split(self.text[:place])[:-1]
        led: list[str] = []
        for one in reversed(clauses):
            if _TOLD.search(one):
                break
            led.append(one)
        return " ".join(reversed(led))

    def _options(self, text: str) -> dict[str, set[str]]:
        """Return the options that some words name."""
        found: dict[str, set[str]] = {}
        if not any(offer.options for one in self.subjects for offer in one.offers):
            return found
        for one in lexicon().match(text, ("colour", "size")):
            found.setdefault(one.dimension, set()).update(
                (one.code, one.code.removeprefix("size-"))
            )
            if one.dimension == "colour" and " " in one.surface:  # "light blue" names no blue
                text = text.replace(one.surface, " ")
        for product in self.subjects:
            for name in {key for offer in product.offers for key in offer.options}:
                for value in product.options(name):
                    if _word(value.casefold(), text):
                        found.setdefault(name, set()).add(value)
        return found

    def _mentions(self) -> Iterator[Mention]:
        seen = bytearray(len(self.full))
        named = [
            (plain_form(name)[0].strip(), product)
            for product in self.ledger.products
            for name in (*product.titles.values(), product.sku)
        ]
        for name, product in sorted(named, key=lambda n: (-len(n[0]), n[1].pk != self.rather)):
            start = self.full.find(name) if len(name) > 1 else -1
            while start >= 0:
                end = start + len(name)
                if not any(seen[start:end]):
                    seen[start:end] = b"\1" * (end - start)
                    yield Mention(start, end, product)
                start = self.full.find(name, end)

    def _shops(self) -> Iterator[ShopFacts]:
        self.mentions.sort(key=lambda one: one.start)
        for shop in self.ledger.shops:
            for name in shop.names:
                plain = plain_form(name)[0].strip()
                start = self.full.find(plain) if len(plain) > 1 else -1
                if start >= 0 and self.free(start, start + len(plain)):
                    self.blank(start, start + len(plain))
                    yield shop
                    break


# "$30", "30天" and "30 in stock" name no size 30.
_UNPRICED = r"(?<![a-z0-9.$¥￥])"
_UNCOUNTED = (
    r"(?![\d.,]*[a-z0-9%])(?![\s-]?(?:[天日元块件双条个人位分星月克升毫厘小]|days?|dollars|usd|left"
    r"|in stock|remain|pairs?|units?|items?|pieces?|reviews?|ratings?|buyers|people|months?|hours?"
    r"|g\b|cm\b|mm\b|available))"
)


def _word(word: str, text: str) -> bool:
    alone = r"(?<!\d\s)(?<!['’])" if len(word) < 2 else ""  # "5 m" is no size, nor is "it's"
    if word.isdigit():
        return bool(re.search(rf"{_UNPRICED}{word}{_UNCOUNTED}", text))
    pieces = re.findall(r"\d[\d.]*|[^\d\s-]+", word) or [word]  # 16-kg is written "16 kg"
    parts = r"[\s-]?".join(map(re.escape, pieces))
    return bool(re.search(rf"(?<![a-z0-9]){alone}{parts}(?![a-z0-9'’])", text))
