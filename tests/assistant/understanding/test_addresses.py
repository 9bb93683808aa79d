"""Addresses as they are said in talk."""

from __future__ import annotations

import pytest

from assistant.understanding.addresses import said_address, said_place


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("公司在上海市徐汇区漕溪北路398号", ("上海市", "徐汇区", "漕溪北路398号")),
        ("寄到我公司，杭州西湖区文三路90号", ("杭州市", "西湖区", "文三路90号")),
        ("改寄到北京市朝阳区建国路88号", ("北京市", "朝阳区", "建国路88号")),
        ("my office is 12 Hill Road, Leeds", ("Leeds", "", "12 Hill Road")),
        ("change it to flat 3, 8 Oak Lane Bristol BS1 5TR please",
         ("Bristol", "", "8 Oak Lane, flat 3")),
        ("to 27 King Street, Manchester, M2 4WU", ("Manchester", "", "27 King Street")),
        ("send it to 4 Mill Lane, York YO1 7HH?", ("York", "", "4 Mill Lane")),
    ],
)  # fmt: skip
def test_a_place_in_talk(text: str, parts: tuple[str, str, str]) -> None:
    found = said_place(text)
    assert (found.get("city", ""), found.get("district", ""), found["street"]) == parts


@pytest.mark.parametrize(
    "text",
    ["能不能帮我改成送到公司", "can i send it to my office instead", "will it be here by Friday?",
     "I want 2 of the Hill Road shoes", "公司地址能改吗"],
)  # fmt: skip
def test_no_place(text: str) -> None:
    assert "street" not in said_place(text)


def test_name_and_telephone_beside_it() -> None:
    found = said_address("改到杭州西湖区文三路90号，收件人张三，电话 13800001111")
    assert (found["name"], found["phone"]) == ("张三", "13800001111")
