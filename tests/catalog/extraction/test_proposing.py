"""What is denied, compared or another product's is not proposed; what is stated is, with units."""

# ruff: noqa: E501 - a case stays on one line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.extraction import propose


def stated(title: str, description: str = "", category: str | None = None) -> set[str]:
    """Return proposals as attribute=value, with the unit behind."""
    return {
        f"{p.attribute}={p.value}{' ' + p.unit if p.unit else ''}"
        for p in propose(title, description, category=category)
    }


@pytest.mark.parametrize(
    ("text", "absent", "present"),
    [
        ("不含酒精的爽肤水", "", "feature=alcohol-free"),
        ("不含酒精、香精和防腐剂", "", "feature=fragrance-free"),
        ("No parabens or alcohol", "", "feature=alcohol-free"),
        ("BPA-free plastic cup", "", "feature=bpa-free"),
        ("Non-leather jacket", "material=leather", ""),
        ("Jacket without hood, not hooded", "neckline=hooded", ""),
        ("Hood not included", "neckline=hooded", ""),
        ("latex-free yoga mat", "material=latex", ""),
        ("No latex, no PVC", "material=latex", ""), ("No latex, no PVC", "material=pvc", ""),
        ("It is not waterproof", "feature=waterproof", ""),
        ("The shell isn't waterproof but breathable", "feature=waterproof", "feature=breathable"),
        ("Not only waterproof but breathable", "", "feature=waterproof"),
        ("non slip sole", "", "feature=non-slip"), ("No-drill hook", "", "feature=no-drill"),
        ("No Pull Dog Harness", "", "audience=dogs"),
        ("不是真皮", "material=leather", ""), ("不防水", "feature=waterproof", ""),
        ("不支持无线充电", "feature=wireless-charging", ""), ("无缝内裤", "", "feature=seamless"),
        ("非实木", "material=solid-wood", ""), ("不锈钢", "", "material=stainless-steel"),
        ("没有口袋", "feature=pockets", ""), ("不仅防水还透气", "", "feature=waterproof"),
        ("非常柔软", "", "feature=soft"), ("敏感肌慎用", "audience=sensitive-skin", ""),
        ("加绒款请选另一链接", "material=fleece", ""), ("本款不加绒", "material=fleece", ""),
        ("looks like leather", "material=leather", ""), ("leather-look leggings", "material=leather", ""),
        ("feels like real silk", "material=silk", ""), ("pairs well with denim", "material=denim", ""),
        ("wear it with black jeans", "colour=black", ""), ("Faux suede bag", "material=suede", "material=faux-suede"),
        ("仿皮沙发", "material=leather", "material=faux-leather"), ("仿羊巴皮封面", "material=leather", "material=faux-leather"),
        ("真丝般顺滑", "material=silk", ""), ("羊绒手感", "material=cashmere", ""), ("可搭配牛仔", "material=denim", ""),
        ("木纹贴纸", "material=wood", "pattern=wood-grain"), ("胡桃木色书桌", "material=walnut-wood", "colour=walnut"),
        ("scent of cedar and leather", "material=leather", ""), ("notes of chocolate", "colour=coffee", ""),
        ("Spandex? No, cotton", "material=spandex", "material=cotton"),
    ],
)  # fmt: skip
def test_denials_and_comparisons(text: str, absent: str, present: str) -> None:
    fields = [(text, ""), ("", text)]
    if text.startswith(("No latex", "The ", "It ")):  # sentences stand in descriptions
        fields = fields[1:]
    if text.startswith("No Pull"):  # a title's "no" reaches one word
        fields = fields[:1]
    for title, description in fields:
        found = stated(title, description)
        assert absent not in found
        assert not present or present in found


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("500ml 水杯", None, "capacity=500 ml"), ("容量1.5L", None, "capacity=1.5 l"), ("1 fl oz", None, "capacity=1 floz"),
        ("Mug 12 oz", "cup", "capacity=12 oz"), ("Candle 8 oz", "candle", "weight=8 oz"), ("净重2.5kg", None, "weight=2.5 kg"),
        ("10斤装", None, "weight=10 jin"), ("2 x 3kg dumbbells", None, "weight=3 kg"), ("30x40cm", None, "dimensions=30x40 cm"),
        ("140cm x 200cm", None, "dimensions=140x200 cm"), ("58×42×33厘米", None, "dimensions=58x42x33 cm"),
        ('7" inseam shorts', None, "dimensions=7 in"), ('27" monitor', "monitor", "screen_size=27 in"), ("6.7英寸大屏", "phone", "screen_size=6.7 in"),
        ("20 inch luggage", "suitcase", "dimensions=20 in"), ("7cm heel", "heels", "heel_height=7 cm"), ("跟高4cm", "boots", "heel_height=4 cm"),
        ("1800W", None, "power=1800 w"), ("100-240V", None, "voltage=100-240 v"), ("220V", None, "voltage=220 v"),
        ("20000毫安", None, "battery=20000 mah"), ("5,000 mAh", None, "battery=5000 mah"), ("Bluetooth 5.3", None, "bluetooth_version=5.3"),
        ("蓝牙5.0", None, "bluetooth_version=5.0"), ("IPX7", None, "water_resistance=IPX7"), ("50米防水", None, "water_resistance=50 m"),
        ("3 ATM", None, "water_resistance=3ATM"), ("16GB RAM", None, "memory=16 gb"), ("8GB+256GB", None, "memory=8 gb"),
        ("8GB+256GB", None, "storage=256 gb"), ("32G+1TB", None, "storage=1 tb"), ("128G 存储卡", "memory-card", "storage=128 gb"),
        ("80% cotton, 20% polyester", None, "composition=cotton 80 %"), ("棉60%聚酯纤维40%", None, "composition=polyester 40 %"),
        ("70%羊毛 30%锦纶", None, "composition=wool 70 %"), ("nylon/spandex (75/25)", None, "composition=spandex 25 %"),
        ("Red cotton dress", None, "colour=red"), ("V领", None, "neckline=v-neck"), ("EU 42 shoes", None, "size=eu-42"),
        ("秋冬毛衣", None, "season=winter"), ("送爸妈", None, "audience=mother"), ("送闺蜜", None, "occasion=gift"),
        ("oven, microwave and dishwasher safe", None, "feature=microwave-safe"), ("dry or sensitive skin", None, "audience=dry-skin"),
        ("Queen mattress", "mattress", "size=queen-bed"), ("Acrylic knit scarf", "scarf", "material=acrylic-fibre"),
        ("Grey, olive and navy socks", None, "colour=army-green"), ("Puffer Coat Navy L", "coat", "size=l"),
    ],
)  # fmt: skip
def test_values_are_read(text: str, category: str | None, expected: str) -> None:
    assert expected in stated(text, category=category)


