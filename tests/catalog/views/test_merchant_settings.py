"""A shop's settings: all kept or none, said what is wrong, and the owner's alone."""

import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from shopguide.accounts.models import Merchant
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/settings/"


@pytest.fixture
def people() -> People:
    """Return everybody and their shops."""
    return make_people()


def fields(**changed: str | list[str] | object) -> dict[str, object]:
    """Return what the untouched form would send, with changes."""
    sent: dict[str, object] = {
        "name_en": "Loom", "name_zh": "织物", "about_en": "", "about_zh": "", "email": "",
        "phone": "", "language": "", "currencies": ["CNY", "USD"],
        "holidays-TOTAL_FORMS": "2", "holidays-INITIAL_FORMS": "0",
    }  # fmt: skip
    return sent | changed


def picture() -> SimpleUploadedFile:
    """Return a small picture as a browser sends it."""
    content = io.BytesIO()
    Image.new("RGB", (64, 64), "#14614e").save(content, "PNG")
    return SimpleUploadedFile("logo.png", content.getvalue(), "image/png")


def shop() -> Merchant:
    """Return the shop as it is kept."""
    return Merchant.objects.get(slug="loom")


def test_everything_is_kept(people: People, settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path
    answer = browser(people.mei).post(PAGE, fields(
        name_en="Loom & Co", phone="+86 571 8888 0000", email="hi@loom.example", language="zh-hans",
        currencies=["CNY", "EUR"], logo=picture(),
        **{"hours-mon_from": "09:00", "hours-mon_until": "18:30",
           "holidays-0-since": "2026-10-01", "holidays-0-until": "2026-10-07",
           "holidays-0-zh": "国庆节", "holidays-0-en": "National Day"},
    ))  # fmt: skip
    assert answer.status_code == 302
    kept = shop()
    assert (kept.name_en, kept.phone, kept.currencies) == (
        "Loom & Co", "+86 571 8888 0000", ["CNY", "EUR"],
    )  # fmt: skip
    assert kept.hours == {"mon": ["09:00", "18:30"]}
    assert kept.holidays == [
        {"from": "2026-10-01", "until": "2026-10-07", "zh": "国庆节", "en": "National Day"}
    ]
    page = browser(people.mei).get(PAGE).content.decode()
    assert kept.logo.endswith(".webp") and kept.logo_url in page
    assert 'value="09:00"' in page and 'value="2026-10-01"' in page
    assert browser(people.mei).post(PAGE, fields(remove="on")).status_code == 302
    assert (shop().logo, shop().holidays) == ("", []), "an emptied row is removed"


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"name_en": "", "name_zh": ""}, "at least one language"),
        ({"currencies": []}, "at least one currency"),
        ({"currencies": ["XXX"]}, "XXX"),
        ({"email": "nobody"}, "valid email"),
        ({"phone": "call me"}, "Digits, spaces"),
        ({"about_en": "x" * 4001}, "At most 4000"),
        ({"hours-tue_from": "09:00"}, "Say both"),
        ({"hours-tue_from": "18:00", "hours-tue_until": "09:00"}, "not later"),
        ({"hours-tue_from": "25:99", "hours-tue_until": "09:00"}, "valid time"),
        ({"holidays-0-since": "2026-10-07", "holidays-0-until": "2026-10-01"}, "before the first"),
        ({"holidays-0-since": "2026-01-01", "holidays-0-until": "2027-10-01"}, "120 days"),
        ({"holidays-0-since": "2026-01-01"}, "Say both days"),
        ({"holidays-0-en": "Spring"}, "Say both days"),
        ({"logo": SimpleUploadedFile("x.png", b"<svg onload=1>")}, "picture"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    people: People, wrong: dict[str, object], word: str
) -> None:
    before = Merchant.objects.filter(slug="loom").values().get()
    sent = fields(**({"email": "new@loom.example"} | wrong))
    answer = browser(people.mei).post(PAGE, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert word in page and "data-errors" in page
    assert Merchant.objects.filter(slug="loom").values().get() == before


def test_hostile_forms_are_no_error(people: People) -> None:
    mei = browser(people.mei)
    for sent in ({}, {"holidays-TOTAL_FORMS": "99999999"}, fields(name_en="\x00"),
                 fields(**{"suspended_at": "2026-01-01", "slug": "rival"})):  # fmt: skip
        assert mei.post(PAGE, sent).status_code in (302, 422)
    kept = Merchant.objects.get(pk=people.loom.pk)
    assert (kept.slug, kept.suspended_at) == ("loom", None)


def test_of_two_who_edit_the_second_is_told_what_the_first_changed(people: People) -> None:
    mei = browser(people.mei)

    def drawn(text: str) -> str:
        found = re.search(r'name="seen"\s+value="([^"]+)"', text)
        assert found
        return found[1]

    seen = drawn(mei.get(PAGE).content.decode())
    assert mei.post(PAGE, fields(name_en="First", seen=seen)).status_code == 302
    late = mei.post(PAGE, fields(phone="+86 571 1111", name_en="Loom", seen=seen))
    text = late.content.decode()
    assert late.status_code == 409 and "Somebody else has changed the settings" in text
    assert "Name in English" in text and "First" in text and "+86 571 1111" in text
    assert (shop().name_en, shop().phone) == ("First", "")
    again = mei.post(PAGE, fields(phone="+86 571 1111", name_en="Loom", seen=drawn(text)))
    assert (again.status_code, shop().name_en, shop().phone) == (302, "Loom", "+86 571 1111")
    for odd in ("x", ",".join("x" * 11), "é" * 500, "\x00"):
        assert mei.post(PAGE, fields(seen=odd)).status_code in (302, 409, 422)


def test_owners_alone(people: People) -> None:
    assert browser(people.mei).get(PAGE).status_code == 200
    for person in (people.edda, people.ana, people.rui, people.sam):
        assert browser(person).get(PAGE).status_code == 404
        assert browser(person).post(PAGE, fields()).status_code == 404
    assert browser().get(PAGE).status_code == 302
    assert browser(people.mei).put(PAGE).status_code == 405
    assert Client(enforce_csrf_checks=True).post(PAGE, fields()).status_code == 403


def test_open_hours_answer_for_a_moment() -> None:
    shop = Merchant(hours={"mon": ["09:00", "18:00"], "wed": ["10:00", "12:00"]})
    zone = timezone.get_current_timezone()

    def at(day: int, hour: int) -> datetime.datetime:
        return datetime.datetime(2026, 6, day, hour, tzinfo=zone)  # the 1st is a Monday

    assert [shop.open_at(at(1, hour)) for hour in (8, 9, 17, 18)] == [False, True, True, False]
    assert shop.open_at(at(2, 10)) is False and shop.opens_after(at(1, 18)) == at(3, 10)
    shop.holidays = [{"from": "2026-06-03", "until": "2026-06-07", "zh": "", "en": ""}]
    assert shop.open_at(at(3, 11)) is False and shop.opens_after(at(1, 18)) == at(8, 9)
    assert Merchant().open_at(at(1, 10)) is None and Merchant().opens_after(at(1, 10)) is None
