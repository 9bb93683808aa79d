"""Removing the demo: all of it goes, and nothing else does."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from catalog import demo
from catalog.clearing import demo_extent, remove_demo
from catalog.models import Category, Media, Product, Review, Warehouse
from catalog.policies.terms import STANDARD
from catalog.policies.versions import policy_of
from shopguide.accounts.models import Membership, Merchant, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_category, make_merchant, make_product

pytestmark = pytest.mark.django_db

SHELF = "northisle"  # one shop is enough of the demo to take apart


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    """Keep files of the tests to themselves."""
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "media", tmp_path / "uploads"


@pytest.fixture
def loaded(monkeypatch, settings):
    """Load people, categories and two products of one shop, by the command itself."""
    shop = next(entry for entry in demo.merchants() if entry["slug"] == SHELF)
    rivals = [e for e in demo.merchants() if e["slug"] in {"cloudloom", "tingbu"}]
    shelf = list(demo.products(SHELF))[:2]
    monkeypatch.setattr(demo, "merchants", lambda: [shop, *rivals])
    others = {e["slug"]: {**next(demo.products(e["slug"])), "media": []} for e in rivals}
    monkeypatch.setattr(demo, "products", lambda slug: shelf if slug == SHELF else [others[slug]])
    monkeypatch.setattr(demo, "pictures", _draw_nothing(shelf))
    call_command("load_demo")
    upload = Path(settings.UPLOAD_ROOT) / SHELF / "one.csv"
    upload.parent.mkdir(parents=True)
    upload.write_text("sku\n")
    return Merchant.objects.get(slug=SHELF)


def _draw_nothing(shelf):
    from catalog.demo.drawing.placeholder import placeholder

    def pictures(slug, directory):
        directory.mkdir(parents=True, exist_ok=True)
        for product in shelf if slug == SHELF else []:
            for medium in product["media"]:
                (directory / medium["file"]).write_bytes(placeholder("headphones"))

    return pictures


def rows_of(merchant_pk):
    """Count the rows of every table that belongs to a shop."""
    found = {}
    with as_everyone():
        for model in apps.get_models():
            # The log has no end: what was done stays written, whoever is gone.
            if model.__name__ != "AuditEntry" and any(
                field.name == "merchant" for field in model._meta.concrete_fields
            ):
                rows = model._base_manager.filter(merchant_id=merchant_pk)
                if rows.exists():
                    found[model.__name__] = rows.count()
    return found


def operator(**fields):
    """Save an operator of our own."""
    return User.objects.create_superuser("boss@shop.test", "secret-of-boss", **fields)


def test_the_rules_hold_for_what_was_bought_before_the_demo_was_loaded(loaded):
    shop = Merchant.objects.get(slug="cloudloom")
    earlier = timezone.now() - timedelta(days=120)
    assert policy_of(shop, earlier) == policy_of(shop) != STANDARD


def test_warehouses_have_names(loaded):
    with as_merchant(loaded):
        names = {str(one) for one in Warehouse.objects.filter(merchant=loaded)}
    assert names == {"深圳仓 · Shenzhen", "天津仓 · Tianjin"}


class TestRemoveDemo:
    def test_nothing_remains(self, loaded, settings, django_capture_on_commit_callbacks):
        """No row of any table, no file, no login, no empty category."""
        before = rows_of(loaded.pk)
        assert {"Product", "Media", "Review", "Variant", "CatalogImport"} <= set(before)
        with django_capture_on_commit_callbacks(execute=True):
            gone = remove_demo()
        assert gone.shops == 3
        assert gone.products == 4
        assert gone.people == 6
        assert rows_of(loaded.pk) == {}
        assert not Merchant.objects.exists()
        assert not User.objects.exists()
        with as_everyone():
            assert not Category.objects.exists()
            assert not demo_extent()
        left = [p for p in settings.MEDIA_ROOT.parent.rglob("*") if p.is_file()]
        assert left == []

    def test_real_shops_are_left_alone(self, loaded, django_capture_on_commit_callbacks):
        """A real shop keeps its products, their category and its people."""
        real = make_merchant("real")
        audio = make_category("electronics/audio/headphones")
        product = make_product(real, "R-1", category=audio)
        person = User.objects.create_user("you@shop.test", "secret-of-you")
        Membership.objects.create(user=person, merchant=real, role="owner")
        with django_capture_on_commit_callbacks(execute=True):
            remove_demo()
        with as_everyone():
            product.refresh_from_db()
            assert product.category == audio
            assert set(Category.objects.values_list("path", flat=True)) == {
                "electronics", "electronics/audio", "electronics/audio/headphones",
            }  # fmt: skip
        assert list(Merchant.objects.all()) == [real]
        assert list(User.objects.all()) == [person]

    def test_a_demo_person_of_a_real_shop_stays(self, loaded):
        """Whoever has become a member of a real shop is not removed."""
        real = make_merchant("real")
        keen = User.objects.get(email="merchant@example.com")
        Membership.objects.create(user=keen, merchant=real, role="owner")
        assert remove_demo().people == 5
        assert list(User.objects.all()) == [keen]

    def test_a_picture_that_a_real_shop_shows_stays(
        self, loaded, settings, django_capture_on_commit_callbacks
    ):
        """Files are removed by name, and only where nobody else needs the name."""
        real = make_merchant("real")
        product = make_product(real, "R-1")
        kept = Path(settings.MEDIA_ROOT) / "real" / "mine.webp"
        kept.parent.mkdir(parents=True)
        kept.write_bytes(b"x")
        with as_everyone():
            Media.objects.filter(merchant=loaded).update(file="real/mine.webp")
            Media.objects.filter(merchant=loaded).exclude(
                pk__in=Media.objects.filter(merchant=loaded).values("pk")[:1]
            ).delete()
        with as_merchant(real):
            Media.objects.create(merchant=real, product=product, file="real/mine.webp")
        with django_capture_on_commit_callbacks(execute=True):
            remove_demo()
        assert kept.exists()

    def test_twice_is_as_once(self, loaded):
        """There is nothing to remove the second time."""
        remove_demo()
        assert not remove_demo()

    def test_by_command_and_back(self, loaded, capsys):
        """``--remove`` says what is gone, and the demo can be loaded again."""
        call_command("load_demo", "--remove")
        assert "removed 3 shops, 4 products" in capsys.readouterr().err
        call_command("load_demo")
        with as_everyone():
            assert Product.objects.filter(merchant__slug=SHELF).count() == 2
            assert Review.objects.filter(merchant__slug=SHELF).exists()


class TestOperatorPage:
    @pytest.fixture
    def url(self):
        """Return the address of the page."""
        return reverse("admin:demo_remove")

    def test_says_what_goes(self, client, loaded, url):
        """The page counts before anything happens, and the list of shops leads there."""
        client.force_login(operator())
        page = client.get(url)
        assert page.status_code == 200
        assert page.context["extent"].products == 4
        assert not page.context["leaving"]
        assert Product.objects.count() == 4
        assert url in client.get(reverse("admin:accounts_merchant_changelist")).content.decode()

    def test_one_button_removes_it(self, client, loaded, url):
        """Posting removes the demo and says so."""
        client.force_login(operator())
        page = client.post(url, follow=True)
        assert "3 shops, 4 products" in page.content.decode()
        assert not Merchant.objects.exists()
        assert "There is no demo here" in client.get(url).content.decode()

    def test_demo_operator_leaves_too(self, client, loaded, url):
        """The demo's own operator is told beforehand, and is signed out by it."""
        client.force_login(User.objects.get(email="operator@example.com"))
        assert client.get(url).context["leaving"]
        assert client.post(url).headers["Location"] == reverse("home")
        assert not User.objects.exists()

    def test_nobody_else_does_it(self, client, loaded, url):
        """Shoppers and merchants neither see nor press it; being staff is not enough."""
        for email in ("shopper@example.com", "merchant@example.com"):
            client.force_login(User.objects.get(email=email))
            assert client.get(url).status_code == 404
            assert client.post(url).status_code == 404
        client.force_login(User.objects.create_user("aide@shop.test", "pw-of-aide", is_staff=True))
        assert client.post(url).status_code == 403
        client.force_login(operator())
        assert client.delete(url).status_code == 405
        assert Merchant.objects.count() == 3
        self.pages_say_that_it_is_a_demo(client)

    def pages_say_that_it_is_a_demo(self, client):
        """The footer says it as long as the demo is there, the shop's page names the shop so."""
        assert "This is a demo" in client.get("/?lang=en").content.decode()
        assert "Demo shop" in client.get(f"/s/{SHELF}/?lang=en").content.decode()


class TestMark:
    def test_a_real_shop_does_not(self, client):
        """Without the demo there is no such word."""
        make_merchant("real")
        assert "This is a demo" not in client.get("/?lang=en").content.decode()
        assert "Demo shop" not in client.get("/s/real/?lang=en").content.decode()
