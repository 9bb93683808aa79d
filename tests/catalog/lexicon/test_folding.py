"""Forms of one word become one form, and every folded character knows where it came from."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.lexicon.folding import align, fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＷＩＦＩ６　路由器", "wifi6 路由器"),
        ("無線藍牙耳機", "无线蓝牙耳机"),
        ("頭髮 乾燥 裡面 著名", "头发 干燥 里面 著名"),
        ("皇后", "皇后"),
        ("Straße", "strasse"),
        ("T-Shirt", "t-shirt"),
        ("ad\u200bmin\ufeff", "admin"),
        ("５００㎖", "500ml"),
        ("e\u0301tui", "étui"),
        ("\U000e0041hidden\U000e0042", "hidden"),
        ("❤\ufe0f", "❤"),
        ("a\x00b\tc", "ab\tc"),
    ],
)
def test_width_case_script_and_invisible_characters_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_is_idempotent_on_any_text(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)))
def test_folding_is_idempotent_on_any_chinese(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_alignment_stays_inside_the_text_and_in_order(text: str) -> None:
    folded, offsets = align(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert all(0 <= place <= len(text) for place in offsets)
    assert offsets[-1] == len(text)


def test_alignment_points_at_the_source_of_each_character() -> None:
    folded, offsets = align("㎖\u200b藍A")
    assert folded == "ml蓝a"
    assert offsets == [0, 0, 2, 3, 4]


def test_one_converter_serves_many_threads() -> None:
    texts = [f"無線藍牙耳機第{n}款 頭髮乾燥" for n in range(500)]
    alone = [fold(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(fold, texts)) == alone


def test_folding_is_fast_enough_to_index_with() -> None:
    started = time.process_time()
    for _ in range(2000):
        fold("新款無線藍牙耳機，入耳式降噪，適用蘋果華為")
    assert (time.process_time() - started) / 2000 < 100e-6
