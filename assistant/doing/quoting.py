"""The words of a question that say what it is about, besides the name of the thing it is asked of.

For the tools and for evidence.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from catalog.assembling import Whole
from catalog.text import fold

FEWEST_CALLED = 4  # signs in a row that are a thing's name, and no property it shares with it
_CALLED = re.compile(r"\b(?:the|your|this|that) ((?:[a-z0-9'-]+ ?){1,6})")
_HAN = re.compile(r"[\u3400-\u9fff]+")
# Of a question: what asks, and what says nothing of the matter.
_EMPTY = re.compile(
    r"会不会|能不能|可不可以|是不是|有没有|需不需要|怎么样|怎么|什么|多少|多久|一次|哪[个款件种]?|可以|能够|应该|还是"
    r"|这[个款件种双条]?|那[个款件种双条]?|它|我们?[的家]?|你们?|吗|呢|么|嘛|啊|呀|吧|的|了|在|是|会|能|有|里[面头]?|不|要|用|请问"
    r"|到底|一下|一点|有点|起来|出来|下来|东西|以后|之后|时候|如果|就是|或者|还|也|都|就|才|又|很|太|好|把|被|给|让|跟|和|与|对"
    r"|放(?![大松电下学])|拿(?!铁)|弄|搞|咋|啥|得|着|过(?!敏|滤|期)|去|来|想|说|做"
)
_STOP = frozenset(
    re.findall(
        r"[a-z]+",
        """
about after all also and any are can come comes could did does easy else first for from get good got
had has have her his how into its like made make many mine more most much need nice okay one
ones our really second should some she than that the them then there they third this too use
used using very want was well was were what when where which who why will with would yes you your
""",
    )
)


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


def words_of(question: str) -> set[str]:
    """Return what a question is about: Chinese pairs of characters, stems of English words.

    Where it asks for a property that is known by several words (缩水, 掉色), those count.
    """
    text = fold(question)
    bare = _EMPTY.sub(" ", text)
    runs = _HAN.findall(bare)
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1)}
    pairs |= {run for run in runs if len(run) == 1}  # 酸不酸
    stems = {stem(one) for one in re.findall(r"[a-z][a-z-]{2,}", bare) if one not in _STOP}
    return pairs | stems


def stem(word: str) -> str:
    """Return an English word without its commonest endings."""
    return re.sub(r"(?:ing|ed|es|s|er|ly|y)$", "", word) if len(word) > 4 else word


def there(word: str, folded: str) -> bool:
    """Tell whether a folded sentence has a word."""
    if word.isascii():
        return bool(re.search(rf"(?<![a-z]){re.escape(word)}", folded))
    return word in folded
