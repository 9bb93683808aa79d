"""Pictures at addresses: fetched once, checked, drawn anew in four widths, and hashed."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from catalog.feeds import remote
from catalog.feeds.problems import Fault
from catalog.feeds.undoing import undo_import
from catalog.feeds.widths import WIDTHS, difference, draw_widths, likeness_of, width_name
from catalog.models import CatalogImport, Media, Product
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.outbound import Blocked, Fetched, TooLarge, Unreachable
from tests.catalog.feeds.conftest import Import, tee

pytestmark = pytest.mark.django_db
PICTURE = "https://pictures.example/tee.jpg"


def photo(size: tuple[int, int] = (1500, 1000), *, exif: bool = True, kind: str = "JPEG") -> bytes:
    """Return a photograph with a place in its metadata."""
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(picture).rectangle((20, 20, size[0] // 3, size[1] // 2), fill="navy")
    said = Image.Exif()
    said.get_ifd(0x8825)[1] = "N"
    stream = io.BytesIO()
    picture.save(stream, kind, **({"exif": said} if exif else {}))
    return stream.getvalue()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return a web of pages by address; what is an exception is raised."""
    pages: dict[str, Any] = {"asked": []}

    def fetch(url: str, **_limits: Any) -> Fetched:
        pages["asked"].append(url)
        page = pages.get(url, Unreachable(url))
        if isinstance(page, Exception):
            raise page
        return Fetched(url, page, "image/jpeg")

    monkeypatch.setattr(remote, "fetch", fetch)
    return pages


def with_pictures(*addresses: str, sku: str = "T1") -> dict[str, Any]:
    return tee(sku, media=[{"file": address} for address in addresses])


def media_of(shop: Merchant) -> list[Media]:
    with as_merchant(shop):
        return list(Media.objects.filter(merchant=shop))


def test_a_picture_is_fetched_once_checked_and_stripped(
    shop: Merchant, imported: Import, web: dict[str, Any], media: Path
) -> None:
    web[PICTURE] = photo()
    report = imported([with_pictures(PICTURE), with_pictures(PICTURE, sku="T2")])
    assert report.errors == []
    assert web["asked"] == [PICTURE]
    stored = media_of(shop)
    assert {(each.source, each.width, each.height) for each in stored} == {(PICTURE, 1200, 800)}
    content = (media / stored[0].file).read_bytes()
    assert b"Exif" not in content and content[8:12] == b"WEBP"
    assert imported([with_pictures(PICTURE), with_pictures(PICTURE, sku="T2")]).unchanged == 2
    assert web["asked"] == [PICTURE]


def bomb() -> bytes:
    """Return a PNG of 20,000 by 20,000 pixels in a few kilobytes."""
    import struct
    import zlib

    def part(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", b"") + part(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>'


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (Blocked("inside"), Fault.PICTURE_INSIDE),
        (TooLarge("large"), Fault.PICTURE_LARGE),
        (Unreachable("gone"), Fault.PICTURE_UNREACHABLE),
        (b"<html>not a picture</html>", Fault.PICTURE_BAD),
        (SVG, Fault.PICTURE_BAD),
        (b"", Fault.PICTURE_BAD),
        (photo()[:4_000], Fault.PICTURE_BAD),
        (bomb(), Fault.PICTURE_LARGE),
        (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", Fault.PICTURE_BAD),
    ],
)
def test_a_bad_picture_is_reported_and_the_product_stays(
    imported: Import, web: dict[str, Any], media: Path, page: Any, fault: Fault
) -> None:
    web[PICTURE] = page
    report = imported([with_pictures(PICTURE)])
    assert [(e.column, e.value, e.fault) for e in report.errors] == [("media[0]", PICTURE, fault)]
    assert report.created == 1
    assert not media.exists() or not list(media.rglob("*.*"))


