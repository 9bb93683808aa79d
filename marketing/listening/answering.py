"""Draft what a shop could answer to a burst of complaints; a person sends it, or does not.

For `watching`. It says what was complained of, and what the shop's own rules give, if they give
something; each sentence passes the claim ledger, and one that does not hold is left out. In the
language that most of the complaints are in.
"""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.claims import Ledger, check
from catalog.models import Product, Review
from catalog.policies.deciding import Bought, rule_for
from catalog.policies.terms import Payer, Reason
from catalog.policies.versions import policy_of
from catalog.presenting.opinions import aspect_name
from marketing.models import Mention, OpinionAlert
from shopguide.accounts.models import Merchant

# Aspects in which what arrived is not what was promised: the rules for faults hold.
FAULTY = (
    "smell", "quality", "durability", "battery", "function", "sound", "taste", "care", "delivery",
)  # fmt: skip


def draft_answer(alert: OpinionAlert) -> None:
    """Write the draft onto an alert, unsaved. To be called as the merchant; about eight queries."""
    product = Product.objects.select_related("merchant", "category").get(pk=alert.product_id)
    language = language_of_voices(alert, product.merchant)
    currency = (product.merchant.currencies or ["CNY"])[0]
    ledger = Ledger.of(products=[product.pk], currency=currency, locale=language)
    with translation.override(language):
        text = _joiner(language).join(one for one in sentences(alert, product) if one)
    kept = check(text, language=language, ledger=ledger, unread=True).clean
    alert.answer, alert.answer_language = kept, language
    held = check(kept, language=language, ledger=ledger, unread=True)
    alert.answer_claims = [one.as_json() for one in held.claims]


def sentences(alert: OpinionAlert, product: Product) -> list[str]:
    """Return the sentences of an answer, in the language that holds now."""
    about = {"aspect": aspect_name(alert.aspect), "product": product.title}
    return [
        _("Thank you for telling us, and we are sorry for the trouble."),
        _("We have read what was written about the %(aspect)s of “%(product)s”"
          " and are looking into it.") % about,
        way_back(alert, product),
        _("Write to us with the number of your order, and we will see to it."),
    ]  # fmt: skip


def way_back(alert: OpinionAlert, product: Product) -> str:
    """Return what the shop's rules give whom this happened to; nothing where they give nothing."""
    faulty = alert.aspect in FAULTY
    if not faulty and alert.aspect != "fit":
        return ""
    reason = Reason.FAULTY if faulty else Reason.CHANGED_MIND
    line = Bought(product.sku, 1, "delivered", product.category.path if product.category else "")
    rule = rule_for(policy_of(product.merchant), line, reason)
    if rule is None or not rule.return_days:
        return ""
    days = {"days": rule.return_days}
    if not faulty:
        return (
            ngettext(
                "You can return it within %(days)s day.",
                "You can return it within %(days)s days.",
                rule.return_days,
            )
            % days
        )
    if rule.payer == Payer.SHOP:
        return (
            ngettext(
                "If it is faulty you can return it within %(days)s day, and we pay for the return.",
                "If it is faulty you can return it within %(days)s days,"
                " and we pay for the return.",
                rule.return_days,
            )
            % days
        )
    return (
        ngettext(
            "If it is faulty you can return it within %(days)s day.",
            "If it is faulty you can return it within %(days)s days.",
            rule.return_days,
        )
        % days
    )


def language_of_voices(alert: OpinionAlert, merchant: Merchant) -> str:
    """Return the language of most of what was said, of those that the shop window speaks."""
    keys = [key.partition(":") for key in alert.voices]
    reviews = [int(pk) for kind, _sign, pk in keys if kind == "review"]
    mentions = [int(pk) for kind, _sign, pk in keys if kind == "mention"]
    spoken = Counter(Review.objects.filter(pk__in=reviews).values_list("language", flat=True))
    spoken += Counter(Mention.objects.filter(pk__in=mentions).values_list("language", flat=True))
    said = Counter[str]()
    for code, count in spoken.items():
        said["zh-hans" if code.startswith("zh") else code] += count
    known = [code for code, _name in settings.LANGUAGES]
    best = [code for code, _count in said.most_common() if code in known]
    return best[0] if best else merchant.language or settings.LANGUAGE_CODE


def _joiner(language: str) -> str:
    return "" if language.startswith("zh") else " "
