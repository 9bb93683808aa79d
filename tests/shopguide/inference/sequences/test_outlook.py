"""The shop's sequence model: kept and read again, grown, gone on with, shared, and honest."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from profiles.lab.foreseeing import QUICK, Rule, Shop, asked, reached
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.sequences.deeds import Deeds, Names
from shopguide.inference.sequences.lessons import Alone, Course, Lesson, losses_of, teach_deeds
from shopguide.inference.sequences.outlook import Outlook, Outlooks

SHOP = Shop.of(Rule.of(3), 30, 3)
FEW = SHOP.walked(40, 3)
SHORT = replace(QUICK, epochs=4, tokens=128, saved=2)


def weights_of(model: Outlook) -> dict[str, list[float]]:
    """Return what a model learnt."""
    return {name: one.ravel().tolist() for name, one in model.state_dict().items()}


def paths(model: Outlook, deeds: Deeds) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return deeds as the model is asked with."""
    starts, table = deeds.histories.starts, model.table().numpy()
    return [(table[deeds.histories.items[a:b]], deeds.actions[a:b]) for a, b in pairwise(starts)]


def test_what_is_held_out_is_the_last_other_item() -> None:
    deeds = Deeds.of([[(1, 0), (2, 0), (2, 1)], [(3, 0)], [(1, 0), (1, 1)], [(4, 0), (0, 2)]], 5,
                     names=Names(("a", "b", "c")))  # fmt: skip
    left, users, taken = deeds.held_out()
    assert (users.tolist(), taken.tolist()) == ([0, 3], [2, 0])
    assert left.histories.items.tolist() == [1, 3, 1, 1, 4]
    assert left.actions.tolist() == [0, 0, 0, 1, 0]
    only, users, _taken = deeds.held_out(np.array([0]))
    assert users.tolist() == [0] and len(only.actions) == 6
    assert deeds.steps().tolist() == [1, 7]


def test_it_is_kept_and_read_again() -> None:
    model = teach_deeds(SHOP.model(seed=1, deeds=FEW), FEW, SHORT).model
    read = Outlook.unpacked(model.packed())
    one, other = (m.foretell(paths(model, FEW)) for m in (model, read))
    assert np.array_equal(one.states, other.states) and np.array_equal(one.types, other.types)
    assert np.allclose(np.linalg.norm(one.states, axis=1), 1, atol=1e-5)
    assert np.allclose(one.actions.sum(1), 1, atol=1e-5) and one.kinds.shape == (40, 6)
    for broken in (b"", b"\x00" * 40, model.packed()[:-60], b"\xff" * 64):
        with pytest.raises(ModelUnsupported):
            Outlook.unpacked(broken)
    with pytest.raises(ModelUnsupported, match="no texts"):
        read.scores(FEW)


def test_it_answers_the_same_alone_and_among_others() -> None:
    """Padding and neighbours change nothing; the end of a long past is what counts."""
    model = SHOP.model(seed=1, deeds=FEW)
    some = paths(model, FEW)[:5]
    some = [(vectors[: n + 1], actions[: n + 1]) for n, (vectors, actions) in enumerate(some)]
    together = model.foretell(some).states
    alone = np.concatenate([model.foretell([one]).states for one in some])
    assert np.allclose(together, alone, atol=1e-5)
    long = (np.tile(some[4][0], (9, 1)), np.tile(some[4][1], 9))
    cut = (long[0][-20:], long[1][-20:])
    assert np.allclose(model.foretell([long]).states, model.foretell([cut]).states, atol=1e-6)
    scores, state = model.scores(FEW), model.foretell(paths(model, FEW)).states
    cosines = state @ model.table().numpy().T
    assert (scores.argmax(1) == cosines.argmax(1)).all()
    assert Outlooks(model).scores(FEW.histories).shape == (40, 30)


