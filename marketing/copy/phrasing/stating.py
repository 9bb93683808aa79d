"""What is stated of a product without being told: lists, choices, figures, the shop's terms."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from catalog.lexicon import lexicon
from marketing.copy.phrasing.forming import gist, low, stated
from marketing.copy.phrasing.material import Material
from marketing.copy.phrasing.traits import trait
from shopguide.writing.phrasing import listed

IT = "\x01"  # stands for the product as a subject, until it is known whether it was named before


USED_UP = ("groceries", "beauty", "garden/plants")  # what has no warranty worth a word
MANY_SIZES = 4  # from here on told as "S to XL"
_NUMBERS = "零一两三四五六"
_TRAITS_FROM = {"facts": 0, "benefit": 1, "occasion": 2, "story": 3}


def _is_kind(text: str) -> bool:
    """Tell whether words only name a kind of goods, which is no trait: 收纳桶, baseball cap."""
    return any(one.surface == text for one in lexicon().match(text, ("category",)))


class Stating(ABC):
    """Short statements of facts, in one of several wordings each."""

    material: Material
    angle: str
    used: set[str]
    shown: str
    mentioned: bool

    @property
    def chinese(self) -> bool:
        """Tell whether it is said in Chinese."""
        return self.material.chinese

    @abstractmethod
    def pick(self, what: str, chinese: Sequence[str], english: Sequence[str]) -> str:
        """Return one of the wordings in the language."""

    @abstractmethod
    def allowed(self, text: str) -> bool:
        """Tell whether a sentence may stay."""

    @abstractmethod
    def spoken(self, text: str) -> str:
        """Return a sentence with its subject in words."""

    def say(self, what: str, chinese: Sequence[str], english: Sequence[str]) -> str:
        """Return a wording that may stay, the one that is picked before the others."""
        wordings = list(dict.fromkeys(chinese if self.chinese else english))
        if not wordings:
            return ""
        first = wordings.index(self.pick(what, wordings, wordings))
        turned = wordings[first:] + wordings[:first]
        return next((one for one in turned if self.allowed(self.spoken(one))), turned[0])

    @abstractmethod
    def own(self, *kinds: str) -> list[str]:
        """Return the shop's sentences that sell."""

    def this(self) -> str:
        """Return the product as a subject."""
        return self.material.name.this

    def choice(self) -> str:
        """Return a sentence of the colours and sizes there are."""
        colours, sizes = self.material.options.get("colour"), self.material.options.get("size")
        if self.chinese:
            few = colours if colours and len(colours) < len(_NUMBERS) else []
            told, many = "、".join(few), _NUMBERS[len(few)]
            said = [self.say("colours", (f"有{told}可选", f"{many}个颜色：{told}",
                                         f"颜色有{told}"), ())
                    ] if told else []  # fmt: skip
            if sizes:
                said.append("尺码 " + ("、".join(sizes) if len(sizes) < MANY_SIZES
                                     else f"{sizes[0]} 到 {sizes[-1]}"))  # fmt: skip
            return f"{'，'.join(said)}。" if said else ""
        said = []
        if colours and len(colours) < 7:
            told = listed([low(one) for one in colours], chinese=False)
            any_of = " or ".join(told.rsplit(" and ", 1))
            said.append(self.say("colours", (), (f"Comes in {told}", f"Choose {any_of}",
                                                 f"In {told}")))  # fmt: skip
        if sizes:
            span = (
                listed(sizes, chinese=False)
                if len(sizes) < MANY_SIZES
                else f"{sizes[0]} to {sizes[-1]}"
            )
            said.append(f"{'sizes' if said else 'Sizes'} {span}")
        return f"{'; '.join(said)}." if said else ""

    def rows(self, most: int = 6) -> list[str]:
        """Return facts as "name: value", each held against the ledger."""
        colon = "：" if self.chinese else ": "
        joined = [f"{name}{colon}{value}" for name, value in self.material.rows]
        return [one for one in joined if self.allowed(one)][:most]

    def fresh_rows(self, most: int, texts: Sequence[str]) -> list[str]:
        """Return the rows that say what these texts and the name do not say yet."""
        told = " ".join([self.material.name.told, *texts]).casefold()
        return [one for one in self.rows(20) if not stated(one, told)][:most]

    def traits(self, most: int = 3) -> list[str]:
        """Return what the list of facts says, as words for a sentence, what was told left out."""
        told = " ".join([self.material.name.told, self.shown, *self.own()]).casefold()
        end = "。" if self.chinese else "."
        found = [trait(*row, chinese=self.chinese) for row in self.material.rows]
        found = [*self.material.measured, *(one for one in found if not _is_kind(one))]
        fresh = [one for one in dict.fromkeys(found) if one and one.casefold() not in told
                 and gist(one) not in self.used and self.allowed(f"{one}{end}")]  # fmt: skip
        turn = _TRAITS_FROM[self.angle] * most % len(fresh) if len(fresh) > most else 0
        return [*fresh[turn:], *fresh[:turn]][:most]

    def built(self, most: int = 3) -> str:
        """Return a sentence of what it is like by its list of facts; one trait alone is none."""
        said = self.traits(most)
        if len(said) < (1 if self.chinese else 2):
            return ""
        if self.chinese:
            return f"{IT}，{'，'.join(said)}。"
        row = ", ".join(said)
        return f"{row[:1].upper()}{row[1:]}."

    def figures(self, most: int = 2) -> list[str]:
        """Return the facts that are numbers, as "name value"."""
        colon = "：" if self.chinese else ": "
        found = [one.replace(colon, " ", 1) for one in self.rows(20) if re.search(r"\d", one)]
        found = [self._shorter(one) for one in found]
        return [one for one in found if self.allowed(one)][:most]

    def _shorter(self, row: str) -> str:
        """Return a Chinese measure as one says it, where that is understood: 重 320 克."""
        said = re.sub(r"^(?:(重)量|([长高宽])度) ", r"\1\2 ", row)
        return said if said == row or self.allowed(said) else row

    def liked_by(self) -> str:
        """Return a sentence of how many gave how many stars."""
        if not self.material.rating:
            return ""
        mean, count = self.material.rating
        them = "them" if self.material.name.plural else "it"
        return self.pick(
            "rating",
            (f"{count:,} 位买家打过分，平均 {mean} 星。",
             f"平均 {mean} 星，来自 {count:,} 位买家的打分。"),
            (f"Rated {mean} out of 5 by {count:,} buyers.",
             f"{count:,} buyers rate {them} {mean} out of 5 on average."),
        )  # fmt: skip

    def promise(self) -> str:
        """Return a sentence of returns and warranty, by the shop's rules."""
        days, months = self.material.return_days, self.material.warranty_months
        they, them = ("they", "them") if self.material.name.plural else ("it", "it")
        said = []
        if days:
            said.append(self.say(
                "returns",
                (f"签收后 {days} 天内，没用过可以退", f"没用过的话，签收后 {days} 天内可以退货"),
                (f"You can return {them} unused within {days} days",
                 f"Unused, {they} can be returned within {days} days"),
            ))  # fmt: skip
        if months and not self.material.facts.category.startswith(USED_UP):
            said.append(
                f"保修 {months} 个月" if self.chinese else f"the warranty is {months} months"
            )
        if not said:
            return ""
        row = ("；" if self.chinese else "; ").join(said)
        return f"{row}。" if self.chinese else f"{row[:1].upper()}{row[1:]}."

    def costs(self) -> str:
        """Return the price as a sentence, nothing where there is none."""
        if not self.material.price:
            return ""
        written = self.material.price
        return self.say(
            "costs",
            (f"标价 {written}。", f"售价 {written}。"),
            (f"Price: {written}.", f"The price is {written}."),
        )
