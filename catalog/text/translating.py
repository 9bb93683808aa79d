"""Translate by a configured model, or say plainly that there is none; gloss vocabulary words.

For merchants and shoppers. It never passes a gloss off as a translation.
"""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.lexicon import lexicon

GLOSS_VERSION = "gloss-lexicon-1"


class TranslatorMissing(LookupError):
    """No translation model is configured; ``remedy`` says how to get one."""

    remedy = (
        "Configure a language model (an OpenAI-compatible endpoint or a local one) for writing; "
        "until then gloss() gives the vocabulary words of a text in the other language."
    )

    def __init__(self, to: str) -> None:
        """Say which language was wanted."""
        super().__init__(f"No translator is configured (wanted: {to}). {self.remedy}")
        self.to = to


@dataclass(frozen=True, slots=True)
class Translator:
    """A configured model: ``run(text, to)`` returns the translation."""

    model_version: str
    run: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated text and the model that wrote it."""

    text: str
    language: str
    model_version: str


@dataclass(frozen=True, slots=True)
class Gloss:
    """The vocabulary words of a text with their names in another language, in order."""

    words: tuple[tuple[str, str], ...]  # as written, in the other language
    language: str
    model_version: str = GLOSS_VERSION

    @property
    def text(self) -> str:
        """Return the names alone, joined as that language does."""
        return ("" if self.language.startswith("zh") else " ").join(name for _, name in self.words)


def translate(text: str, to: str, translator: Translator | None = None) -> Translation:
    """Translate ``text`` into the language ``to``; TranslatorMissing where none is configured."""
    if translator is None:
        raise TranslatorMissing(to)
    return Translation(translator.run(text, to), to, translator.model_version)


def gloss(text: str, to: str) -> Gloss:
    """Name the vocabulary words of ``text`` in the language ``to`` (zh… or en…)."""
    words = []
    for span in lexicon().match(text):
        value = lexicon().value(span.dimension, span.code)
        words.append((span.surface, value.display(to) if value else span.surface))
    return Gloss(tuple(words), to)
