"""Sentences made of facts alone: what it does, when and for whom, of what, how it was liked."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from marketing.copy.phrasing.forming import low, merged, spaced, stated
from marketing.copy.phrasing.material import Material
from marketing.copy.phrasing.words import agreeing, word
from shopguide.writing.phrasing import article, listed, plural

IT = "\x01"  # stands for the product as a subject, until it is known whether it was named before
NAMES_ZH = {"蓝牙", "Type-C", "HDMI", "GPS", "DIY"}
PROPER = {"Bluetooth", "USB", "GPS", "HDMI", "DIY"}
# What is told of a look, and what its Chinese names end with.
LOOKS = {
    "style": ("风格", "风", "式", "款"), "fit": ("版型", "款", "型", "腰", "腿"),
    "neckline": ("", "领"), "sleeve": ("", "袖"), "pattern": ("图案", "纹", "格"),
}  # fmt: skip
_EATEN = {"喝", "吃"}


class Telling(ABC):
    """What can be said of a product's facts. ``angle`` orders some of it."""

    material: Material
    angle: str
    used: set[str]
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
    def own(self, *kinds: str) -> list[str]:
        """Return the shop's sentences that sell."""

    def this(self) -> str:
        """Return the product as a subject."""
        return self.material.name.this

    def features(self, most: int = 3) -> list[str]:
        """Return what it does, as clauses or verb phrases, the first features first."""
        field_name = "zh" if self.chinese else "en"
        told = self.material.name.full.casefold().replace("-", " ")
        tag = "tag_zh" if self.chinese else "tag_en"
        codes = [
            one for one in self.material.values("feature")
            if (word("features", one, tag).casefold().replace("-", " ") or IT) not in told
        ]  # fmt: skip
        found = [said for one in codes if (said := word("features", one, field_name))]
        if not self.chinese:
            found = [agreeing(one, plural=self.material.name.plural) for one in found]
        if self.angle in ("story", "occasion"):
            found = found[1:] + found[:1]
        return found[:most]

    def tags(self, most: int = 2) -> list[str]:
        """Return features as short words for titles that the name does not hold already."""
        name = self.material.name.full.casefold()
        field_name = "tag_zh" if self.chinese else "tag_en"
        said = [word("features", one, field_name) for one in self.material.values("feature")]
        return [one for one in said if one and one.casefold() not in name][:most]

    def anew(self) -> None:
        """Begin another text of the same brief, in which everything may be said again."""
        self.used.clear()
        self.mentioned = False

    def praise(self) -> str:
        """Return a sentence of what it does."""
        said = self.features(2 if self.chinese else 3)
        if not said:
            return ""
        if self.chinese:
            return f"{IT}{'，'.join(said)}。"
        return f"{IT} {merged(said)}."

    def occasions(self, most: int = 3) -> list[str]:
        """Return when it is used, as words for a list; gifts, and what its name says, left out."""
        field_name = "zh" if self.chinese else "en"
        codes = [one for one in self.material.values("occasion")
                 if not word("occasions", one, "gift")]  # fmt: skip
        said = [word("occasions", one, field_name) for one in codes]
        return [one for one in said if one and not self._named(one)][:most]

    def _named(self, occasion: str) -> bool:
        """Tell whether the name says the occasion already: running shoes, school bag, tea."""
        name = self.material.name
        if self.chinese:
            return bool(set(occasion) & set(name.noun)) or occasion in name.short or (
                occasion == "喝茶" and name.verb == "喝"
            )  # fmt: skip
        full = name.full.casefold()
        words = [one for one in re.findall(r"[a-z]{3,}", occasion) if one != "the"]
        return any(one[:4] in full for one in words)

    def _told_of_use(self) -> bool:
        """Tell whether the shop's own sentences say when it is used."""
        own = " ".join(self.own("use"))
        return any(one.removeprefix("the ") in own for one in self.occasions())

    def use(self) -> str:
        """Return a sentence of when it is used, in few words, where the shop has not said it."""
        said = self.occasions()
        if not said or self._told_of_use():
            return ""
        if not self.chinese:
            return self.pick("use", (), ("For {}.", "Good for {}.")).format(
                listed(said, chinese=False)
            )
        return f"{self._used_at(said)}。"

    def _used_at(self, said: Sequence[str]) -> str:
        verb = self.material.name.verb
        end = {"穿": "都能穿", "戴": "都能戴", "背": "都能背"}.get(verb, "都用得上")
        if verb in _EATEN:
            end = "都合适"
        return f"{'、'.join(said)}{end if len(said) > 1 else end.replace('都', '')}"

    def serves(self) -> str:
        """Return a whole sentence of when it is used and whom it may be given to."""
        said, name = self.occasions(), self.material.name
        if not said or self._told_of_use():
            return self.present()
        gift = self._gives()
        if self.chinese:
            also = f"，{self._given()}也合适" if gift else ""
            return f"{IT}，{self._used_at(said)}{also}。"
        many = name.plural
        also = f", and {'make' if many else 'makes'} a present{self._given()}" if gift else ""
        return f"{IT} {'are' if many else 'is'} for {listed(said, chinese=False)}{also}."

    def _gives(self) -> bool:
        return any(word("occasions", one, "gift") for one in self.material.values("occasion"))

    def _given(self) -> str:
        """Return whom it is given to, as an end of a sentence."""
        field_name = "zh" if self.chinese else "en"
        people = [word("audiences", one, field_name) for one in self.material.values("audience")
                  if word("audiences", one, "given")][:2]  # fmt: skip
        days = [word("occasions", one, field_name) for one in self.material.values("occasion")
                if word("occasions", one, "gift") and one != "gift"][:2]  # fmt: skip
        if self.chinese:
            return f"{'、'.join(days)}送{'、'.join(people) if people else '人'}"
        if people:
            return f" for {listed(people, chinese=False)}"
        return f" for {listed(days, chinese=False)}" if days else ""

    def present(self) -> str:
        """Return a sentence of whom it may be given to."""
        if not self._gives():
            return ""
        if self.chinese:
            return f"{IT}{self._given()}也合适。"
        verb = "make" if self.material.name.plural else "makes"
        return f"{IT} also {verb} a present{self._given()}."

    def whom(self) -> str:
        """Return for whom it is, in a few words."""
        field_name = "zh" if self.chinese else "en"
        codes = self.material.values("audience")
        if {"adults", "unisex"} & set(codes):
            return ""
        people = [word("audiences", one, field_name) for one in codes
                  if not word("audiences", one, "given")]  # fmt: skip
        people = [one for one in people if one][: 1 if "kids" in codes else 2]
        if not people:
            return ""
        return "、".join(people) if self.chinese else listed(people, chinese=False)

    def scene(self) -> str:
        """Return an opening from the day that claims nothing of the goods."""
        field_name = "scene_zh" if self.chinese else "scene_en"
        scenes = [word("occasions", one, field_name) for one in self.material.values("occasion")]
        return next((one for one in scenes if one), "")

    def quote(self) -> str:
        """Return what a buyer wrote, with where it is from."""
        if not self.material.quotes:
            return ""
        said = self.material.quotes[0]
        return self.pick(
            "quote",
            (f"有位买家写道：“{said}。”", f"买家评价里有一句：“{said}。”"),
            (f"One buyer writes: “{said.rstrip('.')}.”",),
        )

    def made_of(self) -> str:
        """Return a sentence of its materials, where they are few and the name does not say them."""
        names = self.material.names("material")
        title = self.material.name.full.casefold()
        title += " ".join(one.text for one in self.material.lines).casefold()
        told = any(re.split(r"[ -]", one.casefold())[0] in title for one in names)
        if not names or told or len(names) > 3 or any(len(one) > 20 for one in names):
            return ""
        name = self.material.name
        if self.chinese:
            return f"{IT}用的是{listed(names, chinese=True)}。"
        small = [low(one) for one in names]
        return (
            f"{name.the} {'are' if name.plural else 'is'} made of {listed(small, chinese=False)}."
        )

    def look(self) -> str:
        """Return how it looks and sits, in a few words: style, fit, neck, sleeves, pattern."""
        said: list[str] = []
        for dimension, ends in LOOKS.items():
            names = self.material.names(dimension)[:2]
            if not self.chinese:
                said += [low(one) for one in names]
            elif names:
                end = "" if names[-1].endswith(ends) or names[-1] == "纯色" else ends[0]
                said.append("、".join(names) + end)
        if not said:
            return ""
        return f"{IT}是{'，'.join(said)}。" if self.chinese else f"{', '.join(said).capitalize()}."

    def choice(self) -> str:
        """Return a sentence of the colours and sizes there are."""
        colours, sizes = self.material.options.get("colour"), self.material.options.get("size")
        if self.chinese:
            said = [f"有{'、'.join(colours)}可选"] if colours and len(colours) < 7 else []
            if sizes:
                said.append("尺码 " + ("、".join(sizes) if len(sizes) < 6
                                     else f"{sizes[0]} 到 {sizes[-1]}"))  # fmt: skip
            return f"{'，'.join(said)}。" if said else ""
        said = []
        if colours and len(colours) < 7:
            said.append(f"Comes in {listed([low(one) for one in colours], chinese=False)}")
        if sizes:
            span = listed(sizes, chinese=False) if len(sizes) < 6 else f"{sizes[0]} to {sizes[-1]}"
            said.append(f"{'sizes' if said else 'Sizes'} {span}")
        return f"{'; '.join(said)}." if said else ""

    def rows(self, most: int = 6) -> list[str]:
        """Return facts as "name: value", each held against the ledger."""
        colon = "：" if self.chinese else ": "
        joined = [f"{name}{colon}{value}" for name, value in self.material.rows]
        return [one for one in joined if self.allowed(one)][:most]

    def fresh_rows(self, most: int, texts: Sequence[str]) -> list[str]:
        """Return the rows that say what these texts and the name do not say yet."""
        told = " ".join([self.material.name.full, *texts]).casefold()
        return [one for one in self.rows(20) if not stated(one, told)][:most]

    def figures(self, most: int = 2) -> list[str]:
        """Return the facts that are numbers, as "name value"."""
        colon = "：" if self.chinese else ": "
        found = [one.replace(colon, " ", 1) for one in self.rows(20) if re.search(r"\d", one)]
        return [one for one in found if self.allowed(one)][:most]

    def liked_by(self) -> str:
        """Return a sentence of how many gave how many stars."""
        if not self.material.rating:
            return ""
        mean, count = self.material.rating
        return self.pick(
            "rating",
            (f"{count:,} 位买家打过分，平均 {mean} 星。",
             f"平均 {mean} 星，来自 {count:,} 位买家的打分。"),
            (f"Rated {mean} out of 5 by {count:,} buyers.",
             f"{count:,} buyers rate it {mean} out of 5 on average."),
        )  # fmt: skip

    def promise(self) -> str:
        """Return a sentence of returns and warranty, by the shop's rules."""
        days, months = self.material.return_days, self.material.warranty_months
        said = []
        if days:
            said.append(f"签收后 {days} 天内、未使用可以退货" if self.chinese
                        else f"Unused, it can be returned within {days} days")  # fmt: skip
        if months:
            said.append(f"保修 {months} 个月" if self.chinese else f"{months}-month warranty")
        if not said:
            return ""
        return f"{'，'.join(said)}。" if self.chinese else f"{'. '.join(said)}."

    def costs(self) -> str:
        """Return the price as a sentence, nothing where there is none."""
        if not self.material.price:
            return ""
        written = self.material.price
        return f"价格 {written}。" if self.chinese else f"Price: {written}."

    def lead(self) -> list[str]:
        """Return the sentences that the angle begins with."""
        return {
            "benefit": [self.praise()],
            "occasion": [self.serves()],
            "facts": [self.made_of()],
            "story": [self.scene()],
        }[self.angle]

    def described(self, most: int) -> str:
        """Return the Chinese noun with features before it: 「静音的蓝牙键盘」."""
        tags = self.tags(most)
        names = [one for one in tags if one in NAMES_ZH]
        said = "、".join(one for one in tags if one not in names)
        noun = self.material.name.noun
        if not tags or not noun:
            return ""
        before = f"{said}的" if said else ""
        return spaced("".join([before, *names, noun]))

    def adjectives(self, most: int = 2) -> str:
        """Return English features as words before a noun: "warm, soft", "quiet Bluetooth"."""
        tags = self.tags(most)
        names = [one for one in tags if one.split("-")[0] in PROPER]
        said = [one.lower().replace("bpa", "BPA") for one in tags if one not in names]
        return " ".join([", ".join(said), *names]).strip()

    def a_noun(self, before: str = "") -> str:
        """Return "a scarf", "warm, soft socks", nothing where the noun is not known."""
        noun = self.material.name.noun
        if not noun or self.chinese:
            return ""
        said = f"{before} {noun}".strip()
        many = self.material.name.plural or plural(noun, 2) == noun
        return said if many else article(said)
