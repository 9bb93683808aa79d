"""What questions about goods are about, and where an answer can stand: data, features, words.

For stating, opining and telling of several. Written down in ``topics.toml``; what stands in no
line there may still be a fact that a shop states by its name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalog.text import fold

WRITTEN = Path(__file__).parent / "topics.toml"


@dataclass(frozen=True)
class Topic:
    """One matter. ``says``: how texts and reviews speak of it; ``names``: zh and en.

    ``alone``: where it is asked for, wider matters are not.
    """

    name: str
    asks: re.Pattern[str]
    names: tuple[str, str]
    codes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    says: re.Pattern[str] | None = None
    aspect: str = ""
    alone: bool = False


@lru_cache(maxsize=1)
def written() -> tuple[Topic, ...]:
    """Return what is written down, in its order."""
    rows = tomllib.loads(WRITTEN.read_text("utf-8"))
    return tuple(
        Topic(
            name,
            re.compile(row["asks"]),
            (row["zh"], row["en"]),
            tuple(row.get("codes", ())),
            tuple(row.get("feature", ())),
            re.compile(row["says"]) if "says" in row else None,
            str(row.get("aspect", "")),
            row.get("alone") is True,
        )
        for name, row in rows.items()
    )


def topics_of(question: str) -> tuple[Topic, ...]:
    """Return what a question is about, in the order written down; () where no line has its words.

    A narrow matter stands alone: how long charging takes is not asked for the battery's life.
    """
    text = fold(question)
    found = {one.name: match for one in written() if (match := one.asks.search(text))}
    topics = tuple(one for one in written() if one.name in found)
    narrow = [one for one in topics if one.alone]
    longest = max(narrow, key=lambda one: len(found[one.name][0]), default=None)
    return (longest,) if longest else topics


def speaks(topic: Topic, text: str) -> bool:
    """Tell whether a folded text of a shop or a buyer speaks of a matter."""
    return topic.says is not None and bool(topic.says.search(text))


# What reviews are asked about by name: "what do people say about the clasp", 怎么评价皮质.
_NAMED = re.compile(
    r"\b(?:say|saying|says|think|mention|mentions|mentioned|mentioning|complain|complains|complained"
    r"|complaining|complaints?|write|writes|feedback|reviews?|grumbl\w+)"
    r"(?: (?:about|of|on|with))? (?:the |its |their |any |how )?"
    r"(?P<en>(?!(?:about|it|them|this|that|these|those|say|says|write|tell|think|mention)\b)"
    r"[a-z][a-z-]{2,20}(?: [a-z-]{3,20})?)\W*$"
    r"|(?:评价|提到|说起|吐槽|反映|反馈|抱怨)(?:过|了)?(?!.*什么|怎么|如何|好|咋|多|高|过|了?[吗嘛没]|不)"
    r"(?P<zh>[\u3400-\u9fff]{2,4}?)(?:的?问题)?了?(?:吗|么|没有?|呢)?\W*$"
    r"|(?P<about>[\u3400-\u9fff]{2,4}?)(?:这块|方面|这方面)?(?:大家|买家|买过的人?|别人|评价里?)(?:都)?"
    r"(?:怎么|咋|是怎么|如何)(?:说|评价|看)"
)
_POINTS = re.compile(
    r"\b(?:ones?|first|second|third|last|other|product|thing)\b|[这那第][一-九]?[个款]"
)


def named_topic(question: str) -> Topic | None:
    """Return a matter that is written down nowhere and that reviews are asked about by its name."""
    found = _NAMED.search(fold(question))
    name = next((one for one in found.groups() if one), "") if found else ""
    if not name or _POINTS.search(name):
        return None
    stem = re.escape(name.removesuffix("s"))
    return Topic("", re.compile(stem), (name, name), says=re.compile(stem))


def is_narrow(question: str) -> bool:
    """Tell whether a question asks for a narrow matter, whatever else its words could mean."""
    return any(one.alone for one in topics_of(question))
