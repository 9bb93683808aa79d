"""Product-like texts in Chinese and English, written here, the same for the same seed."""

# ruff: noqa: SIM905
import random

ENGLISH = {
    "brand": "Nordvik Halden Lumo Petra Kestrel Aster Bramble Solace Tern Wick".split(),
    "quality": (
        "lightweight waterproof breathable insulated foldable cordless adjustable hand-stitched "
        "recycled quick-drying stainless padded reversible"
    ).split(),
    "thing": [
        *("running shoes", "rain jacket", "desk lamp", "wireless mouse", "travel kettle"),
        *("yoga mat", "canvas backpack", "wool scarf", "chef knife", "office chair"),
    ],
    "sentence": [
        "Made for daily commutes and weekend trips.",
        "The {a} shell keeps wind out while the lining stays soft.",
        "Fits true to size; choose one size up for layers.",
        "Comes with a two-year warranty and spare parts.",
        "Machine washable at 30 degrees.",
        "Weighs {n} g and packs into its own pocket.",
        "Tested for {n} hours of continuous use.",
    ],
}
CHINESE = {
    "brand": "山岚 云织 木野 青禾 北屿 拾光 松果 听澜".split(),
    "quality": "轻便 防水 透气 保暖 可折叠 无线 可调节 手工 速干 不锈钢 加厚 双面".split(),
    "thing": (
        "跑步鞋 冲锋衣 护眼台灯 无线鼠标 旅行水壶 瑜伽垫 帆布双肩包 羊毛围巾 厨师刀 登山袜"
    ).split(),
    "sentence": [
        "适合日常通勤与周末出游。",
        "{a}面料挡风，内里柔软亲肤。",
        "尺码标准，叠穿建议选大一码。",
        "整机质保两年，可单独购买配件。",
        "可机洗，水温不超过30度。",
        "净重{n}克，可收进自带口袋。",
        "连续使用{n}小时实测通过。",
    ],
}
SENTENCES_A_TEXT = [0, 1, 1, 2, 2, 3, 4, 6]
QUERIES = [
    "红色连衣裙",
    "防水冲锋衣 男",
    "适合送女友的礼物",
    "无线鼠标 静音",
    "wireless mouse under 300",
    "men's hoodie for cold weather",
    "茶具 功夫茶",
    "black leather office chair",
]


def product_texts(count: int, seed: int = 7) -> list[str]:
    """Write ``count`` titles with descriptions, half Chinese, from a dozen to a hundred tokens."""
    chance = random.Random(seed)
    texts = [_product_text(chance, CHINESE if i % 2 else ENGLISH) for i in range(count)]
    chance.shuffle(texts)
    return texts


def _product_text(chance: random.Random, words: dict[str, list[str]]) -> str:
    space, stop = (" ", ". ") if words is ENGLISH else ("", "。")
    title = [chance.choice(words["brand"]), *chance.sample(words["quality"], 2)]
    title.append(chance.choice(words["thing"]))
    chosen = chance.sample(words["sentence"], chance.choice(SENTENCES_A_TEXT))
    sentences = [
        line.format(a=chance.choice(words["quality"]), n=chance.randint(80, 900)) for line in chosen
    ]
    return (space.join(title) + stop + space.join(sentences)).strip()
