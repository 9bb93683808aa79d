"""Slots other than prices: sizes, negation, ratings, wishes, gifts, heads, alternatives."""

import pytest

from tests.catalog.search.understanding.conftest import Read


def slots_of(read: Read, query: str) -> set[str]:
    """Write slots as kind:value, unwanted ones with a minus."""
    return {
        f"{'-' if slot.negated else ''}{slot.kind}:{slot.value}"
        for slot in read(query).slots
        if slot.kind not in ("price", "measure", "rating")
    }


SIZES = {
    "T恤 M": "m", "XL 男": "xl", "2xl hoodie": "xxl", "42码": "eu-42", "EU 42": "eu-42",
    "US 9": "us-9",
    "UK 8 heels": "uk-8", "size 10 shoes": "size-10", "170/92A 西装": "170/92a",
    "41.5码": "eu-41.5",
    "jeans 32x34": "32x34", "a4 notebook": "a4", "110码 童装": "height-110",
    "欧码39的乐福鞋": "eu-39",
    "跑步鞋 男 42": "eu-42", "t-shirt size m": "m", "king size sheets": "king-bed",
}  # fmt: skip


@pytest.mark.parametrize("query", SIZES)
def test_a_size_is_read(read: Read, query: str) -> None:
    assert [slot.value for slot in read(query).of("size")] == [SIZES[query]]


@pytest.mark.parametrize(
    "query",
    ["iphone 15", "men's watch", "desk for small room", "8GB RAM", "5号电池", "audi a4 toy car",
     "large capacity backpack", "s24 case", "I'm fine"],
)  # fmt: skip
def test_what_only_looks_like_a_size_is_none(read: Read, query: str) -> None:
    assert read(query).of("size") == ()


NEGATED = {
    "不要皮的单肩包": {"-material:leather", "category:handbag"},
    "非真皮的办公椅": {"-material:leather", "category:office-chair"},
    "黑色除外的高跟鞋": {"-colour:black", "category:heels"},
    "不要红色也不要粉色的书包": {"-colour:red", "-colour:pink", "category:school-bag"},
    "除了白色和黑色，其他颜色的T恤都行": {"-colour:white", "-colour:black", "category:t-shirt"},
    "不是耐克的跑鞋": {"-brand:Nike", "category:running-shoes"},
    "卫衣不要带帽子的": {"category:sweatshirt", "-neckline:hooded"},
    "不要黑色，白色的裙子": {"-colour:black", "colour:white", "category:dress"},
    "不要高跟鞋": {"-category:heels"},
    "包不要铆钉的": {"category:bag", "-word:铆钉"},
    "no leather wallet": {"-material:leather", "category:wallet"},
    "no leather shoes": {"-material:leather", "category:shoes"},
    "scarf, not black": {"category:scarf", "-colour:black"},
    "jacket without hood": {"category:jacket", "-neckline:hooded"},
    "sneakers except Nike": {"category:sneakers", "-brand:Nike"},
    "non-leather belt": {"-material:leather", "category:belt"},
    "anything but black sneakers": {"-colour:black", "category:sneakers"},
    "no nylon or polyester leggings": {"-material:nylon", "-material:polyester",
    "category:leggings"},
    "I don't want polyester, cotton sheets": {
        "-material:polyester", "material:cotton", "category:sheet",
    },
    "wool-free sweater": {"-material:wool", "category:sweater"},
    "tea set without a tray": {"category:tea-set", "-word:tray"},
    "any jacket except black": {"category:jacket", "-colour:black"},
    "不要带帽子的外套": {"-neckline:hooded", "category:jacket"},
}  # fmt: skip


@pytest.mark.parametrize("query", NEGATED)
def test_what_is_unwanted_is_negated_and_nothing_else(read: Read, query: str) -> None:
    assert slots_of(read, query) == NEGATED[query]


WANTED = {
    "non-slip bath mat": "feature:non-slip",
    "不粘锅": "feature:non-stick",
    "无线鼠标": "feature:wireless",
    "无糖饼干": "feature:sugar-free",
    "不含酒精的爽肤水": "feature:alcohol-free",
    "无香精洗发水": "feature:fragrance-free",
    "without fragrance moisturizer": "feature:fragrance-free",
    "headphones without wires": "feature:wireless",
    "dress without sleeves": "sleeve:sleeveless",
    "shirt that doesn't need ironing": "feature:wrinkle-free",
    "无钢圈文胸": "feature:wire-free",
    "不锈钢炒锅": "material:stainless-steel",
    "无印良品风格的不掉色床单": "feature:colourfast",
}


