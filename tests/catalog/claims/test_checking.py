"""What the ledger says to sentences about products whose facts are known."""

import random
from dataclasses import replace

import pytest

from catalog.claims import Verdict, check
from catalog.claims.claim import Fact
from catalog.claims.sentences import split
from tests.catalog.claims.market import ledger, product, products

TEE, HEADPHONES = "CL-TS-101", "NI-HP-101"


def kinds(text: str, sku: str = TEE, currency: str = "CNY") -> dict[str, str]:
    found = check(text, language="zh-hans", ledger=ledger(product(sku), currency=currency))
    return {one.text: str(one.verdict) for one in found.claims}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("续航30小时，重255克。", "续航38小时，重255克。"),
        ("The battery lasts 40 hours.", "The battery lasts 38 hours."),
        ("蓝牙5.0，很稳。", "蓝牙5.3，很稳。"),
        ("它能防水。戴着不压耳朵吗？", "戴着不压耳朵吗？"),
        ("Ask me anything. It is made of silk. I'm here.", "Ask me anything. I'm here."),
    ],
)
def test_what_is_wrong_is_mended_or_left_out(text: str, clean: str) -> None:
    language = "en" if text.isascii() else "zh-hans"
    assert check(text, language=language, ledger=ledger(product(HEADPHONES))).clean == clean


def test_a_mended_sentence_holds() -> None:
    facts = ledger(product(HEADPHONES))
    clean = check("It weighs 300 g.", language="en", ledger=facts).clean
    assert clean == "It weighs 255 g."
    assert check(clean, language="en", ledger=facts).holds


def test_claims_point_to_their_words_and_rows() -> None:
    text = "这款T恤售价89元，纯棉面料。"
    found = check(text, language="zh-hans", ledger=ledger(product(TEE)))
    assert [text[one.start : one.end] for one in found.claims] == ["89元", "纯棉"]
    assert found.claims[0].source.startswith("catalog.price:")
    assert found.claims[1].source.endswith("#material")
    assert all(one.verdict is Verdict.SUPPORTED for one in found.claims)


def test_options_decide_which_variants_are_meant() -> None:
    assert kinds("白色有货，白色XXL缺货。")["缺货"] == "supported"
    assert kinds("白色XXL有货。")["有货"] == "contradicted"
    assert kinds("白色XXL要99元。")["99元"] == "supported"
    assert kinds("白色M码要99元。")["99元"] == "contradicted"


def test_a_shoe_size_before_its_word_is_a_size_and_no_count() -> None:
    shoe = "TB-RN-103"
    assert kinds("（43码）有货。", shoe)["43码"] == "supported"
    assert set(kinds("40码、41码和 42码都有货。", shoe).values()) == {"supported"}
    assert kinds("48码有货。", shoe)["48码"] == "contradicted"
    assert kinds("共5码，尺码齐全。", shoe)["5码"] == "supported"


def test_a_currency_without_a_price_is_unknown() -> None:
    assert kinds("It costs €13.90.")["€13.90"] == "unknown"


def test_words_of_code_hold_and_the_shoppers_own_may_be_quoted() -> None:
    facts = ledger(product(TEE), given=("¥97.00",), said=("舒适的T恤 100元以内",))
    assert check("合计 ¥97.00。", language="zh-hans", ledger=facts).holds
    assert not check("合计 ¥96.00。", language="zh-hans", ledger=facts).holds
    assert check("按“舒适的T恤 100元以内”没有找到。", language="zh-hans", ledger=facts).holds


def test_a_maker_within_the_pages_own_words_is_no_claim_of_a_brand() -> None:
    tee = product(TEE)
    tee = replace(tee, texts=("No batteries: the sound is made by the child.",))
    facts = ledger(tee)
    for said, holds in (("No batteries: the sound is made by the child", True),
                        ("The cloth is made by Acme", False)):  # fmt: skip
        found = check(f"The shop writes: “{said}.”", language="en", ledger=facts)
        assert found.holds is holds


