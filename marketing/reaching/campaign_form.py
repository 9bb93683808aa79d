"""A campaign as a shop fills it in: whom, what, when; and what keeps it from being released."""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Coupon, Product
from marketing.copy.channels import CHANNELS
from marketing.models import Campaign, CampaignStage, Draft, Way
from profiles.models import Segment
from shopguide.accounts.models import Merchant

LOCALES = ("zh-hans", "en")
# A part of the message: the channel whose limits and rules it keeps, and its part there.
PARTS = {
    "subject": ("email", "subject"), "preview": ("email", "preview"), "body": ("email", "body"),
    "title": ("push", "title"), "line": ("push", "body"),
}  # fmt: skip
LONG = ("body", "line")
MOST_PRODUCTS = 4
DAY = datetime.timedelta(days=1)
GOES_ON = [(1, gettext_lazy("1 day")), (2, gettext_lazy("2 days")), (3, gettext_lazy("3 days")),
           (7, gettext_lazy("7 days"))]  # fmt: skip
SHARES = [(share, f"{share}%") for share in (0, 5, 10, 20, 50)]


class CampaignForm(forms.Form):
    """All of a campaign; its words are two languages by five parts, named as ``en_subject``."""

    name = forms.CharField(label=gettext_lazy("Name, for yourselves"), max_length=80)
    segment = forms.ModelChoiceField(label=gettext_lazy("Segment"), queryset=Segment.objects.none())
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("By which ways"), choices=Way.choices, initial=["email"],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each person is reached only by the ways they agreed to."),
    )  # fmt: skip
    skus = forms.CharField(
        label=gettext_lazy("What it is about"), max_length=420,
        help_text=gettext_lazy("One to four article numbers (SKU), with commas. Your words are"
                               " checked against the facts of the first."),
    )  # fmt: skip
    coupon = forms.ModelChoiceField(
        label=gettext_lazy("Coupon"), queryset=Coupon.objects.none(), required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Its code and terms are added; do not write them yourself."),
    )  # fmt: skip
    take = forms.ModelChoiceField(
        label=gettext_lazy("Take approved copy"), queryset=Draft.objects.none(), required=False,
        empty_label=gettext_lazy("– your own words –"),
    )  # fmt: skip
    personal = forms.BooleanField(
        label=gettext_lazy("Add to emails what fits their reader, with the reason"),
        required=False,
        help_text=gettext_lazy("Only for those who agreed to personal recommendations."),
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"), required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: as soon as you release it."),
    )  # fmt: skip
    goes_on = forms.TypedChoiceField(
        label=gettext_lazy("Goes on for"), choices=GOES_ON, coerce=int, initial=3,
        help_text=gettext_lazy("Quiet hours are kept in each reader's zone; who cannot be reached"
                               " by then is left alone."),
    )  # fmt: skip
    holdout = forms.TypedChoiceField(
        label=gettext_lazy("Held out"), choices=SHARES, coerce=int, initial=10,
        help_text=gettext_lazy("So many get nothing, so that you see what it brought."),
    )  # fmt: skip
    cap = forms.IntegerField(
        label=gettext_lazy("Messages of your shop a week, at most"), min_value=1, max_value=7,
        initial=2,
    )  # fmt: skip
    window_days = forms.IntegerField(
        label=gettext_lazy("Orders count for so many days"), min_value=1, max_value=60, initial=7
    )

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merchant = merchant
        segments = Segment.objects.filter(merchant=merchant, archived_at=None)
        self.fields["segment"].queryset = segments  # type: ignore[attr-defined]
        coupons = Coupon.objects.filter(merchant=merchant, active=True)
        self.fields["coupon"].queryset = coupons.order_by("code")  # type: ignore[attr-defined]
        approved = Draft.objects.filter(
            merchant=merchant, channel__in=("email", "push"), approved_at__isnull=False
        )
        self.fields["take"].queryset = approved.order_by("-pk")[:50]  # type: ignore[attr-defined]
        for locale in LOCALES:
            for part in PARTS:
                self.fields[f"{locale}_{part}"] = text_field(locale, part)

    def texts(self, locale: str) -> list[forms.BoundField]:
        """Return the fields of one language."""
        return [self[f"{locale}_{part}"] for part in PARTS]

    def clean_skus(self) -> list[int]:
        """Read article numbers as live products of this shop."""
        said = self.cleaned_data["skus"].replace("，", ",").replace("、", ",").split(",")
        wanted = list(dict.fromkeys(sku for one in said if (sku := one.strip())))
        if not 1 <= len(wanted) <= MOST_PRODUCTS:
            raise ValidationError(_("Enter one to four article numbers."))
        rows = Product.objects.live().filter(merchant=self.merchant, sku__in=wanted)
        found = dict(rows.values_list("sku", "pk"))
        if missing := [sku for sku in wanted if sku not in found]:
            raise ValidationError(
                _("Not for sale in your shop: %(skus)s."), params={"skus": ", ".join(missing)}
            )
        return [found[sku] for sku in wanted]

    def clean(self) -> dict[str, Any]:
        """Ask for words by the chosen ways in one language at least."""
        cleaned: dict[str, Any] = super().clean() or {}
        texts = {locale: self.words(locale) for locale in LOCALES}
        ways = cleaned.get("ways") or []
        if "email" in ways and not any(w.get("subject") and w.get("body") for w in texts.values()):
            self.add_error("en_subject", _("An email needs a subject and a text in a language."))
        others = {"push", "site"} & set(ways)
        if others and not any(w.get("title") and w.get("line") for w in texts.values()):
            self.add_error("en_title", _("App and site need a title and a line in a language."))
        return cleaned

    def words(self, locale: str) -> dict[str, str]:
        """Return the words of one language, empty parts left out."""
        found = {
            part: str(self.cleaned_data.get(f"{locale}_{part}") or "").replace("\r\n", "\n")
            for part in PARTS
        }
        return {part: text for part, text in found.items() if text.strip()}

    def save(self, campaign: Campaign | None, by: int) -> Campaign:
        """Keep what was filled in as a draft; the shop's rows are visible."""
        made = campaign or Campaign(
            merchant=self.merchant, made_by_id=by, salt=secrets.token_hex(8)
        )
        filled = self.cleaned_data
        for name in ("name", "segment", "ways", "coupon", "personal", "starts_at", "holdout",
                     "cap", "window_days"):  # fmt: skip
            setattr(made, name, filled[name])
        made.products = filled["skus"]
        begins = made.starts_at or timezone.now()
        made.until = begins + datetime.timedelta(days=filled["goes_on"])
        taken, kept = filled.get("take"), made.texts
        made.texts = {locale: words for locale in LOCALES if (words := self.words(locale))}
        for locale, words in made.texts.items():
            before = kept.get(locale, {})
            if taken is not None and taken.locale == locale and taken.writer:
                words["writer"] = taken.writer
            elif before.get("writer"):
                words["writer"] = before["writer"]
        made.save()
        return made


