"""Copy composed on the demo market: true, lawful, inside its limits, no two alike; the command."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.claims import Ledger
from catalog.models import Product
from catalog.search.market import Market
from marketing.copy.channels import ANGLES, CHANNELS
from marketing.copy.checking import examine, ledger_for
from marketing.copy.composing import CannotCompose, Composed, compose
from shopguide.accounts.tenancy import as_everyone
from shopguide.writing.plan import Plan
from shopguide.writing.rewriting import Asked, Rewriter
from tests.catalog.demo_market import demo_database, demo_market

__all__ = ["demo_database", "demo_market"]
CHEAP = ("title", "bullets", "description", "banner", "search_ad")


class Voice:
    """A shop's voice."""

    words_to_use: list[str] = []
    words_to_avoid: list[str] = []


@pytest.fixture(scope="module")
def goods(demo_market: Market) -> Iterator[list[Product]]:
    """Return the demo's products with their texts."""
    rows = Product.objects.live().select_related("merchant").prefetch_related("texts")
    with as_everyone():
        yield list(rows.order_by("sku"))


def product(goods: list[Product], sku: str) -> Product:
    """Return one of them."""
    return next(one for one in goods if one.sku == sku)


@pytest.fixture(scope="module")
def drafts(goods: list[Product], full: bool) -> list[tuple[Product, str, str, list[Composed]]]:
    """Compose for a few of what is sold, or for all of it, in both languages."""
    found = []
    for one in goods if full else goods[::100]:
        for locale in ("zh-hans", "en"):
            ledger = ledger_for([one], locale)
            for channel in CHEAP:
                texts = compose(one, channel=channel, locale=locale, ledger=ledger)
                found.append((one, channel, locale, texts))
    return found


def test_nothing_unsupported_or_unlawful_is_drafted(
    drafts: list[tuple[Product, str, str, list[Composed]]], full: bool
) -> None:
    """Not one claim without its fact, not one warning that blocks."""
    texts = [one for *_, found in drafts for one in found]
    assert len(texts) >= (3_000 if full else 60)
    for one in texts:
        wrong = [each for each in one.claims if each["verdict"] != "supported"]
        assert not wrong, (one.text, wrong)
        assert not [each for each in one.warnings if each["blocks"]], (one.text, one.warnings)
    assert sum(len(one.claims) for one in texts) > len(texts)  # they do say something


def test_every_text_is_inside_its_limits(
    drafts: list[tuple[Product, str, str, list[Composed]]],
) -> None:
    """Each part, by its own count."""
    for _, channel, locale, found in drafts:
        for name, part in CHANNELS[channel].parts.items():
            for one in found:
                assert 0 < part.length(one.parts[name]) <= part.limit(locale)


def test_siblings_differ(drafts: list[tuple[Product, str, str, list[Composed]]]) -> None:
    """No two are equal, and each begins from another angle while there are angles."""
    for _, _, _, found in drafts:
        assert len({one.text.casefold() for one in found}) == len(found)
        assert {one.angle for one in found} <= set(ANGLES)
    angled = [len({one.angle for one in found}) == len(found) for *_, found in drafts]
    assert sum(angled) >= 0.9 * len(angled)


def test_no_sentence_is_said_twice_and_nothing_is_left_open(
    drafts: list[tuple[Product, str, str, list[Composed]]],
) -> None:
    """No placeholder, no empty bracket, no doubled mark."""
    for *_, found in drafts:
        for one in found:
            assert not [each for each in one.warnings if each["code"] == "repetition"], one.text
            for sign in ("\x01", "{", "}", "None", "  ", "。。", "..", "，，", " ,"):
                assert sign not in one.text, one.text


@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - set(CHEAP)))
def test_every_other_channel_is_written(goods: list[Product], channel: str) -> None:
    """In each of its languages, publishable as it is."""
    for locale in CHANNELS[channel].locales:
        for one in compose(product(goods, "NI-HP-101"), channel=channel, locale=locale):
            assert not [each for each in one.claims if each["verdict"] != "supported"], one.text
            assert not [each for each in one.warnings if each["blocks"]], one.warnings
            assert set(one.parts) == set(CHANNELS[channel].parts)