@pytest.mark.parametrize("query", WANTED)
def test_names_with_a_no_in_them_are_wishes(read: Read, query: str) -> None:
    found = slots_of(read, query)
    assert WANTED[query] in found
    assert not any(slot.startswith("-") for slot in found)


@pytest.mark.parametrize(
    "query",
    [
        "free shipping shoes",
        "非洲鼓",
        "区别于普通的杯子",
        "别墅灯",
        "特别暖和的围巾",
        "not only black shoes",
    ],
)
def test_other_words_with_a_no_deny_nothing(read: Read, query: str) -> None:
    assert not any(slot.negated for slot in read(query).slots)


SORTS = {
    "最便宜的充电宝": "price_asc", "cheapest laptop": "price_asc", "cheap usb cable": "price_asc",
    "别太贵的杯子": "price_asc", "not too expensive dress": "price_asc",
    "价格从低到高 拖鞋": "price_asc",
    "budget laptop": "price_asc", "最贵的手表": "price_desc", "most expensive watch": "price_desc",
    "评分最高的耳机": "rating", "best rated blender": "rating", "口碑最好的牙刷": "rating",
    "最新款手机": "newest", "newest smartphones": "newest", "new arrivals dresses": "newest",
    "what's new this week": "newest", "anything new in bags?": "newest", "这周有什么新品": "newest",
    "最近上了什么新货": "newest", "a new laptop": "relevance", "全新的手机": "relevance",
    "销量最高的面膜": "relevance", "popular board games": "relevance",
    "new balance shoes": "relevance",
    "新鲜水果": "relevance", "best laptop": "relevance", "新年礼物": "relevance",
    "贵族风连衣裙": "relevance",
    "不要太便宜的": "relevance", "budget 100": "relevance",
}  # fmt: skip


@pytest.mark.parametrize("query", SORTS)
def test_a_wish_for_an_order_is_read(read: Read, query: str) -> None:
    assert read(query).sort == SORTS[query]


RATINGS = {
    "4 stars and up": "4", "4星以上": "4", "4.5分以上的耳机": "4.5", "五星好评的枕头": "5",
    "at least 4.5 stars": "4.5", "rated 4+": "4", "好评的电饭锅": "4", "highly rated skincare": "4",
    "三星以上": "3",
}  # fmt: skip


@pytest.mark.parametrize("query", RATINGS)
def test_a_rating_is_read(read: Read, query: str) -> None:
    (rating,) = read(query).of("rating")
    assert str(rating.minimum) == RATINGS[query]


GIFTS = {
    "送女朋友的生日礼物": {"audience:women", "occasion:birthday", "occasion:gift"},
    "送爸爸的手表": {"audience:men", "occasion:gift", "category:watch"},
    "gift for my wife": {"audience:women", "occasion:gift"},
    "christmas gift for grandma": {"audience:seniors", "occasion:christmas", "occasion:gift"},
    "给5岁的女儿买运动鞋": {"audience:girls", "category:sneakers"},
    "包邮送货上门的毛巾": {"category:towel"},
}


@pytest.mark.parametrize("query", GIFTS)
def test_a_gift_is_for_whom_it_fits(read: Read, query: str) -> None:
    assert slots_of(read, query) == GIFTS[query]


HEADS = {
    "phone charger": {"category:charger"},
    "手机充电器": {"category:charger"},
    "冰箱贴": set(),
    "monitor stand": set(),
    "airpods pro 2 case": set(),
    "bag for laptop": {"category:bag"},
    "双肩包 laptop": {"category:backpack"},
    "无线鼠标": {"feature:wireless", "category:mouse"},
    "羊毛衫": {"material:wool", "category:sweater"},
    "牛仔裤": {"category:jeans"},
    "童鞋": {"audience:kids", "category:shoes"},
    "白衬衫": {"colour:white", "category:shirt"},
    "大码女装": {"audience:plus-size", "audience:women"},
    "shoes or sandals": {"category:shoes", "category:sandals"} - {"category:shoes"},
    "shirt or skirt": {"category:shirt", "category:skirt"},
    "白板笔": set(),
    "联想笔记本 16G内存": {"brand:联想", "category:laptop"},
    "a5 notebook": {"category:notebook", "size:a5"},
    "planner 2027": {"category:notebook"},
    "notebook i5 16gb": {"category:laptop"},
    "alcohol free toner": {"feature:alcohol-free", "category:toner"},
    "printer toner hp": {"category:ink", "brand:HP"},
    "fast charger for my phone and laptop": {"category:charger"},
    "mug that keeps tea hot": {"category:cup"},
    "能给手机充电的充电宝": {"feature:rechargeable", "category:power-bank"},
    "奶锅 要能上电磁炉": {"category:pot"},
    "激光打印机": {"category:printer"},
    "钓鱼竿": {"category:fishing-rod"},
    "green tea": {"category:tea"},
    "没有咖啡因的咖啡": {"feature:decaf", "category:coffee"},
}


