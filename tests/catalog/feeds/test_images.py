"""Pictures: found, checked, drawn anew; whatever is wrong with one costs that one alone."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from catalog.feeds import images
from catalog.feeds.images import Folder, Pictures, Zip, shelf
from catalog.feeds.problems import Bad, Fault, Refused
from catalog.models import Media
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import, tee

pytestmark = pytest.mark.django_db


def picture(width: int = 60, height: int = 40, kind: str = "PNG", colour: Any = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one picture."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "red.png").write_bytes(picture())
    return tmp_path / "pictures"


def media_of(*names: str) -> list[dict[str, Any]]:
    return [{"file": name, "alt": {"en": f"Seen {name}"}} for name in names]


def rows_of(shop: Merchant) -> list[Media]:
    with as_merchant(shop):
        return list(Media.objects.all())


def test_a_picture_is_stored_small_and_without_metadata(
    imported: Import, shop: Merchant, folder: Path, media: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif.get_ifd(0x8825)[1] = "N"  # a place
    Image.new("RGB", (3000, 1500), "blue").save(folder / "big.jpg", exif=exif)
    report = imported([tee(media=[{"file": "big.jpg"}])], images=str(folder))
    assert report.errors == []
    (row,) = rows_of(shop)
    assert (row.width, row.height, row.source) == (600, 1200, "big.jpg")
    assert row.file.startswith(f"{shop.pk}/") and row.file.endswith(".webp")
    with Image.open(media / row.file) as stored:
        assert (stored.format, stored.size) == ("WEBP", (600, 1200))
        assert not stored.getexif() and "exif" not in stored.info and "xmp" not in stored.info
    assert not list((media / str(shop.pk)).glob("*.part"))


def test_transparency_is_kept(folder: Path, media: Path) -> None:
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(folder / "clear.png")
    Image.new("P", (10, 10)).save(folder / "palette.gif", transparency=0)
    for name in ("clear.png", "palette.gif"):
        stored = Pictures(Folder(folder), 1).store(name)
        assert Image.open(media / stored.file).mode == "RGBA"


def test_the_same_picture_again_is_not_drawn_again(
    imported: Import, shop: Merchant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "copy.png").write_bytes(picture())
    product = tee(media=[{"file": "red.png"}, {"file": "copy.png"}])
    imported([product], images=str(folder))
    before = rows_of(shop)
    assert len(before) == 1
    monkeypatch.setattr(images, "draw", lambda content: pytest.fail("drawn again"))
    assert imported([product], images=str(folder)).unchanged == 1
    assert rows_of(shop) == before


def test_order_alt_and_options_of_pictures(imported: Import, shop: Merchant, folder: Path) -> None:
    for colour in ("blue", "green"):
        (folder / f"{colour}.png").write_bytes(picture(colour=colour))
    entries = media_of("red.png", "blue.png")
    entries[1]["options"] = {"colour": "white"}
    imported([tee(media=entries)], images=str(folder))
    assert [(m.source, m.position, m.alt_en, m.options) for m in rows_of(shop)] == [
        ("red.png", 0, "Seen red.png", {}), ("blue.png", 1, "Seen blue.png", {"colour": "white"}),
    ]  # fmt: skip
    imported([tee(media=media_of("green.png", "red.png"))], images=str(folder))
    assert [(m.source, m.position) for m in rows_of(shop)] == [("green.png", 0), ("red.png", 1)]


def test_a_variants_picture_shows_what_its_variants_share(
    imported: Import, shop: Merchant, folder: Path
) -> None:
    (folder / "blue.png").write_bytes(picture(colour="blue"))
    rows = "".join(
        f"{c}-{s},P,Shirt,{c},{s},{c}.png\n" for c in ("red", "blue") for s in ("S", "M")
    )
    imported("sku,product_sku,title,option_Color,option_Size,image\n" + rows, images=str(folder))
    assert {m.source: m.options for m in rows_of(shop)} == {
        "red.png": {"Color": "red"}, "blue.png": {"Color": "blue"},
    }  # fmt: skip


def test_a_changed_picture_replaces_the_old_one(
    imported: Import, shop: Merchant, folder: Path
) -> None:
    imported([tee(media=media_of("red.png"))], images=str(folder))
    (folder / "red.png").write_bytes(picture(colour="maroon"))
    assert imported([tee(media=media_of("red.png"))], images=str(folder)).updated == 1
    assert len(rows_of(shop)) == 1


def test_pictures_of_the_shops_own_and_missing_ones_stay(
    imported: Import, shop: Merchant, folder: Path
) -> None:
    imported([tee(media=media_of("red.png"))], images=str(folder))
    with as_merchant(shop):
        Media.objects.create(
            merchant=shop, product=Media.objects.get().product, file="own.webp", source=""
        )
    (folder / "red.png").unlink()
    report = imported([tee(media=media_of("red.png"))], images=str(folder))
    assert [e.fault for e in report.errors] == [Fault.PICTURE_MISSING]
    assert {m.source for m in rows_of(shop)} == {"red.png", ""}


def test_an_address_that_nobody_answers_costs_the_picture_alone(
    imported: Import, shop: Merchant
) -> None:
    report = imported([tee(media=media_of("https://x.example/a.jpg"))])
    assert [e.fault for e in report.errors] == [Fault.PICTURE_UNREACHABLE]
    assert (report.created, rows_of(shop)) == (1, [])


def test_names_without_pictures_are_said_once(imported: Import, shop: Merchant) -> None:
    report = imported([tee(f"T{n}", media=media_of("a.jpg", "b.jpg")) for n in range(3)])
    assert [(e.line, e.column, e.fault) for e in report.errors] == [
        (1, "media[0]", Fault.PICTURES_NONE)
    ]
    assert report.created == 3


def hostile() -> dict[str, tuple[bytes, Fault]]:
    """Return files that are no pictures to show, with the reason."""
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    frames = io.BytesIO()
    shots = [Image.new("L", (2, 2), n % 250) for n in range(300)]
    shots[0].save(frames, "GIF", save_all=True, append_images=shots[1:], loop=0)
    whole = picture(200, 200, "JPEG", "red")
    return {
        "bomb.png": (bomb.getvalue(), Fault.PICTURE_LARGE),
        "frames.gif": (frames.getvalue(), Fault.PICTURE_LARGE),
        "cut.jpg": (whole[: len(whole) // 2], Fault.PICTURE_BAD),
        "cut.png": (picture()[:60], Fault.PICTURE_BAD),
        "vector.svg": (b"<svg onload='x()'/>", Fault.PICTURE_BAD),
        "page.jpg": (b"<html><script>x()</script></html>", Fault.PICTURE_BAD),
        "empty.png": (b"", Fault.PICTURE_BAD),
        "icon.ico": (picture(16, 16, "ICO"), Fault.PICTURE_BAD),
        "big.jpg": (b"\xff\xd8" + bytes(images.MOST_FILE_BYTES), Fault.PICTURE_LARGE),
    }


@pytest.mark.parametrize("zipped", [False, True])
def test_hostile_files_are_refused_and_nothing_is_stored(
    folder: Path, tmp_path: Path, media: Path, zipped: bool
) -> None:
    files = hostile()
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, (content, _fault) in files.items():
            (folder / name).write_bytes(content)
            packed.writestr(name, content)
    pictures = Pictures(shelf(tmp_path / "pictures.zip" if zipped else folder), 1)
    for name, (_content, fault) in files.items():
        for _again in range(2):
            refusal = None
            try:
                pictures.store(name)
            except Bad as bad:
                refusal = bad.fault
            assert (name, refusal) == (name, fault)
    assert not media.exists() or not list(media.rglob("*.webp"))


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/../../secret.png", "a/../../secret.png", "..", "", "link.png",
             "..\\secret.png", "red.png\0.jpg", "sub"],
)  # fmt: skip
def test_nothing_outside_the_folder_is_read(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "sub").mkdir()
    with pytest.raises(Bad) as caught:
        Pictures(Folder(folder), 1).store(name)
    assert caught.value.fault == Fault.PICTURE_MISSING


@pytest.mark.parametrize("name", ["/m/h/a.jpg", "m/h/a.jpg", "m\\h\\a.jpg"])
@pytest.mark.parametrize("stored_as", ["m/h/a.jpg", "m_h_a.jpg", "a.jpg"])
def test_the_names_under_which_exports_keep_pictures(
    folder: Path, name: str, stored_as: str
) -> None:
    (folder / stored_as).parent.mkdir(parents=True, exist_ok=True)
    (folder / stored_as).write_bytes(picture(kind="JPEG"))
    assert Pictures(Folder(folder), 1).store(name).width == 60


def test_only_honest_members_of_a_zip_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "pictures.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../out.png", picture())
        packed.writestr("/abs.png", picture())
        link = zipfile.ZipInfo("link.png")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("deep/inside/fine.png", picture())
    held = Zip(path)
    assert [held.read(name) for name in ("../out.png", "out.png", "/abs.png", "link.png")] == [
        None
    ] * 4
    assert held.read("fine.png") == held.read("deep/inside/fine.png") == picture()


def test_a_zip_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04rest")
    for path in (tmp_path / "broken.zip", tmp_path / "gone"):
        with pytest.raises(Refused):
            shelf(path)
