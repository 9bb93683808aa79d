"""What a product's own text says of a question that no stated fact answers, word for word.

For stating. A sentence is quoted where it shares a word with the question that few of the text's
sentences have; it is the shop's statement and is told as one. Nothing is concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from assistant.doing.topics import topics_of
from catalog.assembling import Whole
from catalog.presenting.naming import reader
from catalog.text import fold

LONGEST = 160
FEWEST_CALLED = 4  # signs in a row that are a thing's name, and no property it shares with it
_CALLED = re.compile(r"\b(?:the|your|this|that) ((?:[a-z0-9'-]+ ?){1,6})")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SENTENCES = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_SENTENCES_EN = re.compile(r".+?(?:[.!?](?=\s|$)|$)", re.DOTALL)
# Of a question: what asks, and what says nothing of the matter.
_EMPTY = re.compile(
    r"会不会|能不能|可不可以|是不是|有没有|需不需要|怎么样|怎么|什么|多少|多久|一次|哪[个款件种]?|可以|能够|应该|还是"
    r"|这[个款件种双条]?|那[个款件种双条]?|它|我[的家]?|你们?|吗|呢|么|啊|吧|的|了|在|是|会|能|有|里面?|不|要|用|请问"
)
_STOP = frozenset(
    re.findall(
        r"[a-z]+",
        """
about also and any are can come comes could did does else first for from get good got had
has have her his how into its like made make many mine more most much need nice okay one
ones our really second should some than that the them then there they third this too use
used using very want was well what when where which who why will with would you your
""",
    )
)


def said_in_text(thing: Whole, question: str) -> str:
    """Return the sentence of a product's text that speaks of what is asked; "" where none does."""
    sentences = list(sentences_of(thing))
    words = words_of(question)
    found = [(score(one, words, sentences), -place) for place, one in enumerate(sentences)]
    best, place = max(found, default=(0.0, 0))
    if best <= 0 or not enough(sentences[-place], words):
        return ""
    return sentences[-place][:LONGEST]


def enough(sentence: str, words: set[str]) -> bool:
    """Tell whether a sentence has most of the English words asked for: one shared is chance."""
    wanted = [one for one in words if one.isascii()]
    folded = fold(sentence)
    return 2 * sum(there(one, folded) for one in wanted) >= len(wanted)


def said_of(thing: Whole, question: str) -> str:
    """Return the sentence of a product's text that speaks of what is asked; "" where none does.

    Of a matter that is known only a sentence that has its words: a shared word is not enough.
    """
    question = besides_name(thing, question)
    ways = [one.says for one in topics_of(question) if one.says]
    if not ways:
        return said_in_text(thing, question)
    sentences = list(sentences_of(thing))
    words = words_of(question)
    found = [
        (sum(len(way.findall(fold(one))) for way in ways) + score(one, words, sentences), -place)
        for place, one in enumerate(sentences)
        if any(way.search(fold(one)) for way in ways)
    ]
    _best, place = max(found, default=(0.0, 1))
    return sentences[-place][:LONGEST] if place <= 0 else ""


def besides_name(thing: Whole, question: str) -> str:
    """Return a folded question without the name that it calls a thing by: "the rain jacket"."""
    left = fold(question)
    for title in (fold(one.title) for one in thing.product.texts.all()):
        for run in _CALLED.findall(left):
            words = [one for one in run.split() if one in title.split()]
            left = left.replace(" ".join(words), " ") if " ".join(words) in run and words else left
        same = SequenceMatcher(None, left, title, autojunk=False).find_longest_match()
        called = left[same.a : same.a + same.size]
        if same.size >= FEWEST_CALLED and _HAN.fullmatch(called):
            left = left.replace(called, " ")
    return left


def sentences_of(thing: Whole) -> Iterator[str]:
    """Yield the sentences of the text in the reader's language."""
    text = thing.product.text(reader())
    if text is None or text.locale != reader():
        return
    pattern = _SENTENCES if reader() == "zh-hans" else _SENTENCES_EN
    for match in pattern.finditer(text.description):
        if told := match[0].strip():
            yield told


def words_of(question: str) -> set[str]:
    """Return what a question is about: Chinese pairs of characters, stems of English words.

    Where it asks for a property that is known by several words (缩水, 掉色), those count.
    """
    text = fold(question)
    bare = _EMPTY.sub(" ", text)
    pairs = {run[place : place + 2] for run in _HAN.findall(bare) for place in range(len(run) - 1)}
    stems = {stem(one) for one in re.findall(r"[a-z][a-z-]{3,}", bare) if one not in _STOP}
    return pairs | stems


def stem(word: str) -> str:
    """Return an English word without its commonest endings."""
    return re.sub(r"(?:ing|ed|es|s|er|ly|y)$", "", word) if len(word) > 4 else word


def score(sentence: str, words: set[str], sentences: list[str]) -> float:
    """Return how much a sentence speaks of some words; rare words of the text say more."""
    folded = fold(sentence)
    return sum(
        1 / sum(there(word, fold(one)) for one in sentences)
        for word in words if there(word, folded)
    )  # fmt: skip


def there(word: str, folded: str) -> bool:
    """Tell whether a folded sentence has a word."""
    if word.isascii():
        return bool(re.search(rf"(?<![a-z]){re.escape(word)}", folded))
    return word in folded