@pytest.mark.parametrize("query", HEADS)
def test_the_head_of_a_phrase_is_the_product(read: Read, query: str) -> None:
    assert slots_of(read, query) == HEADS[query]


def test_a_noun_is_one_before_a_small_word_too(read: Read) -> None:
    for query in ("black dress under $30", "a black dress without a belt", "black dress please"):
        assert {"colour:black", "category:dress"} <= slots_of(read, query), query
    assert "category:dress" not in slots_of(read, "black dress shoes")
    for query in ("a desk between two windows", "desk costing less than $90", "desk which folds"):
        assert "category:desk" in slots_of(read, query), query
    for query in ("watch movies", "plate warmer"):
        assert not slots_of(read, query), query


def test_several_values_are_slots_of_one_kind(read: Read) -> None:
    assert [slot.value for slot in read("red or blue scarf").of("colour")] == ["red", "blue"]
    assert [slot.value for slot in read("红色或蓝色的雨伞").of("colour")] == ["red", "blue"]


def test_scripts_and_languages_mix(read: Read) -> None:
    need = read("黑色 sneakers 42码 under ¥500")
    assert slots_of(read, need.query) == {"colour:black", "category:sneakers", "size:eu-42"}
    assert need.price is not None and need.price.maximum == 500
    assert slots_of(read, "無線藍牙耳機 降噪") == slots_of(read, "无线蓝牙耳机 降噪")


def test_places_are_those_of_the_query(read: Read) -> None:
    query = "ＲＥＤ 連衣裙 ３００元以內"
    for slot in read(query).slots:
        assert query[slot.start : slot.end] == slot.surface
    assert {slot.surface for slot in read(query).slots} == {"ＲＥＤ", "連衣裙", "３００元以內"}


AGES = {
    "toy for my 6-year-old": {"kids"}, "6yo girl dress": {"girls"},
    "books for 10 year olds": {"kids"},
    "gift for a five year old who loves dinosaurs": {"kids"}, "six years old boy": {"boys"},
    "onesie for an 18 month old": {"baby"}, "for a 15 year old": {"teens"},
    "6岁男孩": {"boys"}, "送给三岁的孩子": {"kids"}, "8个月大": {"baby"}, "两岁": {"toddlers"},
    "3岁以上的积木": {"kids"}, "80岁的奶奶": {"seniors"},
}  # fmt: skip


@pytest.mark.parametrize("query", AGES)
def test_an_age_says_for_whom(read: Read, query: str) -> None:
    assert {slot.value for slot in read(query).of("audience")} == AGES[query]


@pytest.mark.parametrize(
    "query",
    ["vinegar aged 6 years", "18 year old whisky", "5 year old cheddar",
     "backpack with 3 years warranty",
     "三年陈的酱油", "12个月的会员", "10年老店", "present for a 40 year old"],
)  # fmt: skip
def test_the_age_of_a_thing_or_of_a_grown_up_says_nothing(read: Read, query: str) -> None:
    assert read(query).of("audience") == ()


def test_words_of_an_age_are_not_searched_for(read: Read) -> None:
    assert read("dinosaur toys for a 6 year old").text == "dinosaur toys"


@pytest.mark.parametrize("query", ["a new flat", "stuff for our flat", "flat white coffee"])
def test_where_one_lives_is_no_shoe(read: Read, query: str) -> None:
    assert not any(slot.kind == "category" and slot.surface == "flat" for slot in read(query).slots)


def test_a_use_counts_inside_a_word_of_the_language(read: Read) -> None:
    found = [slot.surface for slot in read("厨房用的东西").slots]
    assert found == [slot.surface for slot in read("厨房里用的").slots] == ["厨房"]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [("16G内存的笔记本电脑", {"category:laptop"}), ("512GB SSD laptop", {"category:laptop"})],
)
def test_a_part_with_its_amount_is_no_kind_beside_the_whole(
    read: Read, query: str, kinds: set[str]
) -> None:
    assert {one for one in slots_of(read, query) if one.startswith("category")} == kinds
