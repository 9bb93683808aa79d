"""Write a person's checked changes of one product, all or none.

For the portal. The product is locked while others' edits are compared and its fields written, so
that of two people at once the second sees what the first did. It rings nobody: the database gives
the product its next revision, and the caller tells a worker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.editing.checking import Checked, Invalid, check, new_code
from catalog.editing.cropping import cropped
from catalog.editing.merging import Merge, merge
from catalog.editing.picturing import add_pictures
from catalog.editing.sheet import SIDES, Sheet, fingerprints, loaded, sheet_of
from catalog.feeds.naming import name_code, option_code
from catalog.models import (
    Media,
    Price,
    PriceList,
    Product,
    ProductDraft,
    ProductText,
    RelatedProduct,
    Stock,
    Variant,
    Warehouse,
)
from catalog.models.product import Provenance, Status
from shopguide.accounts.models import User

CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass
class Outcome:
    """What came of a save. Nothing was written if there are ``wrong`` fields or conflicts."""

    product: Product
    theirs: Sheet
    merge: Merge
    wrong: dict[str, str] = field(default_factory=dict)
    saved: bool = False


def save(
    product: Product,
    sent: Mapping[str, str],
    base: Mapping[str, str],
    *,
    by: User,
    pictures: Sequence[UploadedFile] = (),
) -> Outcome:
    """Save what a person changed; called as the merchant."""
    Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    product = loaded(product)
    theirs = sheet_of(product)
    merged = merge(sent, base, theirs)
    outcome = Outcome(product, theirs, merged)
    changes = dict(merged.changes)
    named(sent, changes, outcome.wrong)
    checked, wrong = check(product, changes)
    outcome.wrong |= wrong | jointly_wrong(product, theirs | changes, checked)
    if outcome.wrong or merged.conflicts or merged.gone:
        return outcome
    try:
        with transaction.atomic():
            write(product, checked, by)
            crop_pictures(product, checked, outcome.wrong)
            add_pictures(product, pictures, outcome.wrong)
            if outcome.wrong:
                transaction.set_rollback(True)
    except IntegrityError:
        outcome.wrong[""] = _("Two variants would be the same. Give each its own options.")
    if not outcome.wrong:
        ProductDraft.objects.filter(product=product, by=by).delete()
        outcome.saved = True
    return outcome


def named(sent: Mapping[str, str], changes: Sheet, wrong: dict[str, str]) -> None:
    """Take in what has no key of its own yet: a new attribute, a new variant."""
    name, value = sent.get("new-fact-name", "").strip(), sent.get("new-fact-value", "").strip()
    if value:
        try:
            changes[f"fact:{new_code(name)}"] = value
        except Invalid as problem:
            wrong["new-fact-name"] = str(problem)
    if sent.get("new-sku:0", "").strip():
        new = ("new-sku:", "option:new:", "price:new:", "stock:new:")
        changes |= {key: text.strip() for key, text in sent.items() if key.startswith(new)}


def jointly_wrong(product: Product, sheet: Sheet, checked: Checked) -> dict[str, str]:
    """Return what is wrong about several fields together."""
    wrong: dict[str, str] = {}
    titles = {locale: sheet.get(f"title:{locale}", "") for locale in ("en", "zh-hans")}
    for locale, title in titles.items():
        if not title and sheet.get(f"description:{locale}"):
            wrong[f"title:{locale}"] = _("A description needs a title in its language.")
    if not any(titles.values()):
        wrong["title:en"] = _("Write a title in at least one language.")
    for key, was in checked.items():
        if key.startswith("was:") and was is not None:
            amount = sheet.get("price:" + key[4:], "")
            if not amount or was <= (checked.get("price:" + key[4:]) or _amount(amount)):
                wrong[key] = _("The former price must be higher than the present one.")
    return wrong


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def write(product: Product, checked: Checked, by: User) -> None:
    """Write checked fields, table by table."""
    write_variants(product, checked)
    write_product(product, checked)
    write_texts(product, checked, by)
    write_prices(product, checked)
    write_stock(product, checked)
    write_media(product, checked)
    if "related" in checked:
        relate(product, checked["related"])


def write_product(product: Product, checked: Checked) -> None:
    """Write the product's own fields and its attributes."""
    facts = {key[5:]: value for key, value in checked.items() if key.startswith("fact:")}
    if facts:
        stated = product.attributes | facts
        product.attributes = {code: value for code, value in stated.items() if value is not None}
    if "category" in checked:
        product.category_id = checked["category"]
    for name in ("status", "brand"):
        setattr(product, name, checked.get(name, getattr(product, name)))
    if product.status == Status.LIVE:
        product.deleted_at = None
    product.save(update_fields=["status", "category", "brand", "attributes", "deleted_at"])


