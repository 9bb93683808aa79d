"""Make the passages of an article's live version: words at once, vectors by the `inference` worker.

For `assistant.knowledge.articles`, inside the transaction that approves. What the new version still
says keeps its vectors, so that a corrected price costs the encoding of one sentence. It never reads
a version that nobody has approved.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.db import connection

from assistant.knowledge.splitting import Piece, pieces
from assistant.models import Article, ArticleVersion, Passage, PassagePart
from catalog.indexing.words import Words

MOST_ASKED = 30


def index_article(article: Article, version: ArticleVersion) -> int:
    """Replace an article's passages by those of a version; return how many there are.

    To be called as its shop. Two dozen statements, whatever the length.
    """
    mine = Passage.objects.filter(article=article)
    old = list(mine.values_list("pk", flat=True))
    mine.update(version=0)  # the same version may be made anew; nobody sees this
    asked = ways_to_ask(version)
    cut = pieces(version.body) or [whole(version)]
    passages = Passage.objects.bulk_create(
        [_passage(article, version, number, piece, asked) for number, piece in enumerate(cut)],
        batch_size=200,
    )
    parts = [
        part
        for passage, piece in zip(passages, cut, strict=True)
        for part in _parts(passage, piece, asked)
    ]
    PassagePart.objects.bulk_create(parts, batch_size=500)
    if old:
        _keep_vectors(article, old)
        Passage.objects.filter(pk__in=old).delete()
    return len(passages)


def forget_article(article: Article) -> None:
    """Take an article's passages away: from here on nobody finds it."""
    Passage.objects.filter(article=article).delete()


def ways_to_ask(version: ArticleVersion) -> list[str]:
    """Return the title and the other ways to ask for it, each once."""
    lines = [version.title, *version.asked.splitlines()]
    return list(dict.fromkeys(one.strip() for one in lines if one.strip()))[:MOST_ASKED]


def whole(version: ArticleVersion) -> Piece:
    """Return the title as a passage, for a version that says nothing else."""
    return Piece(0, 0, version.title, "", ())


def _passage(
    article: Article, version: ArticleVersion, number: int, piece: Piece, asked: list[str]
) -> Passage:
    words = Words()
    for way in asked:
        words.add("A", way)
    words.add("B", piece.heading)
    words.add("D", piece.text)
    return Passage(
        merchant_id=article.merchant_id, article=article, version=version.number,
        kind=article.kind, language=article.language, position=number, title=version.title,
        heading=piece.heading, text=piece.text, start=piece.start, end=piece.end,
        asked="\n".join(asked[1:]), terms=words.literal(),
    )  # fmt: skip


def _parts(passage: Passage, piece: Piece, asked: list[str]) -> Iterator[PassagePart]:
    """Yield what is read of a passage: how it is asked for, all of it, each sentence."""
    role = PassagePart.Role
    above = " › ".join(one for one in (passage.title, piece.heading) if one)
    for way in asked:
        under = f"{way} › {piece.heading}" if piece.heading and way == passage.title else way
        yield _part(passage, role.ASKED, under)
    yield _part(passage, role.WHOLE, f"{above}\n{piece.text}")
    for sentence in piece.sentences:
        text = f"{above}\n{sentence.said}"
        yield _part(passage, role.SENTENCE, text, sentence.start, sentence.end)


def _part(passage: Passage, role: str, text: str, start: int = 0, end: int = 0) -> PassagePart:
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
    return PassagePart(
        merchant_id=passage.merchant_id, passage=passage, role=role, text=text, text_hash=digest,
        start=start, end=end,
    )  # fmt: skip


KEEP_VECTORS = """
INSERT INTO assistant_partvector (merchant_id, part_id, encoder_id, text_hash, vector)
SELECT DISTINCT ON (part.id, v.encoder_id)
       part.merchant_id, part.id, v.encoder_id, part.text_hash, v.vector
FROM assistant_passagepart part
JOIN assistant_passage p ON p.id = part.passage_id
JOIN assistant_passagepart former ON former.text_hash = part.text_hash
     AND former.passage_id = ANY(%(old)s) AND former.merchant_id = part.merchant_id
JOIN assistant_partvector v ON v.part_id = former.id AND v.text_hash = former.text_hash
WHERE p.article_id = %(article)s AND NOT p.id = ANY(%(old)s)
"""


def _keep_vectors(article: Article, old: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEEP_VECTORS, {"old": old, "article": article.pk})