def test_what_is_two_kinds_at_once_is_only_its_pixels(
    shop: Merchant, imported: Import, web: dict[str, Any], media: Path
) -> None:
    web[PICTURE] = photo(kind="PNG", exif=False) + b"<script>alert(1)</script>PK\x03\x04"
    imported([with_pictures(PICTURE)])
    (stored,) = media_of(shop)
    content = (media / stored.file).read_bytes()
    assert b"<script>" not in content and b"PK\x03\x04" not in content


def test_a_host_that_fails_is_not_asked_again_and_again(
    imported: Import, web: dict[str, Any]
) -> None:
    addresses = [f"https://dead.example/{n}.jpg" for n in range(20)]
    report = imported([with_pictures(*addresses)])
    assert len(report.errors) == 20
    assert len(web["asked"]) == remote.MOST_FAILURES


def test_nothing_on_this_machine_is_asked_by_a_feed(
    shop: Merchant, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real server on this machine, a real fetch: no byte arrives."""
    from shopguide.outbound import fetch

    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(remote, "fetch", fetch)
    port = server.server_address[1]
    forms = ("127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "a@127.0.0.1")
    addresses = [f"http://{host}{suffix}/a.png" for host in forms for suffix in ("", f":{port}")]
    report = imported([with_pictures(*addresses)])
    server.shutdown()
    server.server_close()
    assert len(report.errors) == len(addresses) and asked == []
    assert media_of(shop) == []


def test_a_dry_import_fetches_nothing(imported: Import, web: dict[str, Any]) -> None:
    web[PICTURE] = photo()
    assert imported([with_pictures(PICTURE)], dry=True).created == 1
    assert web["asked"] == []


# --- Widths ---------------------------------------------------------------------------------
def test_four_widths_in_two_kinds(
    shop: Merchant, imported: Import, web: dict[str, Any], media: Path
) -> None:
    web[PICTURE] = photo()
    imported([with_pictures(PICTURE), with_pictures(PICTURE, sku="T2")])
    with as_merchant(shop):
        before = set(Product.objects.values_list("sku", "revision"))
    assert draw_widths(shop) == 1
    for each in media_of(shop):
        assert each.widths == list(WIDTHS) and each.likeness is not None
    for width in WIDTHS:
        for kind in ("avif", "webp"):
            with Image.open(media / width_name(media_of(shop)[0].file, width, kind)) as drawn:
                assert drawn.size == (width, round(width * 2 / 3))
                assert drawn.format == kind.upper() and not drawn.getexif()
    assert draw_widths(shop) == 0
    with as_merchant(shop):
        assert set(Product.objects.values_list("sku", "revision")) == before


def test_small_pictures_are_not_enlarged_and_broken_ones_are_left(
    shop: Merchant, imported: Import, web: dict[str, Any], media: Path
) -> None:
    web[PICTURE] = photo((400, 300))
    imported([with_pictures(PICTURE), tee("T2")])
    with as_merchant(shop):
        product = Product.objects.get(sku="T2")
        for file in ("1/gone.webp", "../../etc/passwd"):
            Media.objects.create(merchant=shop, product=product, file=file)
    assert draw_widths(shop) == 3
    assert sorted(str(each.widths) for each in media_of(shop)) == ["[320, 400]", "[]", "[]"]


def test_pictures_that_look_alike_have_hashes_that_are_near() -> None:
    large = Image.open(io.BytesIO(photo())).convert("RGB")
    small = large.resize((300, 200))
    other = Image.linear_gradient("L").convert("RGB")
    assert difference(likeness_of(large), likeness_of(small)) <= 4
    assert difference(likeness_of(large), likeness_of(other)) >= 12
    assert -(2**63) <= likeness_of(other) < 2**63


def test_drawn_widths_do_not_count_as_an_edit(
    shop: Merchant, imported: Import, web: dict[str, Any]
) -> None:
    web[PICTURE] = photo((90, 90))
    imported([tee()])
    imported([with_pictures(PICTURE)])
    draw_widths(shop)
    with as_merchant(shop):
        job = CatalogImport.objects.order_by("-pk")[0]
        row = CatalogImport.objects.create(merchant=shop, file_name="x", undoes=job)
    undo_import(row)
    assert (row.failed, media_of(shop)) == (0, [])