def test_it_grows_by_items_and_kinds_and_forgets_nothing() -> None:
    model = teach_deeds(SHOP.model(seed=1, deeds=FEW), FEW, SHORT).model
    more = Shop.of(Rule.of(3), 36, 3)
    text = np.concatenate([SHOP.text[::-1], more.text[30:]])
    numbers = np.array([*range(29, -1, -1), *range(100, 106)])
    names = replace(FEW.names, kinds=(*FEW.names.kinds, "new"))
    grown = model.grown(text, numbers, names)
    before, after = model.table().numpy(), grown.table().numpy()
    assert np.allclose(after[:30], before[::-1], atol=1e-5)
    by_text = grown.items.of_texts(more.text[30:])
    assert np.allclose(after[30:], by_text, atol=1e-5)
    assert grown.own_of([100, 5]).norm(dim=1)[0] == 0 < grown.own_of([100, 5]).norm(dim=1)[1]
    one, other = model.foretell(paths(model, FEW)), grown.foretell(paths(model, FEW))
    assert np.allclose(one.states, other.states, atol=1e-6) and other.kinds.shape == (40, 7)


def test_a_lesson_is_gone_on_with_where_it_was_left() -> None:
    kept: list[bytes] = []
    whole = teach_deeds(SHOP.model(seed=1, deeds=FEW), FEW, SHORT, keep=kept.append).model
    assert len(kept) == 1
    rest = teach_deeds(SHOP.model(seed=9, deeds=FEW), FEW, SHORT, checkpoint=kept[0]).model
    assert weights_of(whole) == weights_of(rest)
    other = SHOP.model(seed=1, text=False, deeds=FEW)
    with pytest.raises(ModelUnsupported, match="another lesson"):
        teach_deeds(other, FEW, SHORT, checkpoint=kept[0])


def test_two_processes_teach_what_one_does() -> None:
    """Each part's gradients, weighed by its deeds, are together those of the whole batch."""
    model = SHOP.model(seed=1, deeds=FEW)
    model.eval()
    drawing = Course(model, FEW, SHORT, Alone()).drawing
    only = {"item": 1.0}

    def gradients(users: np.ndarray) -> tuple[list[torch.Tensor], int]:
        model.zero_grad()
        found, count = losses_of(model, FEW.chosen(users), drawing)
        steps = len(FEW.chosen(users).steps())
        sum(only.get(task, 0.0) * loss for task, loss in found.items()).backward()  # type: ignore[union-attr]
        assert count > 0
        grads = [
            torch.zeros_like(p) if p.grad is None else p.grad.clone() for p in model.parameters()
        ]
        return grads, steps

    users = np.arange(40)
    whole, total = gradients(users)
    halves = [gradients(users[rank::2]) for rank in (0, 1)]
    for place, one in enumerate(whole):
        mean = sum(grads[place] * count for grads, count in halves) / total
        assert torch.allclose(one, mean, atol=1e-5)


def test_negatives_that_are_drawn_teach_as_well() -> None:
    learnt = SHOP.walked(150, 4)
    lesson = replace(QUICK, epochs=6, whole=0, negatives=12)
    model = SHOP.model(seed=1, deeds=learnt)
    question = asked(SHOP.walked(150, 5))
    before = reached(model, question)
    assert reached(teach_deeds(model, learnt, lesson).model, question) > before + 0.15


def test_what_is_frozen_stays_and_what_nobody_took_is_its_text() -> None:
    model = SHOP.model(seed=1, deeds=FEW)
    rows = [[(item % 20, 0) for item in (n, n + 1, n + 2)] for n in range(20)]
    some = Deeds.of(rows, 30, names=FEW.names)
    places, project = model.places.weight.tolist(), model.items.project
    assert project is not None
    before = project.tolist()
    teach_deeds(model, some, replace(SHORT, frozen=("places",)))
    assert model.places.weight.tolist() == places and project.tolist() != before
    own = model.items.own.detach().norm(dim=1)
    assert (own[20:] == 0).all() and (own[:20] > 0).sum() > 10
    assert all(one.requires_grad for one in model.parameters())


def test_nothing_to_learn_from_is_no_error() -> None:
    lone = Deeds.of([[(1, 0)], []], 30, names=FEW.names)
    taught = teach_deeds(SHOP.model(seed=1, deeds=FEW), lone, Lesson(epochs=2))
    assert taught.losses == {} and taught.quality is None
