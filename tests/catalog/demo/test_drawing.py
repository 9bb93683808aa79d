"""The pictures: all there, small, the same every time, and of the product they belong to."""

from functools import cache
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from catalog import demo
from catalog.demo import compact, drawing
from catalog.demo.drawing.placeholder import KINDS, placeholder
from tests.conftest import FULL

SLUGS = [shop["slug"] for shop in demo.merchants()]


@cache
def entries():
    """Return every compact product."""
    return [entry for slug in SLUGS for entry in compact.read(demo.HERE / "products" / slug)]


def by_sku(sku):
    """Return one compact product."""
    return next(entry for entry in entries() if entry["sku"] == sku)


def opened(webp):
    """Return a picture decoded."""
    return Image.open(BytesIO(webp)).convert("RGB")


@pytest.mark.parametrize("slug", SLUGS if FULL else ["tangli"])
def test_media_files_exist_and_are_small(slug, tmp_path):
    """Every file that a record names is written: WebP, 800 by 800, at most 30 kB."""
    drawn = demo.pictures(slug, tmp_path)
    named = {m["file"] for product in demo.products(slug) for m in product["media"]}
    assert {path.name for path in tmp_path.iterdir()} == named
    assert drawn == len(named)
    for path in tmp_path.iterdir():
        assert path.stat().st_size <= 30_000, path.name
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("WEBP", (800, 800))
    lost = sorted(tmp_path.iterdir())[3]
    lost.unlink()
    assert demo.pictures(slug, tmp_path) == 1, "what is there is left alone, what is lost redrawn"
    assert lost.exists()


@pytest.mark.parametrize("sku", ["CL-TS-103", "TB-RN-101", "NI-HP-101", "SW-TE-105", "PK-CT-505"])
def test_the_same_bytes_every_time(sku):
    """Drawing twice gives the same file, also after other pictures were drawn."""
    entry = by_sku(sku)
    colour = compact.colours(entry)[0]
    first = drawing.draw(entry, colour)
    drawing.draw(by_sku("TL-BD-601"), "light-blue")
    assert drawing.draw(entry, colour) == first


def test_colour_shows():
    """The red one looks redder than the navy one, in the middle of the picture."""
    jacket = by_sku("CL-JK-306")

    def middle(colour):
        return opened(drawing.draw(jacket, colour)).resize((9, 9)).getpixel((4, 5))

    red, black = middle("red"), middle("black")
    assert red[0] > black[0] + 60
    assert red[0] > red[2] + 60


def test_options_show():
    """Two products of one shape and colour, but other options, do not look the same."""
    plain, pocket = (
        {"category": "clothing/tops/t-shirts", "picture": {"shape": "t-shirt", **options}}
        for options in ({}, {"pocket": True})
    )
    one, other = (opened(drawing.draw(entry, "navy")) for entry in (plain, pocket))
    assert ImageChops.difference(one, other).getbbox() is not None


def test_a_shape_for_every_shelf():
    """There are at least forty silhouettes, and no product asks for one that is not there."""
    asked = {entry["picture"]["shape"] for entry in entries()}
    assert asked <= set(drawing.SHAPES)
    assert len(asked) >= 40


def test_file_names_follow_the_recipe():
    """Another option or colour gives another name; the same recipe gives the same name."""
    entry = by_sku("CL-TS-101")
    changed = {**entry, "picture": {**entry["picture"], "pocket": False}}
    assert compact.file_name(entry, "white") == compact.file_name(dict(entry), "white")
    assert compact.file_name(entry, "white") != compact.file_name(entry, "navy")
    assert compact.file_name(entry, "white") != compact.file_name(changed, "white")


class TestPlaceholder:
    @pytest.mark.parametrize("category", ["Men/Tops", "耳机", "kitchen/pans", "no such thing"])
    def test_is_small_and_the_same_every_time(self, category):
        """A quiet picture of its category, or a parcel, is at most 15 kB."""
        first = placeholder(category)
        assert first == placeholder(category)
        assert len(first) <= 15_000
        assert opened(first).size == (800, 800)

    def test_kinds_name_shapes_that_exist(self):
        """Every kind of thing can be drawn without options."""
        assert {shape for _, shape, _ in KINDS} <= set(drawing.SHAPES)

    def test_different_things_look_different(self):
        """A shoe is not a lamp; a word inside a word is not a hit."""
        assert placeholder("Running shoes") != placeholder("Lamps")
        assert placeholder("Laptops") == placeholder("qwertz")