def text_field(locale: str, part: str) -> forms.CharField:
    """Return the field of one part in one language, with the limit of its place."""
    channel, name = PARTS[part]
    place = CHANNELS[channel].parts[name]
    label = {"subject": _("Subject"), "preview": _("Preview line"), "body": _("Email text"),
             "title": _("Title"), "line": _("Line below")}[part]  # fmt: skip
    lang = {"lang": "zh-Hans" if locale == "zh-hans" else "en"}
    box = forms.Textarea(lang | {"rows": 6 if part == "body" else 2})
    return forms.CharField(
        label=label, max_length=place.limit(locale), required=False,
        widget=box if part in LONG else forms.TextInput(lang),
    )  # fmt: skip


def first_of(campaign: Campaign) -> dict[str, Any]:
    """Return a campaign as the form shows it; the shop's rows are visible. One query."""
    skus = dict(Product.objects.filter(pk__in=campaign.products).values_list("pk", "sku"))
    begins, until = campaign.starts_at, campaign.until
    length = round((until - (begins or campaign.made_at)) / DAY) if until else 3
    words = {
        f"{locale}_{part}": text
        for locale, parts in campaign.texts.items()
        for part, text in parts.items()
    }
    return words | {
        "name": campaign.name, "segment": campaign.segment_id, "ways": campaign.ways,
        "coupon": campaign.coupon_id, "personal": campaign.personal, "starts_at": begins,
        "skus": ", ".join(skus[pk] for pk in campaign.products if pk in skus),
        "goes_on": min((days for days, _n in GOES_ON), key=lambda days: abs(days - length)),
        "holdout": campaign.holdout, "cap": campaign.cap, "window_days": campaign.window_days,
    }  # fmt: skip


def words_taken(draft: Draft) -> dict[str, str]:
    """Return the fields that an approved draft fills."""
    return {
        f"{draft.locale}_{part}": str(draft.parts.get(name, ""))
        for part, (channel, name) in PARTS.items()
        if channel == draft.channel
    }


__all__ = ["CampaignForm", "CampaignStage", "first_of", "words_taken"]
