"""The form of copy: lengths and lines of its channel, no markup, no contacts, one language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketing.copy.channels import Channel, Part

_MARKUP = re.compile(
    r"<[/!?a-zA-Z][^<>]{0,200}>?|&(?:[a-z]{2,8}|#x?[0-9a-f]{2,6});|\[[^\]\n]{1,80}\]\([^)\n]*\)"
    r"|(?m:^#{1,6} )|\*\*[^*\n]{1,80}\*\*|\{\{|\{%|\$\{|javascript:",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:https?|ftp)\s?:\s?//\S+|\bwww\.\S+|\b[\w.+-]{1,64}@[\w-]{1,60}\.[\w.]{2,20}"
    r"|\b[a-z0-9-]{2,40}\.(?:com|cn|net|org|shop|store|top|xyz|vip|io|me|ru|cc)\b(?:/\S*)?"
    r"|(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|(?<!\d)\+\d{1,3}[\s-]?\d{2,4}[\s\d-]{6,12}"
    r"|(?:加|添加|联系|私信|搜)(?:我)?(?:的)?(?:微信|微\s?信|vx|v信|薇信|qq|扣扣|威信)"
    r"|(?:微信|薇信|威信|vx|wechat|whatsapp|telegram|qq)\s?(?:号|id)?\s?[:：]\s?[\w-]{4,}",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
# Units and names of technology that Chinese text writes in Latin letters.
_AT_HOME = re.compile(
    r"^(?:cm|mm|kg|ml|mah|gsm|db|dpi|hz|khz|rgb|usb|hdmi|led|oled|lcd|gps|nfc|app|type|ipx?\d*"
    r"|abs|pvc|pp|pu|eva|tpe|tpu|tpr|pet|pla|bpa|spf|upf|uv|pa|pd|qc|dns|diy|xs|xl|xxl|xxxl"
    r"|eu|us|uk|cn|iso|en|gb|wifi|fi|bluetooth|ok|vip|aa|aaa|cpu|gpu|ssd|ddr|ram|sku|pc|ph)$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！？!?\n]+?(?:[。！？!?\n]|\.(?=\s|$)|$)")
MOST_FOREIGN = 0.25  # of a Chinese text's words; models and brands stand in most titles


@dataclass(frozen=True)
class Fault:
    """What is wrong with the form of a text, where, and what to do."""

    code: str
    text: str
    rule: str
    remedy: str
    part: str
    start: int = 0
    end: int = 0


def told(code: str, **values: object) -> tuple[str, str]:
    """Return what is wrong and what to do, in the reader's language."""
    said = {
        "length": (
            _("Longer than its place: %(length)s of %(most)s characters."),
            _("Leave out what matters least."),
        ),
        "line": (
            _("A line of %(length)s characters; %(most)s are shown."),
            _("Make two lines of it, or leave something out."),
        ),
        "lines": (
            _("%(length)s lines; the place has %(most)s."),
            _("Keep the lines that matter most."),
        ),
        "empty": (_("Nothing is written here."), _("Write it, or choose another channel.")),
        "unknown_part": (
            _("The channel has no such part."),
            _("Use only the parts of the channel."),
        ),
        "markup": (
            _("Markup is shown as it is written."),
            _("Write plain text; the page makes paragraphs and lists."),
        ),
        "contact": (
            _("Links and contacts lead people away and are not allowed."),
            _("Leave it out; the page has its own link and chat."),
        ),
        "control": (_("Invisible signs stand in the text."), _("Type the words anew.")),
        "language": (
            _("Another language than the text's."),
            _("Say it in the text's language; names may stay."),
        ),
        "repetition": (_("The same is said twice."), _("Say it once.")),
        "voice": (_("A word that this shop does not use."), _("Take another word.")),
        "shouting": (
            _("Shouting: capitals or marks in a row."),
            _("One mark is enough, and capitals are for names."),
        ),
    }[code]
    return said[0] % values, said[1]


