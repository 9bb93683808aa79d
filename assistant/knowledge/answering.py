"""Answer a question from what shops have approved, with the place it stands, or say nothing.

For the assistant and the portal's test box. An answer is always a stretch of the passage that it
cites. Where the chance that it answers is below the threshold there is none: whoever asks says so
and shows a way on. It writes nothing and calls no model; the question's vector is brought along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

from assistant.knowledge.judging import chance, said_of, scale_for, signs
from assistant.knowledge.reading import Read
from assistant.knowledge.retrieving import Candidate, Found, Line, retrieve
from assistant.knowledge.splitting import pieces, width
from assistant.models.article import LANGUAGES
from shopguide.accounts.models import Merchant

SHOWN = 4
SHORT = 360  # a passage up to this width is an answer as it stands
LONGEST = 480
# A sentence's worth beside its cosine: what of the question it says.
SAYING = 0.12


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage. ``text[start:end]`` is what answers; ``url``: the page it stands on."""

    title: str
    url: str
    text: str
    start: int
    end: int
    article_id: int
    version: int
    heading: str = ""
    language: str = ""
    merchant_id: int = 0
    score: float = 0.0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` is None where the shops' knowledge does not say. ``confidence``: 0 to 1.

    ``language``: of the text, which may be the other one if only that is written.
    """

    text: str | None
    passages: tuple[Passage, ...]
    confidence: float
    language: str


def answer(
    question: str,
    *,
    merchants: Iterable[Merchant | int],
    language: str,
    vector: Sequence[float] | None,
    read: Read | None = None,
) -> Answer:
    """Answer from the approved articles of these shops, in the asked language if it is there.

    ``vector``: (dimensions,), the question's by the encoder in use, or None: then words decide.
    ``read``: who finds the stretch in a long passage (`reading.ask_reader`), or None: then the best
    sentence does. Three statements, six where the first language has no answer.
    """
    shops = [one if isinstance(one, int) else one.pk for one in merchants]
    first = language if language in dict(LANGUAGES) else "en"
    others = [code for code, _name in LANGUAGES if code != first]
    best: Answer | None = None
    if question.strip() and shops:
        for code in (first, *others):
            found = _in_language(question, shops, code, vector)
            if found.text is not None:
                return _read_closer(question, found, read) if read else found
            best = best if best and best.passages else found
    return best or Answer(None, (), 0.0, first)


def _in_language(
    question: str, shops: list[int], language: str, vector: Sequence[float] | None
) -> Answer:
    found = retrieve(question, merchants=shops, language=language, vector=vector)
    if not found.candidates:
        return Answer(None, (), 0.0, language)
    best = found.candidates[0]
    line = best_line(found, best)
    scale = scale_for(settings.ENCODER_ID, with_sense=vector is not None and best.sense > 0)
    sure = chance(signs(found, best, line), scale)
    passages = tuple(_passage(found, one) for one in _by_article(found)[:SHOWN])
    cited = passages[0]
    text = cited.text[cited.start : cited.end] if sure >= scale.threshold else None
    return Answer(text or None, passages, round(sure, 4), language)


def _read_closer(question: str, found: Answer, read: Read) -> Answer:
    """Let the reader choose the sentences of a long passage; what it is unsure of stays."""
    cited = found.passages[0]
    if width(cited.text) <= SHORT:
        return found
    spans = read(question, [cited.text])
    if not spans or spans[0][2] <= 0:
        return found
    start, end = around(cited.text, spans[0][0], spans[0][1])
    if not cited.text[start:end].strip():
        return found
    told = replace(cited, start=start, end=end)
    return replace(found, text=cited.text[start:end], passages=(told, *found.passages[1:]))


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the whole sentences in which a stretch stands: an answer begins where they begin."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    first, last = start, end
    for piece in pieces(text):
        offset = piece.start
        for one in piece.sentences:
            begin, finish = offset + one.start, offset + one.end
            if begin < end and finish > start:
                first, last = min(first, begin), max(last, finish)
    return first, min(last, len(text))


def best_line(found: Found, candidate: Candidate) -> Line | None:
    """Return the sentence of a candidate that fits best."""
    mine = [line for line in found.lines if line.passage == candidate.pk]
    return max(mine, key=lambda line: line.cosine + SAYING * said_of(line, found), default=None)


def _by_article(found: Found) -> list[Candidate]:
    """Return the best passage of each article."""
    kept: dict[int, Candidate] = {}
    for one in found.candidates:
        kept.setdefault(one.article, one)
    return list(kept.values())


def _passage(found: Found, one: Candidate) -> Passage:
    start, end = span_of(found, one)
    return Passage(
        one.title, reverse("article", args=[one.slug, one.article]), one.text, start, end,
        one.article, one.version, one.heading, one.language, one.merchant, round(one.score, 4),
        one.kind,
    )  # fmt: skip


def answer_of(found: Found, one: Candidate) -> str:
    """Return what of a candidate answers."""
    start, end = span_of(found, one)
    return one.text[start:end]


def span_of(found: Found, one: Candidate) -> tuple[int, int]:
    """Return what of a passage answers: all of a short one, else its best sentence and the next."""
    if width(one.text) <= SHORT:
        return 0, len(one.text)
    line = best_line(found, one)
    if line is None:
        return 0, min(len(one.text), LONGEST)
    after = [other for other in found.lines if other.passage == one.pk and other.start >= line.end]
    end = line.end
    for other in after[:2]:
        if width(one.text[line.start : other.end]) > SHORT:
            break
        end = other.end
    return line.start, min(end, line.start + LONGEST)
