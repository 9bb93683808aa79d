"""What is held back teaches nothing, and the same is held back each time."""

from shopguide.inference.contrast.pairs import CHOOSE, JUDGE, LEARN, Material, Pair, part_of
from tests.shopguide.inference.contrast.market import market


def shared(asked: str, group: int) -> Pair:
    """Return a pair of a question that many ask."""
    return Pair(asked, f"text {group}", f"{group}", "searches", shared=True)


def test_a_group_is_of_one_part_whatever_is_said_of_it() -> None:
    for number in range(50):
        parts = {
            part_of(Pair(f"q{family}", f"d{family}", f"{number}", family))
            for family in ("title", "sentence", "across")
        }
        assert len(parts) == 1 and parts <= {LEARN, CHOOSE, JUDGE}


def test_neither_a_judged_thing_nor_a_judged_question_is_learnt_from() -> None:
    pairs = [shared(f"question {n % 40}", n) for n in range(800)]
    material = Material(pairs)
    learnt = [material.pairs[row] for row in material.learnt]
    judged = [
        one for one, part in zip(material.pairs, material.parts, strict=True) if part == JUDGE
    ]
    assert learnt and judged
    assert not {one.group for one in learnt} & {one.group for one in judged}
    assert not {one.asked for one in learnt} & {one.asked for one in judged}


def test_parts_do_not_hang_on_order_or_on_what_else_there_is() -> None:
    one, other = market(60), market(60)[::-1]
    assert Material(one).fingerprint == Material(other).fingerprint
    assert Material(one).fingerprint != Material(one[1:]).fingerprint
    part = dict(zip(Material(one).pairs, Material(one).parts, strict=True))
    fewer = Material(one[:30])
    assert all(part[pair] == found for pair, found in zip(fewer.pairs, fewer.parts, strict=True))


def test_a_ranking_asks_held_back_questions_of_all_documents() -> None:
    material = Material([*market(60), *market(20, seed=2, family="sentence")])
    ranking = material.ranking("title", JUDGE)
    assert ranking is not None and len(ranking.documents) == 60
    assert len(ranking.questions) == material.counts()["title"][JUDGE] > 0
    asked = {material.queries[row] for row in ranking.questions}
    assert asked <= {one.asked for one in material.pairs if part_of(one) == JUDGE}
    assert Material([Pair("a", "b", "c", "d")]).ranking("d", "nothing") is None


def test_what_two_things_say_alike_answers_for_both() -> None:
    pairs = [Pair(f"q{n}", "the same of all", f"{n}", "title") for n in range(60)]
    ranking = Material(pairs).ranking("title", JUDGE)
    assert ranking is not None and len(ranking.documents) == 1
    assert all(right.tolist() == [0] for right in ranking.right)