def faults(
    parts: Mapping[str, str], channel: Channel, locale: str, *, names: Sequence[str] = ()
) -> list[Fault]:
    """Return what is wrong with the form of a text, part by part."""
    found = [_fault("unknown_part", name, words) for name, words in parts.items()
             if name not in channel.parts]  # fmt: skip
    for name, part in channel.parts.items():
        words = parts.get(name, "")
        if not words.strip():
            found.append(_fault("empty", name, ""))
            continue
        found += _lengths(name, words, part, locale)
        found += _matches("markup", _MARKUP, name, words)
        found += _matches("contact", _CONTACT, name, _without(words, names))
        found += list(_invisible(name, words))
        found += list(_foreign(name, words, locale, names))
        found += list(_repeated(name, words))
        found += list(_shouted(name, words, names))
    return found


def _without(words: str, names: Sequence[str]) -> str:
    """Return a text with blanks for the names in it, in its length: a brand may be StarTech.com."""
    for one in sorted(filter(None, names), key=len, reverse=True):
        words = words.replace(one, " " * len(one))
    return words


def standing(words: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where words of a list stand in a text; Latin ones only as whole words."""
    for one in words:
        if not one.strip():
            continue
        edge = r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])" if one.isascii() else "{}"
        for found in re.finditer(edge.format(re.escape(one.strip())), text, re.IGNORECASE):
            yield found.span()


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the white space around them."""
    return [one[0].strip() for one in _SENTENCE.finditer(text) if one[0].strip()]


def _fault(code: str, part: str, text: str, start: int = 0, end: int = 0, **told_of: int) -> Fault:
    rule, remedy = told(code, **told_of)
    kind = "length" if code in ("line", "lines") else code
    return Fault(kind, text[:80], rule, remedy, part, start, end or start + len(text))


def _lengths(name: str, words: str, part: Part, locale: str) -> Iterator[Fault]:
    most, length = part.most.get(locale, 0), part.length(words)
    if length > most:
        yield _fault("length", name, words, length=length, most=most)
    lines = [one for one in words.split("\n") if one.strip()]
    if part.lines and len(lines) > part.lines:
        yield _fault("lines", name, words, length=len(lines), most=part.lines)
    longest = (part.each or {}).get(locale)
    for one in lines if longest else ():
        if len(one) > (longest or 0):
            start = words.find(one)
            yield _fault("line", name, one, start, length=len(one), most=longest or 0)


def _matches(code: str, pattern: re.Pattern[str], name: str, words: str) -> Iterator[Fault]:
    for one in pattern.finditer(words):
        yield _fault(code, name, one[0], one.start(), one.end())


def _invisible(name: str, words: str) -> Iterator[Fault]:
    for place, one in enumerate(words):
        kind = unicodedata.category(one)
        if one not in "\n\t" and kind in ("Cc", "Cf", "Cs", "Co", "Cn") and one != "\u200d":
            yield _fault("control", name, one, place, place + 1)
            return


def _foreign(name: str, words: str, locale: str, names: Sequence[str]) -> Iterator[Fault]:
    """Mark Chinese in an English text, and a Chinese text that is mostly English."""
    plain = _without(words, names)
    if locale == "en":
        found = re.search(r"[\u3400-\u9fff]+", plain)
        if found:
            yield _fault("language", name, found[0], found.start(), found.end())
        return
    known = {word.casefold() for one in names for word in _LATIN.findall(one)}
    foreign = [
        one for one in _LATIN.finditer(plain)
        if not _AT_HOME.match(one[0]) and one[0].casefold() not in known and not one[0].isupper()
    ]  # fmt: skip
    han = len(_HAN.findall(words))
    if foreign and (not han or len(foreign) / (len(foreign) + han / 2) > MOST_FOREIGN):
        yield _fault("language", name, foreign[0][0], foreign[0].start(), foreign[-1].end())


def _repeated(name: str, words: str) -> Iterator[Fault]:
    counted = Counter(one.casefold() for one in sentences(words) if len(one) > 6)
    for one, many in counted.items():
        if many > 1:
            start = words.casefold().rfind(one)
            yield _fault("repetition", name, one, max(start, 0), max(start, 0) + len(one))


def _shouted(name: str, words: str, names: Sequence[str]) -> Iterator[Fault]:
    plain = words
    for one in filter(None, names):
        plain = plain.replace(one, " " * len(one))
    for found in re.finditer(r"[!！]{2,}|[?？]{3,}|(?:\b[A-Z]{4,}\b[ ,]+){2,}\b[A-Z]{3,}", plain):
        yield _fault("shouting", name, found[0], found.start(), found.end())
