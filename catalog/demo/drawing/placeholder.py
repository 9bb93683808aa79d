"""A calm picture for any product that has none: the kind of thing it is, in one quiet tone.

For shops other than the demo. It shows a category, never a product, and looks like neither a
photograph nor an error.
"""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image, ImageOps

from catalog.demo.drawing.art import SHAPES, WOOD, Art, silhouette
from catalog.demo.drawing.palette import NIGHT, PLAIN, TINTS, WHITE, mix
from catalog.demo.drawing.path import box, path

# What a category is called (English or Chinese, in part) → shape and backdrop. First hit counts,
# so narrow words stand before broad ones.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("hoodie, sweatshirt, 卫衣, 毛衣, sweater", "hoodie", "clothing"),
    ("jacket, coat, outerwear, 外套, 夹克, 大衣, 羽绒, 风衣", "rain-jacket", "clothing"),
    ("trouser, pant, jean, short, legging, bottom, 裤", "trousers", "clothing"),
    ("dress, skirt, 裙", "dress", "clothing"),
    ("sandal, slipper, 凉鞋, 拖鞋", "sandal", "shoes"),
    ("boot, 靴", "boot", "shoes"),
    ("sneaker, 板鞋, 休闲鞋, 帆布鞋", "sneaker", "shoes"),
    ("shoe, footwear, 鞋", "running-shoe", "shoes"),
    ("backpack, 双肩, 书包", "backpack", "bags"),
    ("sleeping, 睡袋", "sleeping-bag", "outdoor"),
    ("handbag, tote, purse, bag, 包", "tote", "bags"),
    ("earbud, earphone, 耳塞", "earbuds", "electronics"),
    ("headphone, headset, 耳机", "headphones", "electronics"),
    ("speaker, audio, 音箱, 音响", "speaker-can", "electronics"),
    ("mouse, mice, 鼠标", "mouse", "electronics"),
    ("keyboard, 键盘", "keyboard", "electronics"),
    ("power bank, 充电宝, 移动电源, battery", "power-bank", "electronics"),
    ("charger, adapter, cable, 充电, 电源", "charger", "electronics"),
    ("watch, 手表, 手环", "watch", "electronics"),
    ("monitor, television, display, tv, 电视, 显示", "soundbar", "electronics"),
    ("tea, 茶", "tea-set", "kitchen"),
    ("kettle, 水壶, 电水壶", "kettle", "kitchen"),
    ("thermos, bottle, mug, cup, drinkware, 杯, 壶", "thermos", "kitchen"),
    ("knife, knives, 刀", "knife", "kitchen"),
    ("pan, pot, cook, kitchen, 锅, 厨", "pan", "kitchen"),
    ("bedding, duvet, quilt, 床, 被, 四件套", "bedding", "home"),
    ("pillow, 枕", "pillow", "home"),
    ("towel, 毛巾, 浴巾", "towel", "home"),
    ("lamp, light, 灯", "desk-lamp", "home"),
    ("yoga, 瑜伽", "yoga-mat", "sports"),
    ("tent, camp, 帐篷, 露营", "tent", "outdoor"),
    ("fitness, gym, training, sport, 健身, 运动", "dumbbell", "sports"),
    ("lip, makeup, make-up, cosmetic, 口红, 彩妆, 唇", "lipstick", "beauty"),
    ("skin, beauty, cream, care, 护肤, 美妆, 面霜, 洗", "pump-bottle", "beauty"),
    ("feeding, nursing, 奶瓶, 喂养", "baby-bottle", "baby"),
    ("toy, baby, kid, child, 玩具, 母婴, 儿童, 婴", "bear", "baby"),
    ("notebook, book, paper, planner, 本, 书, 纸", "notebook", "office"),
    ("pen, pencil, writing, office, stationery, 笔, 文具, 办公", "pens", "office"),
    ("dog, 狗, 犬", "dog-bed", "pets"),
    ("cat, pet, 猫, 宠物", "cat-bowl", "pets"),
    ("shirt, tee, t-shirt, top, polo, clothing, apparel, 恤, 衫, 上衣, 服", "t-shirt", "clothing"),
)


CREAM_TAPE = (246, 236, 214)


@silhouette("parcel")
def parcel(art: Art) -> None:
    """Draw a closed cardboard parcel."""
    art.ground(400, 660, 480)
    art.solid(path("M180 330 L620 330 L600 650 L200 650 Z"), WOOD, depth=26)
    art.solid(path("M140 300 L220 220 L580 220 L660 300 L620 340 L180 340 Z"), WOOD, depth=14)
    art.flat(path("M360 220 L440 220 L446 340 L440 470 L400 450 L360 470 L354 340 Z"), CREAM_TAPE)
    art.flat(box(232, 560, 120, 52, 6), CREAM_TAPE)


def placeholder(category: str) -> bytes:
    """Return a quiet WebP picture for a category path or name, in English or Chinese.

    Cost: about 70 ms; the same category is always the same file.
    """
    shape, area = _kind(category.lower())
    tint = mix(TINTS.get(area, PLAIN), PLAIN, 0.5)
    art = Art(tint, "beige", zoom=0.82)
    SHAPES[shape](art)
    quiet = ImageOps.colorize(
        ImageOps.autocontrast(art.canvas.image.convert("L"), cutoff=(0, 0)),
        black=mix(tint, NIGHT, 0.42),
        mid=mix(tint, NIGHT, 0.1),
        white=mix(tint, WHITE, 0.75),
    )
    return _webp(quiet)


def _kind(category: str) -> tuple[str, str]:
    """Return shape and backdrop: English words whole (plural or not), Chinese ones anywhere."""
    for words, shape, area in KINDS:
        for word in words.split(", "):
            if re.search(rf"\b{word}(e?s)?\b" if word.isascii() else word, category):
                return shape, area
    return "parcel", ""


def _webp(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()