def test_a_cited_passage_supports_words_but_no_price() -> None:
    passage = Fact("本店商品均为手工缝制，全场59元。", "assistant.article:1")
    facts = ledger(product(TEE), passages=(passage,))
    assert check("手工缝制。", language="zh-hans", ledger=facts).holds
    assert not check("全场59元。", language="zh-hans", ledger=facts).holds


def test_two_products_are_kept_apart() -> None:
    tee, other = product(TEE), product("CL-TS-102")
    facts = ledger(tee, other)
    names = tee.titles["zh-hans"], other.titles["zh-hans"]
    true = f"{names[0]}卖89元，{names[1]}卖139元。"
    assert check(true, language="zh-hans", ledger=facts).clean == true
    assert (
        check(f"{names[0]}卖139元。", language="zh-hans", ledger=facts).clean
        != f"{names[0]}卖139元。"
    )
    assert not check("89元。", language="zh-hans", ledger=facts).holds


def test_nothing_is_said_of_products_that_are_not_there() -> None:
    assert not check("It costs $5.", language="en", ledger=ledger()).holds
    assert check("Hello, how can I help?", language="en", ledger=ledger()).holds


@pytest.mark.parametrize(
    "text", ["", "。。。", "\x00\ufeff", "“" * 50, "¥" * 300, "9" * 400 + "元", "□□□ 5 g"]
)
def test_odd_texts_are_survived(text: str) -> None:
    check(text, language="zh-hans", ledger=ledger(product(TEE)))


def test_noise_is_survived_and_no_number_passes_unseen() -> None:
    chance = random.Random(5)
    pieces = [
        "99",
        "¥",
        "元",
        " off ",
        "%",
        "折",
        "天",
        "退货",
        "“",
        "”",
        "「",
        "」",
        "。",
        ". ",
        "件",
        "g",
        "-",
        "白色",
        "free shipping",
        "38",
        "小时",
        "\n",
        "，",
    ]
    facts = ledger(product(HEADPHONES))
    for _ in range(60):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 25)))
        check(text, language="zh-hans", ledger=facts)


def test_sentences_cover_the_text_and_keep_quotes_whole() -> None:
    text = "有买家写道：“很好。会再买。”还有现货！It weighs 1.5 kg. No. 3 is next.\n- 一行"
    parts = [text[start:end] for start, end in split(text)]
    assert "".join(parts) == text
    assert parts[0] == "有买家写道：“很好。会再买。”"
    assert "It weighs 1.5 kg. " in parts


@pytest.mark.parametrize(
    ("text", "claim", "verdict"),
    [
        ("连100元都到不了。", "100元", "supported"),
        ("连90元都到不了。", "90元", "contradicted"),
        ("It won't run past ¥100.", "¥100", "supported"),
        ("It won't run past ¥90.", "¥90", "contradicted"),
        ("老价钱是500元。", "500元", "contradicted"),
        ("它过去卖500元。", "500元", "contradicted"),
        ("The old price? ¥500.", "¥500", "contradicted"),
        ("省出50元来了。", "50元", "contradicted"),
        ("颜色做了9种。", "颜色做了9种", "contradicted"),
        ("送您一份礼物。", "送您一份礼", "unknown"),
        ("同行都在抄它。", "同行", "unknown"),
    ],
)  # fmt: skip
def test_amounts_are_judged_by_what_is_said_of_them(text: str, claim: str, verdict: str) -> None:
    assert kinds(text)[claim] == verdict


@pytest.mark.parametrize(
    "text",
    ["送妈妈的生日礼物，可以看看：", "给同事送礼，您看呢？", "Enter it and watch the total fall.",
     "如果您心里的上限是300元，可以再看。"],
)  # fmt: skip
def test_words_of_talk_claim_nothing(text: str) -> None:
    assert kinds(text) == {}


