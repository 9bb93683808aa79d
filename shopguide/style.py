"""The living style guide: each token and component in its states, drawn by the real templates.

For whoever makes a page. It reads nothing of the shop, so it looks the same everywhere.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shopguide.charts import Point, bars, funnel, line, sparkline

COLOURS = (
    "paper", "surface", "sunken", "line", "edge", "ink", "ink-soft", "accent", "accent-deep",
    "accent-soft", "danger", "warn", "good", "star",
)  # fmt: skip
SIZES = ("xs", "s", "m", "l", "xl", "2xl", "3xl")
COMPONENTS = Path(__file__).resolve().parent.parent / "templates" / "components"


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As on the parcel."))
    email = forms.EmailField(label=gettext_lazy("Email address"))
    size = forms.ChoiceField(label=gettext_lazy("Size"), choices=[("s", "S"), ("m", "M")])
    gift = forms.BooleanField(label=gettext_lazy("It is a gift"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}))


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show all tokens and components. No query."""
    icons = sorted(path.name for path in COMPONENTS.glob("icon_*.svg"))
    context = {
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": [(name, f"components/{name}") for name in icons],
        "form": SampleForm(auto_id="ok_%s"),
        "wrong_form": SampleForm({"email": "someone"}, auto_id="wrong_%s"),
        "cards": sample_cards(),
        "chips": [
            {"label": _("under ¥300"), "hard": True, "remove_url": "#chips"},
            {"label": _("leather"), "hard": True, "negated": True, "remove_url": "#chips"},
            {"label": _("comfortable"), "hard": False, "remove_url": "#chips"},
        ],
        "crumbs": [{"name": _("Shoes"), "url": "#crumbs"}, {"name": _("Running shoes")}],
        "pages": sample_pages(),
        **sample_charts(),
        **sample_portal(),
    }
    return render(request, "style.html", context)


def sample_cards() -> list[dict[str, Any]]:
    """Return a card in each of its states."""
    card = {
        "url": "#cards", "title": _("Trail shoe with a wide last"), "price": "¥299", "stars": 4.5,
        "review_count": 28, "in_stock": True, "merchant": "Tingbu",
    }  # fmt: skip
    return [
        card,
        {**card, "was": "¥359", "price_from": True},
        {**card, "in_stock": False, "review_count": 0, "stars": Decimal(0)},
        {**card, "price": "", "title": _("A title so long that it needs more than two lines to be "
                                         "said and is therefore cut at the end of the second one")},
    ]  # fmt: skip


def sample_pages() -> dict[str, Any]:
    """Return the page links of a long list."""
    numbers = [
        {"label": "1", "url": "#pages"},
        {"label": "2", "url": "#pages", "current": True},
        {"gap": True},
        {"label": "9", "url": "#pages"},
    ]
    return {"previous_url": "#pages", "next_url": "#pages", "numbers": numbers}


def sample_portal() -> dict[str, Any]:
    """Return the parts of the portal's frame."""
    return {
        "figures": [
            {"label": _("Orders in 7 days"), "value": 84, "before": "71", "trend": "+18 %",
             "before_label": _("the 7 days before"), "url": "#figures"},
            {"label": _("Orders today"), "value": 3, "before": "0", "trend": "",
             "before_label": _("yesterday by this time"), "url": "#figures"},
        ],
        "waiting": [
            {"label": _("Products without a price"),
             "note": _("They are found, but cannot be bought."), "count": 12, "url": "#figures"},
            {"label": _("Opinions to answer"), "note": _("In one language only"),
             "count": 2, "url": "#figures"},
        ],
        "undo": {"url": "#undo", "token": "-"},
        "found": [
            {"title": _("Orders"), "note": "", "icon": "components/icon_truck.svg"},
            {"title": _("Trail shoe with a wide last"), "note": "TB-204",
             "icon": "components/icon_box.svg"},
        ],
        "way": [{"name": _("Overview"), "url": "#way"}, {"name": _("Orders")}],
        "toasts": [
            {"kind": "good", "text": _("Your changes are saved.")},
            {"kind": "bad", "text": _("No connection. Check your network and try again.")},
        ],
    }  # fmt: skip


def sample_charts() -> dict[str, Any]:
    """Return a chart of each kind."""
    counts = [12, 19, 17, 24, 31, 28, 36, 34, 41, 47, 44, 52]
    points = [Point(str(n), count, count * 0.85, count * 1.15) for n, count in enumerate(counts, 1)]
    steps = [
        Point(_("Seen"), 12480),
        Point(_("Opened"), 3120),
        Point(_("In the cart"), 624),
        Point(_("Ordered"), 287),
    ]
    return {
        "line": line(points),
        "no_line": line([]),
        "bars": bars(steps),
        "funnel": funnel(steps),
        "spark": sparkline(counts),
    }
