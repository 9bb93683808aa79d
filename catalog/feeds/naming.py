"""Turn a shop's own words into codes: names of options and attributes, and their values.

For the normaliser and the references. The shop's words are kept beside the codes; a word that the
vocabulary does not know gets a folded form of itself as its code, the same one each time.
"""

import re
from functools import lru_cache

from catalog.lexicon import lexicon
from catalog.text import fold

DIMENSIONS = {
    "colour": "colour color colours colors colour_name color_name product_colour 颜色 颜色分类"
    " 颜色名称 主要颜色 主色",
    "size": "size sizes 尺码 鞋码 码数",
    "material": "material materials fabric product_material 材质 面料 材料 主要材质 面料材质"
    " 材质成分",
    "audience": "audience gender sex department 性别 适用性别 适用对象 适用人群",
    "season": "season seasons 季节 适用季节",
    "occasion": "occasion occasions activity 场合 适用场合 适用场景 使用场景",
    "feature": "feature features function functions 功能 特点 产品特点",
    "pattern": "pattern patterns 图案 花型图案",
    "fit": "fit 版型",
    "neckline": "neckline collar style_neckline 领型 领口",
    "sleeve": "sleeve sleeves 袖长 袖型",
    "heel": "heel heels 跟高 鞋跟高度",
    "style": "style styles style_general 风格",
}
DIMENSION_OF = {alias: code for code, aliases in DIMENSIONS.items() for alias in aliases.split()}


@lru_cache(maxsize=8192)
def slug(words: str, joint: str = "-") -> str:
    """Return a folded form of ``words`` with ``joint`` for what is not a letter or digit."""
    return re.sub(r"[\W_]+", joint, fold(words)).strip(joint)[:80].strip(joint)


@lru_cache(maxsize=8192)
def name_code(name: str) -> str:
    """Return the code of an option or attribute name: the shared dimension, else its own."""
    own = slug(name, "_")
    return DIMENSION_OF.get(own, own)


@lru_cache(maxsize=65536)
def value_code(dimension: str, value: str) -> str | None:
    """Return the vocabulary's code for a value ("Navy Blue" → "navy"), None if it has none."""
    return lexicon().canonical(dimension, value) if dimension in DIMENSIONS else None


def option_code(dimension: str, value: str) -> str:
    """Return the code by which search filters an option: the vocabulary's, else a folded form."""
    return value_code(dimension, value) or slug(value)
