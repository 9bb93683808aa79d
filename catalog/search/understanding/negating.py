"""Read what is unwanted: 不要皮的, 非真皮, 黑色除外, "no leather", "anything but black".

For `understand`. 无线, 不粘锅 and "non-slip" are names of the vocabulary and never come here. What
is unwanted and in no vocabulary becomes a word that must not stand in a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.search.understanding import phrases
from catalog.search.understanding.compounds import split_inside
from catalog.search.understanding.mark import Mark
from catalog.search.understanding.pieces import pieces_of, surface_pieces
from catalog.search.understanding.vocabulary import Vocabulary

NEGATABLE = frozenset(
    [
        "category",
        "shop-category",
        "brand",
        "colour",
        "size",
        "material",
        "occasion",
        "audience",
        "season",
        "feature",
        "pattern",
        "fit",
        "neckline",
        "sleeve",
        "heel",
        "style",
    ]
)
_CUE_ZH, _CUE_EN = phrases.chinese("denial"), phrases.english("denial")
# May stand between a cue and what it denies.
_GAP_ZH = re.compile(
    r"[ ]?(?:含有?|有|带有?|是|要|买|任何|那种|这种|什么|太|的|颜色|材质|用|做|加|了|牌子|品牌"
    r"|款|料子|成分|添加|：|:)*[ ]?"
)
_GAP_EN = re.compile(
    r"[ -]*(?:(?:a|an|any|the|in|on|made|of|from|out|with|to|be|been|being|come|comes|too"
    r"|really|colou?rs?|brands?|contain(?:s|ing)?"
    r"|have|has|having|material|type|ones?|style|something|anything|please|want|it|them|my"
    r"|for)[ -]+)*"
)
_MORE_ZH = re.compile(r"(?:的|色|材质|色系|款|或者?|和|与|跟|及|以及|还是|、|/|也)*")
_MORE_EN = re.compile(r"[ ]*(?:,? *(?:or|nor|and|&|/)[ ]+(?:(?:a|an|any|the|in|no|not)[ ]+)*|/)")
_POST_ZH = re.compile(
    r"(?:的|色|牌|款)*(?:除外|以外|之外)(?:的)?"
    r"|(?:的|色|牌|款)*[ ,，]?(?:不要|不行|不可以|不考虑|不喜欢|不买|就算了|免谈|勿扰)"
    r"(?:都可以|都行|就行|也行)?(?=$|[ ,，。;；!！])"
)
_POST_EN = re.compile(r"[ ](?:excluded|not (?:included|wanted|allowed)|is out)(?![a-z])")
_FREE_EN = re.compile(r"[ -](?:free|less)(?![a-z]| (?:shipping|delivery|returns?|gift|size))")
_TAIL_ZH = re.compile(
    r"(?:色|材质|面料|款|的|那种|这种|以外|之外|外)*(?:[ ,，]?(?:其他|其它|别的|都可以|都行"
    r"|都要|均可|什么都可以|任何)(?:颜色|牌子|品牌|材质)?(?:都可以|都行|均可)?(?:的)?)*"
)
_CLAUSE = re.compile(r"[,，。.;；!！?？]")
_SKIPPED_ZH = re.compile(r"太|很|过于|特别")
_WORD_ZH = re.compile(r"[\u3400-\u9fff]{1,6}")
_WORD_EN = re.compile(r"[a-z][a-z'-]{2,}")
_STOP_WORD = re.compile(
    r"(?:please|pls|thanks|that|this|too|so|very|more|less|idea|problem|good|bad|just|only|sure"
    r"|matter|need|one|ones|longer|other|way|and|or|but"
    r"|if|the|want|like|have|be|been|is|it|expensive|cheap|big|small|long|short|heavy|tight"
    r"|loose|much|many|any|some|all|available|included|shipping|stock)$"
)


@dataclass(slots=True)
class Denied:
    """The marks after negation, and the places whose words take no part in ranking."""

    marks: list[Mark]
    cuts: list[tuple[int, int]] = field(default_factory=list)
    unwanted: set[Mark] = field(default_factory=set)
    replaced: set[Mark] = field(default_factory=set)

    def deny(self, marks: Sequence[Mark], start: int, end: int) -> None:
        """Note that ``marks`` are unwanted, said at [start, end)."""
        self.unwanted.update(marks)
        self.cuts.append((start, end))

    def replace(self, old: Sequence[Mark], new: Sequence[Mark]) -> None:
        """Put other marks in the place of some."""
        self.replaced.update(old)
        self.marks.extend(new)

    def settled(self) -> Denied:
        """Return the marks with the unwanted ones negated."""
        kept = [mark for mark in self.marks if mark not in self.replaced]
        marks = [replace(mark, negated=True) if mark in self.unwanted else mark for mark in kept]
        return Denied(marks, self.cuts)


def negate(text: str, marks: Sequence[Mark], blocked: bytearray, vocabulary: Vocabulary) -> Denied:
    """Negate the marks that a cue governs; ``blocked`` marks what amounts and wishes have taken."""
    denied = Denied(list(marks))
    by_start = {mark.start: mark for mark in reversed(marks) if mark.kind in NEGATABLE}
    for start, end, chinese in _cues(text, marks, blocked):
        first = _first_after(text, end, by_start, chinese=chinese)
        if absence := _compound(text, start, end, vocabulary, chinese=chinese):
            said = [m for m in marks if m.start < absence.end and absence.start < m.end]
            denied.replace(said, [absence])
        elif first and not chinese and (parts := _split(text, first, vocabulary)):
            denied.replace([first], parts)
            denied.cuts.append((start, parts[0].end))
        elif first:
            governed = _governed(text, first, by_start, chinese=chinese)
            last = max(mark.end for mark in governed)
            following = min((m.start for m in marks if m.start >= last), default=len(text))
            tail = _tail(text[:following], last, chinese=chinese)  # 带帽子的|外套
            denied.deny(governed, start, tail)
        elif word := _unknown(text, start, end, blocked, chinese=chinese):
            denied.replace([], [word])
            denied.cuts.append((start, word.end))
    for mark in marks:
        if mark.kind in NEGATABLE and (place := _denied_after(text, mark)):
            denied.deny([mark], mark.start, place)
    return denied.settled()


def _cues(text: str, marks: Sequence[Mark], blocked: bytearray) -> list[tuple[int, int, bool]]:
    """Find the words that deny, outside everything that was read already."""
    taken = bytearray(blocked)
    for mark in marks:
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    found = []
    for pattern, chinese in ((_CUE_ZH, True), (_CUE_EN, False)):
        for match in pattern.finditer(text):
            end = _cue_end(match, marks) if chinese else match.end()
            start = match.start() if chinese else _cue_start(match, marks)
            if end > start and not any(taken[start:end]):
                found.append((start, end, chinese))
    return sorted(found)


def _cue_start(match: re.Match[str], marks: Sequence[Mark]) -> int:
    """Give back the name a cue reaches over: "any |jacket| except"."""
    ends = [mark.end for mark in marks if match.start() < mark.start < mark.end < match.end()]
    return max(ends, default=match.start())


def _cue_end(match: re.Match[str], marks: Sequence[Mark]) -> int:
    """Give 带 back to the name it begins: 不|带帽子."""
    starts = [mark.start for mark in marks if match.start() < mark.start < match.end()]
    return min(starts, default=match.end())


def _first_after(text: str, end: int, by_start: dict[int, Mark], *, chinese: bool) -> Mark | None:
    """Return the mark a cue reaches over empty words only."""
    gap = (_GAP_ZH if chinese else _GAP_EN).match(text, end)
    stop = gap.end() if gap else end
    for place in (end, *range(stop, end, -1)):
        if place in by_start and (place == end or _gap_closed(text, end, place)):
            return by_start[place]
    return None


def _gap_closed(text: str, end: int, place: int) -> bool:
    return not _CLAUSE.search(text[end:place])


def _governed(text: str, first: Mark, by_start: dict[int, Mark], *, chinese: bool) -> list[Mark]:
    """Follow "nylon or polyester", 红色和粉色; a product type behind them is still wanted."""
    governed = [first]
    while True:
        last = governed[-1]
        joint = (_MORE_ZH if chinese or text[last.start] >= "\u3400" else _MORE_EN).match(
            text, last.end
        )
        following = by_start.get(joint.end()) if joint else None
        if joint is None or following is None or following in governed:
            return governed
        plain = joint[0].strip() in ("", "的", "色", "款")
        if following.kind in ("category", "shop-category") or (
            plain and not _same_kind(last, following)
        ):
            return governed
        if plain and joint[0].strip():
            return governed
        governed.append(following)


def _split(text: str, mark: Mark, vocabulary: Vocabulary) -> list[Mark]:
    """Deny only the leather of "no leather shoes"; the shoes are wanted."""
    if mark.kind != "category":
        return []
    words = pieces_of(text[mark.start : mark.end])
    found = split_inside(tuple(word.text for word in words), vocabulary)
    if found is None:
        return []
    count, sense, code = found
    middle = mark.start + words[count - 1].end
    return [
        Mark(*sense, mark.start, middle, negated=True),
        Mark("category", code, mark.start + words[count].start, mark.end),
    ]


def _same_kind(left: Mark, right: Mark) -> bool:
    return left.kind == right.kind


def _tail(text: str, end: int, *, chinese: bool) -> int:
    """Take 色的, 都可以 and the like after the denied words into the cut."""
    match = _TAIL_ZH.match(text, end) if chinese else None
    return match.end() if match else end


def _denied_after(text: str, mark: Mark) -> int | None:
    """Return where a denial after its word ends: 黑色除外, "leather excluded", "latex-free"."""
    if mark.kind in ("category", "shop-category"):
        return None
    for pattern in (_POST_ZH, _POST_EN, _FREE_EN):
        if pattern is _FREE_EN and mark.kind not in ("material", "feature", "pattern"):
            continue
        if match := pattern.match(text, mark.end):
            return match.end()
    return None


# "without sugar" asks for what the vocabulary calls sugar-free.
_WITHOUT_ZH = re.compile(r"不含有?|不带有?|不加|(?<!有)没有|无添加|无")
_WITHOUT_EN = re.compile(
    r"no|without|w/o|free (?:of|from)|non|(?:do|does|did|won|would)(?: not|n'?t) (?:need|have"
    r"|contain|include|use|require)(?: any)?"
)


def _compound(
    text: str, start: int, end: int, vocabulary: Vocabulary, *, chinese: bool
) -> Mark | None:
    """Find the feature that names the absence: 不含香精 → 无香精, "without wires" → wireless."""
    cue = text[start:end]
    if not (_WITHOUT_ZH if chinese else _WITHOUT_EN).fullmatch(cue):
        return None
    words = pieces_of(text[end : end + 40])[:6]
    for count in range(min(len(words), 6 if chinese else 2), 0, -1):
        path = tuple(word.text for word in words[:count])
        for candidate in _absences(path, chinese=chinese):
            senses = [s for s in vocabulary.exact(candidate) if s[0] not in ("category", "brand")]
            if senses:
                return Mark(*senses[0], start, end + words[count - 1].end)
    return None


def _absences(path: tuple[str, ...], *, chinese: bool) -> list[tuple[str, ...]]:
    if chinese:
        return [(*surface_pieces(cue), *path) for cue in ("无", "不含", "免", "0")]
    singular = path[-1][:-1] if path[-1].endswith("s") else path[-1]
    if singular.endswith("ing"):  # "don't need ironing": no iron
        singular = singular[:-3]
    word = (*path[:-1], singular)
    less = (*word[:-1], singular + "less")
    return [less, (*word, "free"), (*path, "free"), ("non", *word), ("no", *word), ("no", *path)]


def _unknown(text: str, start: int, end: int, blocked: bytearray, *, chinese: bool) -> Mark | None:
    """Return the word after a cue that no vocabulary knows, as a word that must not be there."""
    cue = text[start:end]
    if chinese:
        return _unknown_han(text, end, blocked, cue)
    if re.fullmatch(
        r"(?:is|are|was|were)(?: not|n'?t)|never|neither|nor|none|skip|non|nothing(?: in)?|not", cue
    ):
        return None
    gap = _GAP_EN.match(text, end)
    match = _WORD_EN.match(text, gap.end() if gap else end)
    if match is None or _STOP_WORD.match(match[0]) or any(blocked[match.start() : match.end()]):
        return None
    return Mark("word", match[0].rstrip("'-"), start, match.end(), negated=True)


# After these an unknown word may be anything: 不是很懂, 没时间, 别忘了.
_WEAK_CUES = frozenset(
    (
        "不是",
        "不能",
        "不用",
        "别",
        "没",
        "非",
        "无",
        "除",
        "不可以",
        "不需要",
        "没有",
        "不穿",
        "不买",
    )
)


def _unknown_han(text: str, end: int, blocked: bytearray, cue: str) -> Mark | None:
    from catalog.text.segmenting import best_words

    if cue in _WEAK_CUES:
        return None
    gap = _GAP_ZH.match(text, end)
    match = _WORD_ZH.match(text, gap.end() if gap else end)
    if (
        match is None
        or any(blocked[match.start() : match.end()])
        or (gap and _SKIPPED_ZH.search(gap[0]))
    ):
        return None
    word = next(iter(best_words(match[0])), "")
    if len(word) < 2 or word in ("没有", "这个", "那个", "什么", "其他", "别的"):
        return None
    return Mark("word", word, match.start(), match.start() + len(word), negated=True)
