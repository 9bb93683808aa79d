"""Messages are cut into what they ask; nothing that was said is lost."""

import pytest

from assistant.understanding.splitting import asks_in, in_one


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("If I don't like it, can I return it, and who pays the postage?",
         ["If I don't like it, can I return it", "and who pays the postage?"]),
        ("多久到，能开发票吗", ["多久到", "能开发票吗"]),
        ("可以退吗？我没拆过，运费谁出", ["可以退吗？我没拆过", "运费谁出"]),
        ("that's fine. has it been sent and can I still cancel?",
         ["that's fine. has it been sent", "and can I still cancel?"]),
        ("我要退款，多久能到账", ["我要退款", "多久能到账"]),
        # what is only told or supposed, and what is no question alone, stays with its ask
        ("I bought it in May and it broke, what can I do?", None),
        ("can I send it back if I have worn it", None),
        ("有没有更快的快递，多少钱", None),
        ("can I pay by card, or by instalments?", None),
        # of goods alone a message stays whole
        ("我想买条牛仔裤，黑色的，有大码吗", None),
        ("is it waterproof, and how heavy is it?", None),
        ("", None),
    ],
)  # fmt: skip
def test_each_ask_is_heard_with_what_is_told_beside_it(text: str, asks: list[str] | None) -> None:
    assert asks_in(text) == (asks if asks is not None else [text] if text else [])


def test_messages_in_a_row_are_one() -> None:
    assert in_one(["hi", "a mug?", "under 60"]) == "hi, a mug? under 60"
    assert in_one(["我的订单呢\n到哪了", "  ", "能退吗"]) == "我的订单呢，到哪了，能退吗"
    assert in_one([]) == ""
