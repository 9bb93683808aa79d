"""The comparison: nobody learns from what is measured, and both protocols say what they are."""

import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from profiles.lab.choosing import Split, renumbered
from profiles.lab.comparing import MODELS, PEERS, Bench, compare
from profiles.lab.reading import Material
from shopguide.inference.sequences.histories import Histories
from shopguide.inference.sequences.neighbours import Popular
from shopguide.inference.sequences.teaching import Recipe
from tests.shopguide.inference.sequences.test_rankers import ITEMS, ring

QUICK = ["popularity", "item_knn_transition", "ease", "linear"]


def material(histories: Histories) -> Material:
    return Material(histories, [str(number) for number in range(histories.catalogue)])


def test_what_is_measured_was_learnt_by_nobody() -> None:
    """Whatever the last item is, and for train_only the one before it, no model moves by it."""
    whole = ring(80)
    changed = whole.items.copy()
    changed[whole.starts[1:] - 1] = (changed[whole.starts[1:] - 1] + 7) % ITEMS
    other = Histories(changed, whole.starts, ITEMS)
    for protocol in ("train_only", "refit"):
        one, two = (Bench(material(h), lambda _: None).tests[protocol] for h in (whole, other))
        assert one.learnt.items.tolist() == two.learnt.items.tolist()
        assert one.asked.items.tolist() == two.asked.items.tolist()
        assert one.targets.tolist() != two.targets.tolist()
    bench = Bench(material(whole), lambda _: None)
    long = np.flatnonzero(whole.lengths >= 3)
    assert (
        bench.tests["train_only"].learnt.lengths[long].tolist()
        == (whole.lengths[long] - 2).tolist()
    )
    assert bench.tests["refit"].learnt.lengths[long].tolist() == (whole.lengths[long] - 1).tolist()
    assert bench.validation.targets.tolist() == whole.shortened(1).last()[long].tolist()


def test_short_histories_teach_and_are_not_measured() -> None:
    bench = Bench(material(Histories.of([[0, 1], [1, 2, 3, 0], [2]], 4)), lambda _: None)
    assert bench.tests["refit"].targets.tolist() == [0]
    assert bench.tests["train_only"].learnt.lengths.tolist() == [2, 2, 1]


def test_models_beat_popularity_and_report_both_protocols() -> None:
    found = compare(material(ring(200)), models=QUICK)
    assert list(found) == QUICK
    for name in QUICK[1:]:
        for protocol in ("train_only", "refit"):
            assert found[name][protocol]["ndcg@10"] > 2 * found["popularity"][protocol]["ndcg@10"]
            assert set(found[name][protocol]) == {
                "hr@5", "ndcg@5", "hr@10", "ndcg@10", "hr@20", "ndcg@20", "seconds",
            }  # fmt: skip


def test_narrowing_keeps_the_sense() -> None:
    whole = Histories.of([[0, 1, 2], [3, 1], [2, 0]], 4)
    split = Split(whole, whole.shortened(1), whole.last())
    small = split.narrowed(np.array([0, 1]))
    assert small.learnt.items.tolist() == [0, 1, 1, 0]
    assert small.learnt.catalogue == 2
    # The first user's target is gone, the second's history, the third's too.
    assert len(small.asked) == 0
    assert renumbered(whole, np.array([-1, 0, -1, 1]), 2).lengths.tolist() == [1, 2, 0]


def test_the_command_says_it_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ring(60)
    lines = [
        f"u{user} " + " ".join(str(item) for item in rows.items[start:end])
        for user, (start, end) in enumerate(zip(rows.starts, rows.starts[1:], strict=False))
    ]
    path = tmp_path / "ring.txt"
    path.write_text("\n".join(lines))
    call_command("evaluate_recommender", sequences=path, models="popularity,item_knn", json=True)
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(answer) == {"popularity", "item_knn"}
    assert set(answer["item_knn"]) == {"train_only", "refit"}


def test_seeds_run_apart_are_the_seeds_run_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def taught(histories: Histories, *, recipe: Recipe, **_rest: object) -> Popular:
        asked.append(recipe.seed)
        return Popular.fit(histories)

    monkeypatch.setattr("profiles.lab.comparing.teach_committee", taught)
    compare(material(ring(60)), models=("sequence",), seeds=range(4, 6))
    assert asked == [4, 5, 4, 5]  # under both protocols


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"models": "oracle"}, "oracle"),
        ({"seeds": 0}, "seeds"),
        ({"first_seed": 0}, "first seed"),
        ({"sequences": Path("missing.txt")}, "cannot be read"),
    ],
)
def test_the_command_refuses_in_one_line(tmp_path: Path, options: dict, word: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("u 1 2 3\n")
    with pytest.raises(CommandError, match=word):
        call_command("evaluate_recommender", **({"sequences": path} | options))


def test_every_peer_is_named() -> None:
    assert set(PEERS) < set(MODELS)
