"""Labelled texts that every machine has: our written demo reviews, and the opinion word lists.

For a head of a machine that has no one else's reviews. Labels are the stars the demo's authors
gave, and the lists' own signs. There are few, and fewer that complain: on real reviews such a
head is behind the lists, so it is kept and never put in use. Any labelled file of real reviews
makes a better one (`train sentiment --data`).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from catalog import demo
from catalog.opinions.labelled import JOINT, NEGATIVE, POSITIVE, STARS, Labelled

WORDS = Path(__file__).parents[1] / "text/words/opinion.toml"
SOURCE = "reviews written for the demo shop"
WORD_SOURCE = "our opinion word lists"
FEELINGS = {"good2": POSITIVE, "good": POSITIVE, "bad2": NEGATIVE, "bad": NEGATIVE}


def own_texts() -> Labelled:
    """Return the demo's written reviews and the words of the lists, labelled."""
    return demo_reviews() + opinion_words()


def demo_reviews() -> Labelled:
    """Return each review of the demo that has words, by its stars; three say neither."""
    texts, labels, left_out = [], [], 0
    for merchant in demo.merchants():
        for product in demo.products(merchant["slug"]):
            for review in product.get("reviews", ()):
                parts = (review.get("title") or "", review.get("body") or "")
                text = JOINT.join(one.strip() for one in parts if one.strip())
                label = STARS.get(str(review["stars"]))
                if text and label:
                    texts.append(text)
                    labels.append(label)
                left_out += not (text and label)
    return Labelled(texts, labels, left_out, SOURCE)


def opinion_words() -> Labelled:
    """Return the words of the lists, each a tiny text."""
    lists = tomllib.loads(WORDS.read_text("utf-8"))
    pairs = [
        (word, feeling)
        for language in lists.values()
        for name, feeling in FEELINGS.items()
        for word in language[name]
    ]
    texts, labels = [word for word, _label in pairs], [label for _word, label in pairs]
    return Labelled(texts, labels, 0, WORD_SOURCE, aids=len(texts))
