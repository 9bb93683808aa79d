"""A part of a picture is shown: kept as data, drawn anew, and no import takes it away."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from catalog.editing.saving import Outcome, save
from catalog.editing.sheet import fingerprints, loaded, sheet_of
from catalog.feeds.importing import import_file
from catalog.feeds.widths import draw_widths
from catalog.models import Media, Product
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_merchant
from tests.catalog.feeds.conftest import make_import
from tests.people import make_user

pytestmark = pytest.mark.django_db
LINE = "sku,title,images,price\nA,Mug,mug.png,9.00\n"


@pytest.fixture
def shop(tmp_path: Path, settings: Any) -> Merchant:
    """Return a shop with a product and its picture, red on the left and blue on the right."""
    settings.MEDIA_ROOT = tmp_path / "media"
    picture = Image.new("RGB", (400, 200), "#ff0000")
    picture.paste("#0000ff", (200, 0, 400, 200))
    (tmp_path / "pictures").mkdir()
    picture.save(tmp_path / "pictures" / "mug.png")
    shop = make_merchant(currencies=["CNY"])
    bring(shop, tmp_path)
    return shop


def bring(shop: Merchant, folder: Path) -> None:
    """Import the product with its picture."""
    (folder / "a.csv").write_text(LINE)
    import_file(make_import(shop, folder / "a.csv", images=str(folder / "pictures")))


def sent(shop: Merchant, **box: str) -> Outcome:
    """Send the product's form with these numbers."""
    with as_merchant(shop):
        product = loaded(Product.objects.get())
        base = fingerprints(sheet_of(product))
        media = Media.objects.get()
        fields = {f"crop_{side}:{media.pk}": value for side, value in box.items()}
        return save(product, fields, base, by=make_user(f"mei{len(base)}{box}"[:40]))


def picture(shop: Merchant) -> Media:
    """Return the only picture."""
    with as_merchant(shop):
        return Media.objects.get()


def colour(media: Media, settings: Any) -> tuple[int, ...]:
    """Return the colour in the middle of what is shown."""
    with Image.open(Path(settings.MEDIA_ROOT) / media.file) as shown:
        assert shown.size == (media.width, media.height)
        return shown.convert("RGB").getpixel((shown.width // 2, shown.height // 2))  # type: ignore[return-value]


def test_a_part_is_shown_and_given_up(shop: Merchant, settings: Any) -> None:
    before = picture(shop)
    assert sent(shop, left="50", width="50").saved
    part = picture(shop)
    assert (part.width, part.height, part.box) == (200, 200, [50, 0, 50, 100])
    assert part.whole == before.file != part.file and part.widths is None
    red, _green, blue = colour(part, settings)
    assert blue > 200 and red < 60
    draw_widths(shop)
    assert picture(shop).widths == [200]
    assert sent(shop, left="0", width="25", top="10", height="50").saved
    assert (picture(shop).width, picture(shop).height) == (100, 100)
    assert colour(picture(shop), settings)[0] > 200
    assert sent(shop, width="100", top="0", height="100").saved
    whole = picture(shop)
    assert (whole.file, whole.crop, whole.width) == (before.file, None, 400)


def test_an_import_of_the_same_picture_keeps_the_part(shop: Merchant, tmp_path: Path) -> None:
    assert sent(shop, left="50", width="50").saved
    part = picture(shop)
    bring(shop, tmp_path)
    assert (picture(shop).pk, picture(shop).file, picture(shop).box) == (
        part.pk, part.file, [50, 0, 50, 100],
    )  # fmt: skip


@pytest.mark.parametrize(
    "box",
    [{"left": "60", "width": "50"}, {"width": "0"}, {"height": "101"}, {"top": "x"},
     {"left": "-1"}, {"width": "2"}],
)  # fmt: skip
def test_what_is_no_part_is_refused(shop: Merchant, box: dict[str, str]) -> None:
    before = picture(shop)
    outcome = sent(shop, **box)
    assert not outcome.saved and outcome.wrong
    assert (picture(shop).file, picture(shop).crop) == (before.file, None)


def test_a_file_that_is_gone_is_said(shop: Merchant, settings: Any) -> None:
    (Path(settings.MEDIA_ROOT) / picture(shop).file).unlink()
    outcome = sent(shop, left="50", width="50")
    assert "The picture's file is gone." in outcome.wrong.values()