def written(goods: list[Product], sku: str, channel: str, locale: str) -> dict[str, Composed]:
    """Return the texts of a product for a channel, by angle."""
    found = compose(product(goods, sku), channel=channel, locale=locale, variants=4)
    return {one.angle: one for one in reversed(found)}


def test_channels_differ_in_form(goods: list[Product]) -> None:
    """A note asks and has topics, a letter greets and signs, a text message says who and how to
    leave, a stream tells the host what to do."""
    of = {one: written(goods, "TB-BP-602", one, "zh-hans")["occasion"].parts
          for one in ("social_xhs", "social_wechat", "moments", "email", "push", "sms",
                      "livestream", "banner")}  # fmt: skip
    seller = product(goods, "TB-BP-602").merchant
    note, letter, shop = (
        of["social_xhs"]["body"], of["email"]["body"], seller.name_zh or seller.name
    )  # fmt: skip
    assert of["social_xhs"]["title"].endswith("？") and "评论区" in note and "#背包" in note
    assert letter.startswith("您好") and letter.endswith(f"祝好，\n{shop}")
    assert "◎ 细节\n" in of["social_wechat"]["body"]
    assert "#" not in of["moments"]["body"] and of["moments"]["body"].endswith("商品页。")
    assert of["sms"]["body"].startswith(f"【{shop}】") and of["sms"]["body"].endswith("拒收请回复R")
    assert "\n动作：" in of["livestream"]["script"] and "\n互动：" in of["livestream"]["script"]
    heads = [of["social_xhs"]["title"], of["email"]["subject"], of["push"]["title"],
             of["social_wechat"]["title"], of["banner"]["headline"]]  # fmt: skip
    assert len(set(heads)) == len(heads)


def test_an_english_letter_and_text_message_have_their_form(goods: list[Product]) -> None:
    """Greeting, one call, a name; sender first, the way out last."""
    seller = product(goods, "TB-BP-602").merchant
    shop = seller.name_en or seller.name
    letter = written(goods, "TB-BP-602", "email", "en")["benefit"].parts["body"]
    assert letter.startswith("Hello,") and letter.endswith(f"Best wishes,\n{shop}")
    assert "page" in letter.split("\n\n")[-2]
    message = written(goods, "TB-BP-602", "sms", "en")["benefit"].parts["body"]
    assert message.startswith(f"{shop}: ") and message.endswith("Reply STOP to opt out.")


def test_the_same_brief_reads_the_same(goods: list[Product]) -> None:
    """Nothing is left to chance."""
    scarf = product(goods, "CL-AC-802")
    first, again = (compose(scarf, channel="email", locale="en") for _ in range(2))
    assert [one.parts for one in first] == [one.parts for one in again]


def test_words_to_avoid_are_avoided_and_segments_move_their_words_forward(
    goods: list[Product],
) -> None:
    """A shop's voice and a brief's segment change what is said, never what is true."""
    scarf = product(goods, "CL-AC-802")
    voice = Voice()
    voice.words_to_avoid = ["merino", "fringes"]
    for one in compose(scarf, channel="description", locale="en", voice=voice):
        assert "fringes" not in one.text.casefold()
    bag = product(goods, "PK-HB-203")
    plain = compose(bag, channel="title", locale="en", variants=4)
    for_travel = compose(bag, channel="title", locale="en", variants=4, segment="travel")
    heads = [next(one for one in found if one.angle == "occasion") for found in (plain, for_travel)]
    assert "for a Date" in heads[0].text and "for Travel" in heads[1].text


