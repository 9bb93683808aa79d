"""What holds nothing to check must be talk, or the shop's own words."""

import pytest

from catalog.claims import check
from catalog.claims.talk import only_talk
from tests.catalog.claims.market import ledger, product

HELD = ledger(product("CL-TS-101"))


@pytest.mark.parametrize(
    "text",
    ["Let me know if you need anything else.", "Take your time.", "These come first:",
     "Sorry for the wait, I'm checking.", "Would it suit you?", "您慢慢看，不着急。",
     "抱歉久等，我再查一下。", "谢谢大家。"],
)  # fmt: skip
def test_talk_stays(text: str) -> None:
    assert only_talk(text.casefold())
    assert check(text, language="en", ledger=HELD).clean == text


@pytest.mark.parametrize(
    "text",
    ["It turns heads wherever you go.", "You will thank me later, it is flawless.",
     "Everybody at the office wants one.", "穿上它整个人都精神了。", "这手感没得挑。",
     "我敢说你在外面找不到这个价。"],
)  # fmt: skip
def test_praise_goes_unless_code_or_the_shop_answers_for_it(text: str) -> None:
    assert check(text, language="en", ledger=HELD).clean == ""


def test_what_the_shop_wrote_stays_and_code_may_say_what_nobody_reads() -> None:
    own = product("CL-TS-101").texts[-1].split(". ")[0] + "."
    assert check(own, language="en", ledger=HELD).clean == own
    praise = "It feels like a dream."
    assert check(praise, language="en", ledger=HELD).clean == ""
    assert check(praise, language="en", ledger=HELD, unread=True).clean == praise
