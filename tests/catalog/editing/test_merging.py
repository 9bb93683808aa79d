"""Two people's changes: untouched fields are nobody's, a clash is shown, theirs can be taken."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.editing.merging import merge
from catalog.editing.sheet import fingerprints

WAS = {"brand": "Loom", "title:en": "Hoodie", "description:en": "Warm.\nSoft.", "active:3": "1"}
BASE = fingerprints(WAS)


def test_untouched_fields_are_no_changes() -> None:
    sent = WAS | {"description:en": "Warm.\r\nSoft.", "shown:active:3": "1"}
    assert merge(sent, BASE, WAS | {"brand": "Other"}).changes == {}


def test_changes_of_different_fields_both_stand() -> None:
    done = merge(WAS | {"title:en": "Red hoodie"}, BASE, WAS | {"brand": "Other"})
    assert (done.changes, done.conflicts) == ({"title:en": "Red hoodie"}, {})


def test_the_same_field_is_a_conflict_unless_both_say_the_same() -> None:
    theirs = WAS | {"brand": "Theirs"}
    done = merge({"brand": "Mine"}, BASE, theirs)
    assert (done.changes, done.conflicts) == ({"brand": "Mine"}, {"brand": "Theirs"})
    assert not merge({"brand": "Theirs"}, BASE, theirs).changes
    assert not merge({"brand": "Mine", "take:brand": "1"}, BASE, theirs).changes


def test_a_box_counts_only_if_it_was_shown() -> None:
    assert merge({}, BASE, WAS).changes == {}
    assert merge({"shown:active:3": "1"}, BASE, WAS).changes == {"active:3": ""}


def test_what_is_gone_is_told_and_what_can_be_filled_in_is_not() -> None:
    base = fingerprints({"sku:9": "A", "price:9:USD": ""})
    done = merge({"sku:9": "B", "price:9:USD": "5"}, base, {})
    assert (done.gone, done.changes) == ({"sku:9": "B"}, {"price:9:USD": "5"})


@given(st.dictionaries(st.sampled_from(sorted(WAS)), st.text(max_size=20)),
       st.dictionaries(st.sampled_from(sorted(WAS)), st.text(max_size=20)))  # fmt: skip
def test_no_edit_is_lost(mine: dict[str, str], theirs: dict[str, str]) -> None:
    done = merge(mine, BASE, WAS | theirs)
    for key, value in mine.items():
        if key in done.changes or key == "active:3":
            continue
        now = (WAS | theirs)[key].strip()
        cleaned = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
        assert cleaned in (now, WAS[key]), "neither written nor what there is"
    for key in theirs:
        if key in done.changes and key not in done.conflicts:
            assert (WAS | theirs)[key].strip() == WAS[key]