@pytest.mark.parametrize(
    "brief",
    [{"channel": "radio", "locale": "en"}, {"channel": "social_xhs", "locale": "en"},
     {"channel": "title", "locale": "en", "tone": "shouted"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_what_would(
    goods: list[Product], brief: dict[str, str]
) -> None:
    """By an error that names the choices."""
    with pytest.raises(CannotCompose, match=r"There are|only in"):
        compose(goods[0], **brief)  # type: ignore[arg-type]


def test_what_a_person_typed_is_held_to_the_same(goods: list[Product]) -> None:
    """A wrong figure, an absolute term and a word the shop does not use are marked in place."""
    scarf, voice = product(goods, "CL-AC-802"), Voice()
    voice.words_to_avoid = ["cosy"]
    words = "The best scarf in the world: 250 cm of cosy merino."
    found = examine(words, product=scarf, channel="title", locale="en", voice=voice)
    assert not found.publishable
    assert "250 cm" in {one["text"] for one in found.unsupported}
    codes = {one["code"]: words[one["start"] : one["end"]] for one in found.warnings}
    assert codes == {"absolute": "The best", "voice": "cosy"}
    assert examine(
        {"title": "Merino Wool Scarf, 180 cm"}, product=scarf, channel="title", locale="en"
    ).publishable


def test_a_model_only_rephrases_and_is_held_to_the_facts(goods: list[Product]) -> None:
    """What it says truly stays, what it makes up does not."""
    asked: list[str] = []

    def model(request: Asked) -> Iterator[str]:
        asked.append(request.lines)
        for number, line in enumerate(request.lines.split("\n")):
            text = line.split(". ", 1)[1]
            yield f"{number + 1}. {'The best ever! ' if number else 'Indeed: '}{text}\n"

    scarf = product(goods, "CL-AC-802")
    (one,) = compose(
        scarf, channel="description", locale="en", variants=1,
        writer=Rewriter("parrot", model, total_s=9),
    )  # fmt: skip
    assert one.writer == "parrot" and "Indeed: " in one.text and "best ever" not in one.text
    assert "180" not in asked[0] and "{figure_" in asked[0]  # figures never leave


def test_a_writer_that_fails_costs_its_turn_of_phrase_only(goods: list[Product]) -> None:
    """The realiser's text stays."""
    silent = Rewriter("silent", lambda _asked: iter(()))
    scarf = product(goods, "CL-AC-802")
    (one,) = compose(scarf, channel="bullets", locale="en", variants=1, writer=silent)
    assert one.writer == "realiser" and one.parts["bullets"]


def test_a_product_that_is_not_sold_is_not_written_about(goods: list[Product]) -> None:
    """The ledger knows nothing of it."""
    with pytest.raises(CannotCompose, match="not on sale"):
        compose(goods[0], channel="title", locale="en", ledger=Ledger(currency="USD"))


def run(*arguments: str) -> dict[str, Any]:
    """Run the command and return its JSON."""
    out = StringIO()
    call_command("write_copy", *arguments, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_command_writes_what_the_contract_promises(goods: list[Product]) -> None:
    """Variants with text, claims and warnings, and the writer."""
    found = run("--sku", "CL-AC-802", "--channel", "search_ad", "--locale", "zh-hans")
    assert found["writer"] == "realiser" and len(found["variants"]) == 3
    for one in found["variants"]:
        assert one["text"] and one["claims"] and one["warnings"] == []
        assert {"text", "kind", "verdict", "fact"} <= set(one["claims"][0])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--sku", "NOPE", "--channel", "title", "--locale", "en"), "SKUs are exact"),
     (("--sku", "CL-AC-802", "--channel", "tv", "--locale", "en"), "There are: title"),
     (("--sku", "CL-AC-802", "--channel", "social_en", "--locale", "zh-hans"), "only in en"),
     (("--sku", "CL-AC-802", "--channel", "title", "--locale", "en", "--tone", "x"), "plain"),
     (("--sku", "CL-AC-802", "--channel", "title", "--locale", "en", "--variants", "99"), "1 to")],
)  # fmt: skip
def test_the_command_says_what_is_wrong_and_what_would_do(
    goods: list[Product], arguments: tuple[str, ...], says: str
) -> None:
    """In one line."""
    with pytest.raises(CommandError, match=says):
        run(*arguments)


def test_plans_of_copy_are_said_by_nobody_else(goods: list[Product]) -> None:
    """The realiser hands sentences back as they are."""
    from shopguide.writing import Realiser

    assert list(Realiser().reworded(["a", "b"], Plan("copy"))) == ["a", "b"]