def write_texts(product: Product, checked: Checked, by: User) -> None:
    """Write titles and descriptions; who changed one is who wrote it. An empty text goes."""
    for locale in ("en", "zh-hans"):
        new = {
            name: checked[f"{name}:{locale}"]
            for name in ("title", "description")
            if f"{name}:{locale}" in checked
        }
        if not new:
            continue
        texts = ProductText.objects.filter(product=product, locale=locale, arm="")
        if new.get("title") == "":
            texts.delete()
            continue
        new |= {"provenance": Provenance.MERCHANT, "approved_by": by}
        ProductText.objects.update_or_create(
            merchant=product.merchant, product=product, locale=locale, arm="", defaults=new
        )


def write_variants(product: Product, checked: Checked) -> None:
    """Write article numbers, options and which variants are offered; add a new one."""
    names = checked.get("option_names", product.option_names)
    before, product.option_names = product.option_names, names
    variants = list(product.variants.all())
    changed = []
    for variant in variants:
        state = (variant.sku, variant.options, variant.active)
        variant.sku = checked.get(f"sku:{variant.pk}", variant.sku)
        variant.active = bool(checked.get(f"active:{variant.pk}", variant.active))
        said = {n: checked[key] for n in range(len(names))
                if (key := f"option:{variant.pk}:{n}") in checked}  # fmt: skip
        if said or names != before:
            rename_options(variant, before, names, said)
        if state != (variant.sku, variant.options, variant.active):
            changed.append(variant)
    if names != before:
        product.save(update_fields=["option_names"])
    Variant.objects.bulk_update(changed, ["sku", "options", "codes", "active"])
    if sku := checked.get("new-sku:0"):
        values = [checked.get(f"option:new:{n}", "") for n in range(len(names))]
        options, codes = options_of(names, values)
        new = Variant.objects.create(
            merchant=product.merchant, product=product, sku=sku, options=options, codes=codes,
            position=max((one.position for one in variants), default=-1) + 1,
        )  # fmt: skip
        for key in [key for key in checked if ":new:" in key]:
            checked[key.replace(":new:", f":{new.pk}:")] = checked.pop(key)


def rename_options(
    variant: Variant, before: Sequence[str], names: Sequence[str], said: Mapping[int, str]
) -> None:
    """Give a variant's options their new names and values, by place; others stay as they are."""
    values = [str(variant.options.get(name, "")) for name in before]
    values = (values + [""] * len(names))[: len(names)]
    values = [said.get(place, value) for place, value in enumerate(values)]
    others = {name: value for name, value in variant.options.items() if name not in before}
    variant.options, variant.codes = options_of(
        [*names, *others], [*values, *map(str, others.values())]
    )


