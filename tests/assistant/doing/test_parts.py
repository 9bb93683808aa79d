"""Which of its own facts a question asks of a thing, by what its shop calls them."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.doing.parts import amount_in_title, by_value, own_facts, titled, with_unit
from catalog.assembling import Whole

LAPTOP = {
    "display_diagonal": 13.3, "display_resolution": "1920 x 1080", "processor_model": "Q7-1100",
    "processor_front_side_bus": 1066, "internal_memory": 8, "maximum_internal_memory": 32,
    "weight": 1310, "package_weight": 2400, "touchscreen": False, "colour_toner_page_yield": 900,
    "type": "Original",
}  # fmt: skip
WATCH = {"机芯类型": "石英", "表带材质": "硅胶", "防水深度": "50m"}


def thing_of(title: str, facts: dict[str, Any]) -> Whole:
    texts = SimpleNamespace(all=lambda: [SimpleNamespace(title=title)])
    return cast(Whole, SimpleNamespace(product=SimpleNamespace(texts=texts, attributes=facts)))


@pytest.mark.parametrize(
    ("facts", "question", "codes"),
    [
        (LAPTOP, "which has the biggest screen?", "display_diagonal"),
        (LAPTOP, "what processor does it have?", "processor_model"),
        (LAPTOP, "how heavy is it?", "weight"), (LAPTOP, "how much ram?", "internal_memory"),
        (LAPTOP, "is it a touchscreen?", "touchscreen"), (LAPTOP, "does it have a webcam?", ""),
        (LAPTOP, "how many pages does it print?", "colour_toner_page_yield"),
        (LAPTOP, "what is the maximum memory", "maximum_internal_memory"),
        (WATCH, "表带是什么材质的", "表带材质"), (WATCH, "防水多深？", "防水深度"),
        (WATCH | {"尺寸": "40mm", "内存": "4GB"}, "内存多大", "内存"),
        (WATCH | {"尺寸": "40mm"}, "它多大", "尺寸"),
        (WATCH, "机芯是什么", "机芯类型"), (WATCH, "带闹钟吗", ""),
    ],
)  # fmt: skip
def test_what_a_question_names(facts: dict[str, Any], question: str, codes: str) -> None:
    names = {code: [code.replace("_", " ")] for code in facts}
    assert " ".join(own_facts(thing_of("Aster 13 Notebook", facts), question, names)) == codes


def test_what_a_title_says() -> None:
    washer = thing_of("云岚滚筒洗衣机 10公斤 变频", {})
    assert titled(washer, "是滚筒的吗") == ["滚筒"]
    assert titled(washer, "第一个变频吗") == ["变频"]
    assert titled(washer, "带烘干吗") == []
    assert amount_in_title(thing_of("润唇膏 1.5g", {}), "有几克") == "1.5g"
    assert amount_in_title(thing_of("夜间面膜 70ml", {}), "多大容量？") == "70ml"
    assert amount_in_title(washer, "多大容量？") == ""


def test_a_number_gets_the_unit_of_the_title() -> None:
    laptop = thing_of('Aster Notebook 33.8 cm (13.3") 8 GB', LAPTOP)
    assert with_unit(laptop, 13.3) == '13.3"'
    assert with_unit(laptop, 8) == "8 GB"
    assert with_unit(laptop, 1310) == ""


def test_a_value_that_a_question_names() -> None:
    assert by_value(thing_of("Toner", LAPTOP), "is it original or compatible?") == ["type"]
