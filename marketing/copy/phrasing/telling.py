"""Sentences made of facts alone: what it does, when and for whom, of what, how it was liked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.lexicon import lexicon
from marketing.copy.phrasing.forming import gist, low, merged, spaced, together
from marketing.copy.phrasing.stating import IT, Stating
from marketing.copy.phrasing.words import agreeing, word
from shopguide.writing.phrasing import article, listed, plural

NAMES_ZH = {"蓝牙", "Type-C", "HDMI", "GPS", "DIY"}
PROPER = {"Bluetooth", "USB", "GPS", "HDMI", "DIY"}
# What is told of a look, and what its Chinese names end with.
LOOKS = {
    "style": ("风格", "风", "式", "款"), "fit": ("版型", "款", "型", "腰", "腿"),
    "neckline": ("", "领"), "sleeve": ("", "袖"), "pattern": ("图案", "纹", "格"),
}  # fmt: skip
NOT_MADE = ("groceries", "beauty", "garden/plants")  # what grows or is mixed is made of nothing
SEASONS = ("spring", "summer", "autumn", "winter")
COLOURING = {"ink", "ink-cartridge", "toner", "cartridge"}  # theirs is the colour they print
MOST_OWN = 2  # sentences of the shop; more say enough
_NOT_BESIDE = ("可", "有", "带", "不", "能")  # 透气跑鞋, and 可叠放的椅子
_EATEN = {"喝", "吃"}


class Telling(Stating):
    """What can be said of a product's facts. ``angle`` orders some of it."""

    def features(self, most: int = 3, *, told: str = "") -> list[str]:
        """Return what it does, as clauses or verb phrases, the first features first.

        What the name says, a headline above, or ``told``, is left out.
        """
        field_name = "zh" if self.chinese else "en"
        tag = "tag_zh" if self.chinese else "tag_en"
        told = f"{self.material.name.told} {self.shown} {told}".casefold().replace("-", " ")
        codes = [
            one for one in self._new_features()
            if (word("features", one, tag).casefold().replace("-", " ") or IT) not in told
        ]  # fmt: skip
        found = [said for one in codes if (said := word("features", one, field_name))]
        if not self.chinese:
            found = [agreeing(one, plural=self.material.name.plural) for one in found]
        if self.angle in ("story", "occasion"):
            found = found[1:] + found[:1]
        return found[:most]

    def _new_features(self) -> list[str]:
        """Return the features that the name does not say, in whatever words: silent, quiet."""
        spans = lexicon().match(self.material.name.told, ("feature",))
        told = {one.code for one in spans}
        left = [one for one in self.material.values("feature") if one not in told]
        # What is worth a place in a title comes before what any such thing has: a zip, pockets.
        return sorted(left, key=lambda one: not word("features", one, "tag_zh"))

    def tags(self, most: int = 2) -> list[str]:
        """Return features as short words for titles that the name does not hold already."""
        name = self.material.name.told.casefold()
        field_name = "tag_zh" if self.chinese else "tag_en"
        said = [word("features", one, field_name) for one in self._new_features()]
        return [one for one in said if one and one.casefold() not in name][:most]

    def anew(self) -> None:
        """Begin another text of the same brief, in which everything may be said again."""
        self.used.clear()
        self.mentioned = False

    def praise(self) -> str:
        """Return a sentence of what it does."""
        said = self.features(2 if self.chinese else 3, told=" ".join(self.own()))
        if not said:
            return ""
        if self.chinese:
            return self.say("praise", [f"{IT}{one}。" for one in together(said)], ())
        wordings = [f"{IT} {merged(said)}."]
        return self.say("praise", (), wordings)

    def occasions(self, most: int = 3) -> list[str]:
        """Return when it is used, as words for a list; gifts, and what its name says, left out."""
        field_name = "zh" if self.chinese else "en"
        codes = [one for one in self.material.values("occasion")
                 if not word("occasions", one, "gift")]  # fmt: skip
        codes = [one for one in codes if one != "daily"] or codes  # every day says least of all
        said = [one for code in codes if (one := word("occasions", code, field_name))]
        left = [one for one in said if not self._named(one)]
        # Running shoes that one can also walk in are not for walking.
        return left[:most] if len(left) > 1 or len(left) == len(said) else []

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
            return self.pick("use", (), ("For {}.", "Good for {}.", "Meant for {}.")).format(
                listed(said, chinese=False)
            )
        return self.say("use", [f"{self.used_at(said)}。", *self._whether(said, "")], ())

    def used_at(self, said: Sequence[str]) -> str:
        verb = self.material.name.verb
        end = {"穿": "都能穿", "戴": "都能戴", "背": "都能背"}.get(verb, "都用得上")
        if verb in _EATEN:
            end = "都合适"
        return f"{'、'.join(said)}{end if len(said) > 1 else end.replace('都', '')}"

    def _whether(self, said: Sequence[str], subject: str) -> list[str]:
        """Return another way of saying when, for two occasions and more."""
        end = self.used_at(said[:2]).removeprefix("、".join(said[:2]))
        return [f"不管是{said[0]}还是{said[1]}，{subject}{end}。"] if len(said) > 1 else []

    def serves(self) -> str:
        """Return a whole sentence of when it is used and whom it may be given to."""
        said, name = self.occasions(), self.material.name
        if not said or self._told_of_use():
            return self.present()
        gift = self._gives()
        if self.chinese:
            also = f"，{self._given()}也合适" if gift else ""
            usual = f"{IT}，{self.used_at(said)}{also}。"
            return self.say("serves", [usual, *([] if gift else self._whether(said, IT))], ())
        many = name.plural
        also = f", and {'make' if many else 'makes'} a good present{self._given()}" if gift else ""
        told = listed(said, chinese=False)
        wordings = [f"{IT} {'are' if many else 'is'} for {told}{also}."]
        if not gift:
            wordings.append(f"{IT} {'suit' if many else 'suits'} {told}.")
        return self.say("serves", (), wordings)

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
        return f"{IT} {verb} a good present{self._given()}."

    def whom(self) -> str:
        """Return for whom it is, in a few words."""
        field_name = "zh" if self.chinese else "en"
        codes = self.material.values("audience")
        if {"adults", "unisex"} & set(codes):
            return ""
        people = [word("audiences", one, field_name) for one in codes
                  if not word("audiences", one, "given")]  # fmt: skip
        own = " ".join(self.own())
        people = [one for one in people if one and one not in own][: 1 if "kids" in codes else 2]
        if not people:
            return ""
        return "、".join(people) if self.chinese else listed(people, chinese=False)

    def besides(self) -> list[str]:
        """Return sentences of whom, when and in what colour, for goods told of in few words."""
        if len(self.own()) > MOST_OWN:
            return []
        return [one for one in (self._anybody(), self._seasons(), self._colour()) if one]

    def _anybody(self) -> str:
        """Return that it is for both, of what is worn or carried."""
        name = self.material.name
        if "unisex" not in self.material.values("audience") or name.verb not in ("穿", "戴", "背"):
            return ""
        if self.chinese:
            return f"{IT}男女都能{name.verb}。"
        return f"{IT} {'are' if name.plural else 'is'} for men and women."

    def _seasons(self) -> str:
        """Return when in the year it is used, of what is worn."""
        name = self.material.name
        field_name = "zh" if self.chinese else "en"
        codes = [one for one in SEASONS if one in self.material.values("season")]
        named = [one for code in codes if (one := word("seasons", code, field_name))]
        if not 0 < len(named) < len(SEASONS) or name.verb not in ("穿", "戴"):
            return ""  # who says all four says nothing
        if self.chinese:
            return f"{IT}{'、'.join(named)}{'都' if len(named) > 1 else ''}能{name.verb}。"
        told = listed([one.casefold() for one in named], chinese=False)
        return f"{IT} {'are' if name.plural else 'is'} for {told}."

    def _colour(self) -> str:
        """Return its one colour, where the name does not say it."""
        names = self.material.names("colour")
        path = self.material.facts.category
        if len(names) != 1 or "colour" in self.material.options or path.startswith(NOT_MADE):
            return ""
        if self.material.name.shelves & COLOURING:
            return ""
        spans = lexicon().match(" ".join(self.material.facts.titles.values()), ("colour",))
        if {one.code for one in spans} - set(self.material.values("colour")):
            return ""  # a title that names another colour is believed no less
        if names[0].casefold() in f"{self.material.name.told} {self.shown}".casefold():
            return ""
        return f"颜色是{names[0]}。" if self.chinese else f"It comes in {low(names[0])}."

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
        title = self.material.name.told.casefold()
        title += " ".join(one.text for one in self.material.lines).casefold()
        title += self.shown.casefold()
        told = any(re.split(r"[ -]", one.casefold())[0] in title for one in names)
        if self.material.facts.category.startswith(NOT_MADE):
            return ""
        told = told or any(all(gist(one) in said for one in names) for said in self.used)
        if not names or told or len(names) > 3 or any(len(one) > 20 for one in names):
            return ""
        name = self.material.name
        said = listed([one if self.chinese else low(one) for one in names], chinese=self.chinese)
        be = "are" if name.plural else "is"
        return self.say(
            "made",
            [spaced(one) for one in self._made_zh(said)],
            (f"{name.the} {be} made of {said}.", f"{IT} {be} made of {said}.", f"Made of {said}."),
        )

    def _made_zh(self, said: str) -> list[str]:
        """Return how one says in Chinese what it is of: cloth for what is worn, else stuff."""
        if not self.mentioned and self.material.name.verb != "穿":
            return [f"{IT}用{said}做成。"]
        if self.material.name.verb == "穿" and not self.material.name.noun.endswith(("鞋", "靴")):
            called = [f"面料是{said}。"] if self.mentioned else []
            return [f"{IT}用的是{said}面料。", *called]
        return [f"{IT}用{said}做成。", f"材质是{said}。"]

    def look(self) -> str:
        """Return how it looks and sits, in a few words: style, fit, neck, sleeves, pattern."""
        said: list[str] = []
        for dimension, ends in LOOKS.items():
            codes = [one for one in self.material.values(dimension) if one != "solid"]
            names = self.material.names(dimension, codes)[:2]
            if not self.chinese:
                said += [low(one) for one in names]
            elif names:
                end = "" if names[-1].endswith(ends) or names[-1] == "纯色" else ends[0]
                said.append("、".join(names) + end)
        if not said:
            return ""
        if not self.chinese:
            styles = [low(one).removesuffix(" style") for one in self.material.names("style")[:2]]
            if styles and len(styles) == len(said):
                be = "are" if self.material.name.plural else "is"
                return f"{IT} {be} {listed(styles, chinese=False)} in style."
            return _sentence(said) if len(said) > 1 else ""
        told = "，".join(said)
        bare = [f"{told}。"] if self.mentioned else []
        return self.say("look", [f"{IT}是{told}。", *bare], ())

    def lead(self) -> list[str]:
        """Return the sentence that the angle begins with, else what the thing does."""
        first = {
            "benefit": self.praise,
            "occasion": self.serves,
            "facts": self.made_of,
            "story": self.scene,
        }[self.angle]()
        if self.own() and (self.angle == "benefit" and len(self.features(2)) < 2):
            first = ""  # one word of what it does is no beginning where the shop says more
        return [first or ("" if self.own() else self.praise() or self.built())]

    def described(self, most: int) -> str:
        """Return the Chinese noun with features before it: 「静音的蓝牙键盘」."""
        tags = self.tags(most)
        names = [one for one in tags if one in NAMES_ZH]
        said = "、".join(one for one in tags if one not in names)
        noun = self.material.name.thing
        if not tags or not noun:
            return ""
        short = len(said) == 2 and not said.startswith(_NOT_BESIDE) and not names
        before = said if short else f"{said}的" if said else ""
        return spaced("".join([before, *names, noun]))

    def adjectives(self, most: int = 2) -> str:
        """Return English features as words before a noun: "warm, soft", "quiet Bluetooth"."""
        tags = self.tags(most)
        names = [one for one in tags if one.split("-")[0] in PROPER]
        said = [lowered(one) for one in tags if one not in names]
        return " ".join([", ".join(said), *names]).strip()

    def a_noun(self, before: str = "") -> str:
        """Return "a scarf", "warm, soft socks", nothing where the noun is not known."""
        noun = self.material.name.noun
        if not noun or self.chinese:
            return ""
        said = f"{before} {noun}".strip()
        many = self.material.name.plural or plural(noun, 2) == noun
        return said if many else article(said)


def lowered(tag: str) -> str:
    """Return an English tag as it stands in a sentence: fast-charging, BPA-free, USB-C."""
    return tag if tag.split("-", 1)[0] in PROPER else tag.lower().replace("bpa", "BPA")


def _sentence(parts: Sequence[str]) -> str:
    """Return English notes of a look in a row; what a longer one says is not repeated."""
    words = [set(one.split()) for one in parts]
    kept = [
        one for place, one in enumerate(parts)
        if not any(words[place] <= other for at, other in enumerate(words) if at < place)
    ]  # fmt: skip
    row = ", ".join(kept)
    return f"{row[:1].upper()}{row[1:]}."