def options_of(
    names: Sequence[str], values: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return a variant's options as the shop writes them, and as codes that search knows."""
    options = {name: value for name, value in zip(names, values, strict=True) if value}
    codes = {}
    for name, value in options.items():
        dimension = name_code(name)
        codes[dimension] = option_code(dimension, value)
    return options, codes


def write_prices(product: Product, checked: Checked) -> None:
    """Write prices by variant and currency; an empty one is taken away."""
    mine = {str(pk) for pk in product.variants.values_list("pk", flat=True)}
    touched = {key.partition(":")[2] for key in checked if key.startswith(("price:", "was:"))}
    for where in sorted(touched):
        variant, _colon, currency = where.partition(":")
        if variant not in mine or not CURRENCY.fullmatch(currency):
            continue
        prices, _made = PriceList.objects.get_or_create(
            merchant=product.merchant, currency=currency, name="standard"
        )
        rows = Price.objects.filter(price_list=prices, variant=int(variant))
        price = rows.first()
        amount = checked.get(f"price:{where}", price.amount if price else None)
        was = checked.get(f"was:{where}", price.was if price else None)
        if amount is None:
            rows.delete()
            continue
        Price.objects.update_or_create(
            merchant=product.merchant, price_list=prices, variant_id=int(variant),
            defaults={"amount": amount, "was": was if was and was > amount else None},
        )  # fmt: skip


def write_stock(product: Product, checked: Checked) -> None:
    """Write stock by variant and warehouse; an empty level means that none is stated."""
    mine = {str(pk) for pk in product.variants.values_list("pk", flat=True)}
    places = {str(one.pk): one for one in Warehouse.objects.filter(merchant=product.merchant)}
    for key, quantity in checked.items():
        kind, _colon, where = key.partition(":")
        variant, _colon, place = where.partition(":")
        if kind != "stock" or variant not in mine:
            continue
        if place == "0" and quantity is not None:  # the shop's first stock makes its warehouse
            places["0"] = Warehouse.objects.get_or_create(merchant=product.merchant)[0]
        if place not in places:
            continue
        rows = Stock.objects.filter(warehouse=places[place], variant=int(variant))
        if quantity is None:
            rows.delete()
        elif not rows.update(quantity=quantity):
            Stock.objects.create(
                merchant=product.merchant, warehouse=places[place], variant_id=int(variant),
                quantity=quantity,
            )  # fmt: skip


def write_media(product: Product, checked: Checked) -> None:
    """Write what pictures are said to show and their order; take removed ones away."""
    kept = []
    for place, media in enumerate(product.media.all()):
        if checked.get(f"remove:{media.pk}"):
            media.delete()
            continue
        media.alt_zh = checked.get(f"alt_zh:{media.pk}", media.alt_zh)
        media.alt_en = checked.get(f"alt_en:{media.pk}", media.alt_en)
        kept.append((checked.get(f"order:{media.pk}", place + 1), place, media))
    if not any(key.startswith(("alt_", "order:", "remove:")) for key in checked):
        return
    # A picture that was given a place goes before the one that had it.
    kept.sort(key=lambda one: (one[0], f"order:{one[2].pk}" not in checked, one[1]))
    for place, (_order, _old, media) in enumerate(kept):
        media.position = place
    Media.objects.bulk_update([one[2] for one in kept], ["alt_zh", "alt_en", "position"])


def crop_pictures(product: Product, checked: Checked, wrong: dict[str, str]) -> None:
    """Crop pictures as their fields say; of one that cannot be, say why."""
    for media in Media.objects.filter(product=product):
        try:
            with transaction.atomic():
                if cropped(media, checked):
                    media.save()
        except Invalid as problem:
            wrong[f"{SIDES[0]}:{media.pk}"] = str(problem)
        except IntegrityError:
            wrong[f"{SIDES[0]}:{media.pk}"] = _("The product has this very part already.")


def relate(product: Product, others: Sequence[int]) -> None:
    """Make these the products that go with this one, in this order."""
    RelatedProduct.objects.filter(product=product).delete()
    RelatedProduct.objects.bulk_create(
        RelatedProduct(merchant=product.merchant, product=product, other_id=pk, position=place)
        for place, pk in enumerate(others)
    )


def keep_draft(
    product: Product, sent: Mapping[str, str], base: Mapping[str, str], *, by: User
) -> ProductDraft | None:
    """Keep what a person has typed so far; without changes there is no draft. As the merchant."""
    merged = merge(sent, base, sheet_of(loaded(product)))
    new = ("new-", "option:new:", "price:new:", "stock:new:")
    changes = merged.changes | merged.gone
    changes |= {key: text for key, text in sent.items() if key.startswith(new) and text.strip()}
    if not changes:
        ProductDraft.objects.filter(product=product, by=by).delete()
        return None
    draft, _made = ProductDraft.objects.update_or_create(
        merchant=product.merchant, product=product, by=by,
        defaults={"changes": changes, "saved_at": timezone.now(),
                  "base": {key: base[key] for key in changes if key in base}},
    )  # fmt: skip
    return draft


def base_of(theirs: Sheet, draft: ProductDraft | None) -> Sheet:
    """Return what the form's sender has seen: as it stands, but of a draft's fields as it stood."""
    return fingerprints(theirs) | (draft.base if draft else {})