def test_as_much_and_less_are_turned_by_a_denial() -> None:
    weighed = [one for one in products() if isinstance(one.attributes.get("weight_g"), int)]
    light, heavy = sorted(weighed, key=lambda one: one.attributes["weight_g"])[:: len(weighed) - 1]
    facts = ledger(light, heavy)
    names = {"a": light.titles["zh-hans"], "b": heavy.titles["zh-hans"]}
    for said in ("「{a}」没有「{b}」重。", "「{a}」轻过「{b}」。", "「{b}」没有「{a}」轻。"):
        turned = said.replace("{a}", "{x}").replace("{b}", "{a}").replace("{x}", "{b}")
        assert check(said.format(**names), language="zh-hans", ledger=facts).holds, said
        assert not check(turned.format(**names), language="zh-hans", ledger=facts).holds, turned


def test_a_table_cell_that_code_made_sets_nothing_against_anything() -> None:
    one, other = product(TEE), product(HEADPHONES)
    names = (one.titles["zh-hans"], other.titles["zh-hans"])
    cells = "- 店铺：「{}」云织，「{}」未写明。".format(*names)
    facts = ledger(one, other)
    assert check(cells, language="zh-hans", ledger=facts).clean == ""
    given = replace(facts, given=("云织",))
    assert check(cells, language="zh-hans", ledger=given, unread=True).clean == cells
    worse = cells.replace("云织", "完胜")
    assert check(worse, language="zh-hans", ledger=given).clean == ""


@pytest.mark.parametrize(
    ("sku", "text", "locale", "facts"),
    [
        ("CL-HD-201", "Weighs 350 g/m².", "en", ["fabric weight 350 gsm"]),
        ("CL-HD-201", "克重350g/m²。", "zh-hans", ["面料克重 350 gsm"]),
        ("CL-HD-201", "It is warm.", "en", ["warm"]),  # stated
        ("CL-TR-402", "It has pockets.", "en", ["the pockets are deep and lie flat, and a half"
         " lining keeps pale colours from showing through."]),  # told
    ],
)  # fmt: skip
def test_the_fact_is_what_was_stated_or_the_sentence_that_tells_it(
    sku: str, text: str, locale: str, facts: list[str]
) -> None:
    facts_of = replace(ledger(product(sku)), locale=locale)
    found = check(text, language=locale, ledger=facts_of)
    assert [one.fact for one in found.claims] == facts


def test_a_name_with_a_full_stop_in_it_ends_no_sentence() -> None:
    cable = replace(product(HEADPHONES), titles={"en": "Wirely 15 ft. Cord – 10-Pack"}, texts=())
    text = "- Wirely 15 ft. Cord – 10-Pack weighs 255 g.\nAnything else?"
    found = check(text, language="en", ledger=ledger(cable), unread=True)
    assert (found.clean, found.holds) == (text, True)
    wrong = check(text.replace("255", "311"), language="en", ledger=ledger(cable), unread=True)
    assert wrong.clean == text


def test_of_a_title_that_two_products_bear_is_true_what_holds_for_one() -> None:
    light = product(HEADPHONES)
    heavy = replace(light, pk=light.pk + 100_000, attributes={**light.attributes, "weight_g": 300})
    facts = ledger(light, heavy)
    title = light.titles["en"]
    for grams in (255, 300):
        assert check(f"{title} weighs {grams} g.", language="en", ledger=facts).holds
    assert not check(f"{title} weighs 280 g.", language="en", ledger=facts).holds


@pytest.mark.parametrize(
    "text",
    ["哪款更轻，店家都没有写明，我不能乱说。", "哪款更保暖，店家都没有写明，我不能乱说。",
     "None of the shops says which is the lighter, so I can't tell for sure."],
)  # fmt: skip
def test_that_nobody_states_it_is_no_claim(text: str) -> None:
    facts = ledger(*products())
    assert check(text, language="en", ledger=facts, unread=True).clean == text
    false = (
        "这款更轻，店家写明了。" if text[0] == "哪" else "This one is the lighter, says the shop."
    )
    assert not check(false, language="en", ledger=facts, unread=True).clean