@pytest.mark.parametrize(
    ("text", "category", "kind"),
    [
        ("4G全网通手机", "phone", "weight"), ("2.4G wireless mouse", "mouse", "weight"), ("25g protein per scoop", None, "weight"),
        ("holds up to 9 kg", None, "weight"), ("承重150kg", None, "weight"), ("9-14kg宝宝", None, "weight"), ("220gsm cotton", None, "weight"),
        ("3.5mm jack headphones", "headphones", "dimensions"), ("up to 40cm", None, "dimensions"), ("0m+", None, "dimensions"),
        ("LabelWriter 450 UK", None, "size"), ("1 pc(s)", None, "material"), ("gaming PC", None, "material"),
        ("Cat5e cable", None, "audience"), ("平底炒锅", "pan", "heel"), ("Loose leaf tea", "tea", "fit"),
        ("picked in spring", "tea", "season"), ("红枸杞", "dried-fruit", "colour"), ("99% light blocked", None, "composition"),
    ],
)  # fmt: skip
def test_numbers_and_words_of_other_things_are_left_out(
    text: str, category: str | None, kind: str
) -> None:
    assert not [p for p in propose(text, category=category) if p.attribute == kind]


def test_a_value_is_proposed_once_with_its_surest_evidence() -> None:
    found = [p for p in propose("Red dress", "A red dress.") if p.attribute == "colour"]
    assert [(p.value, p.field, p.evidence, p.start) for p in found] == [("red", "title", "Red", 0)]


def test_the_category_may_be_a_path_a_name_or_a_code() -> None:
    for category in ("cup", "Mugs", "home/kitchen/mugs", "马克杯"):
        assert "capacity=12 oz" in stated("Blue 12 oz", category=category)


def test_evidence_keeps_the_width_and_script_of_the_source() -> None:
    text = "ＩＰＸ７ 羽絨 ５００ｍｌ"
    found = {p.attribute: p.evidence for p in propose(text)}
    assert found == {"water_resistance": "ＩＰＸ７", "material": "羽絨", "capacity": "５００ｍｌ"}


def test_nothing_gives_nothing() -> None:
    assert propose("", "") == []
    assert propose("zzz", "   ") == []


_PIECES = st.sampled_from(
    ["100%", "棉", "cotton", " ", "5", "00", "ml", ".", ",", "不含", "酒精", "no", "non-", "leather", "仿", "皮", "x", "cm",
     "IPX7", "ＸＬ", "gb", "+", "/", "(", ")", "送", "妈妈", "free", "like", "size", "M", "bluetooth", "-", "w", "v", "無", "線"]
)  # fmt: skip


@given(st.text(max_size=50), st.lists(_PIECES, max_size=15).map("".join))
def test_any_text_gives_slices_and_never_an_error(title: str, description: str) -> None:
    fields = {"title": title, "description": description}
    for proposal in propose(**fields):
        text = fields[proposal.field]
        assert text[proposal.start : proposal.end] == proposal.evidence
        assert proposal.evidence
