"""A pasted address as the first values of a form, and in words what it still lacks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.places.place import Place
from catalog.places.reading import read_place
from catalog.presenting.buying import COUNTRIES


def part_label(name: str) -> str:
    """Name a part of an address."""
    return {
        "name": _("Name of the recipient"),
        "phone": _("Telephone"),
        "country": _("Country or region"),
        "region": _("Province or state"),
        "city": _("City"),
        "district": _("District"),
        "street": _("Street and number"),
        "building": _("Building"),
        "room": _("Room"),
        "postal_code": _("Postal code"),
    }[name]


def pasted(request: HttpRequest) -> dict[str, str]:
    """Return the fields that the pasted text names, and say to the person what to look at."""
    place = read_place(request.POST.get("pasted", ""))
    found = {name: said for name, said in place.form().items() if said}
    if found.get("country") not in COUNTRIES:
        found.pop("country", None)
    if not found:
        messages.warning(request, _("No address was found in this text. Please fill in the form."))
    elif place.lacking:
        messages.info(request, lacking_words(place))
    else:
        messages.success(request, _("The form is filled in. Please look whether all is right."))
    return found


def lacking_words(place: Place) -> str:
    """Say what a parcel still needs."""
    comma = pgettext("in a list", ", ")
    names = comma.join(part_label(name) for name in place.lacking)
    return _("The form is filled in as far as the text goes. Still missing: %(parts)s.") % {
        "parts": names
    }
