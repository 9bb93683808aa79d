"""Stock advice in words: states, reasons with their sums, charts. It reckons nothing of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.feeds.cells import harmless
from catalog.presenting.money import number
from catalog.presenting.naming import html_lang
from marketing.models import DeliveryNote, Demand, ForecastRun
from marketing.stocking import advising
from marketing.stocking.advising import Advice
from marketing.stocking.demand.calendar import events_of
from marketing.stocking.listing import Advised
from shopguide.accounts.models import Merchant
from shopguide.charts import Line, Point, line, sparkline

TONES = {advising.OUT: "bad", advising.ORDER: "bad", advising.SOON: "warn",
         advising.SLOW: "warn", advising.OVER: "warn", advising.FINE: "good"}  # fmt: skip


def state_label(state: str) -> str:
    """Name a state."""
    return {
        advising.OUT: _("Sold out"),
        advising.ORDER: _("Reorder now"),
        advising.SOON: _("Order within a week"),
        advising.SLOW: _("Hardly sells"),
        advising.OVER: _("More than enough"),
        advising.FINE: _("Enough"),
        advising.UNKNOWN: _("No sales yet"),
    }[state]


def method_label(method: str) -> str:
    """Say how a product is forecast."""
    return {
        "seasonal_naive": _("last week again"),
        "moving": _("mean of eight weeks by weekday"),
        "slow": _("smoothing with a long memory"),
        "steady": _("smoothing"),
        "quick": _("smoothing with a short memory"),
        "intermittent": _("how often it sells times how much (TSB)"),
        "pooled": _("its own rate, leaning on the shop's (negative binomial)"),
        "yearly": _("recent level, moved as the shop moved a year ago"),
    }.get(method, method)


def event_label(kind: str) -> str:
    """Name a festival or a promotion."""
    return {
        "spring_shopping": _("before Spring Festival"),
        "spring_festival": _("Spring Festival"),
        "mid_autumn": _("before Mid-Autumn Festival"),
        "black_friday": _("Black Friday weekend"),
        "valentine": _("before Valentine's Day"),
        "midyear_sale": _("mid-year sale (18 June)"),
        "national_day": _("National Day holidays"),
        "singles_day": _("Singles' Day (11 November)"),
        "double_twelve": _("Double Twelve"),
        "christmas_shopping": _("before Christmas"),
        "christmas_rest": _("Christmas days"),
        "new_year": _("New Year"),
        "promotion": _("coupon of the shop"),
        "price_lowered": _("lowered price"),
    }.get(kind, kind)


def amount(value: float) -> str:
    """Say a reckoned number: whole from ten on, with one decimal below."""
    return number(round(value)) if abs(value) >= 10 else number(round(value, 1))


def pieces(count: int) -> str:
    """Say a number of pieces."""
    return ngettext("%(count)s piece", "%(count)s pieces", count) % {"count": number(count)}


def day(date: datetime.date | None) -> str:
    """Say a day."""
    return formats.date_format(date, "SHORT_DATE_FORMAT") if date else ""


def week(begins: datetime.date) -> str:
    """Say a week as an axis names it."""
    return formats.date_format(begins, "MONTH_DAY_FORMAT")


def row_of(merchant: Merchant, one: Advised) -> dict[str, Any]:
    """Return a row of the list."""
    told, demand = one.advice, one.demand
    text = one.product.text()
    history = demand.history[-13:] if demand else []
    ahead = weeks_ahead(demand)[:4] if demand else []
    return {
        "title": text.title if text else one.product.sku,
        "lang": html_lang(text.locale) if text else "",
        "sku": one.product.sku,
        "url": reverse("merchant_stock_product", args=[merchant.slug, one.product.pk]),
        "state": told.state,
        "state_label": state_label(told.state),
        "tone": TONES.get(told.state, ""),
        "on_hand": number(told.on_hand),
        "on_way": number(told.on_way) if told.on_way else "",
        "per_week": amount(told.per_day * 7) if demand else "",
        "lasts": lasts(told),
        "order": number(told.quantity) if told.quantity else "",
        "trend": sparkline([float(each) for each in (*history, *ahead)]) if demand else "",
        "trend_label": _("Sold in 13 weeks: %(sold)s; expected in the next four: %(ahead)s")
        % {"sold": number(sum(history)), "ahead": amount(sum(ahead))},
    }


def lasts(told: Advice) -> str:
    """Say until when stock lasts."""
    if told.on_hand <= 0:
        return _("none left")
    if told.runs_out_on:
        return day(told.runs_out_on)
    return _("more than 8 weeks") if told.per_day else ""


def weeks_ahead(demand: Demand) -> list[float]:
    """Add the coming days up to weeks."""
    return [sum(demand.ahead[n : n + 7]) for n in range(0, len(demand.ahead), 7)]


def chart(demand: Demand, run: ForecastRun) -> Line:
    """Return weeks sold and weeks expected, these with the interval that holds 80 of 100."""
    first = run.begins - datetime.timedelta(days=7 * len(demand.history))
    points = [
        Point(week(first + datetime.timedelta(days=7 * n)), sold)
        for n, sold in enumerate(demand.history)
    ]
    for n, mean in enumerate(weeks_ahead(demand)):
        half = float(run.bounds.get("band", 1.28)) * demand.spread * max(mean, 0.25) ** 0.5
        label = week(run.begins + datetime.timedelta(days=7 * n))
        points.append(Point(label, mean, low=max(mean - half, 0.0), high=mean + half))
    return line(points, say=amount)


def reasons(one: Advised, run: ForecastRun | None) -> list[str]:
    """Return why the advice is as it is, a sentence each, every sum written out."""
    told = one.advice
    if one.demand is None or run is None:
        return never_sold(told)
    terms = told.terms
    said = [
        _("Expected in the next %(days)s days, until an order placed today arrives: %(mean)s pieces"
          " (%(daily)s a day).")
        % {"days": terms.lead_days, "mean": amount(told.lead_mean),
           "daily": amount(told.lead_mean / terms.lead_days)},
        _("Safety stock: %(times)s deviations of %(unit)s = %(safety)s pieces, so that stock lasts"
          " in about %(service)s of 100 cases.")
        % {"times": number(round(told.times, 2)), "unit": amount(told.unit),
           "safety": amount(told.safety), "service": terms.service},
        _("Reorder point: %(mean)s + %(safety)s, rounded up: %(point)s.")
        % {"mean": amount(told.lead_mean), "safety": amount(told.safety),
           "point": number(told.reorder_point)},
        _("There are %(hand)s in stock and %(way)s on their way: %(position)s together.")
        % {"hand": number(told.on_hand), "way": number(told.on_way),
           "position": number(told.position)},
    ]  # fmt: skip
    return said + verdict(told) + beside(told) + made_of(one, run)


def never_sold(told: Advice) -> list[str]:
    """Say what is known of a product without sales."""
    said = [_("Nothing of it has been sold yet, so nothing can be forecast.")]
    if told.idle_days is not None and told.on_hand:
        said.append(
            _("%(hand)s have been in stock for %(days)s days without a sale.")
            % {"hand": pieces(told.on_hand), "days": told.idle_days}
        )
    return said


def verdict(told: Advice) -> list[str]:
    """Say what follows from the numbers."""
    if told.quantity:
        terms = told.terms
        return [
            _("That is not above the reorder point. For %(days)s days %(mean)s are expected; plus"
              " %(safety)s of safety stock, less the %(position)s there or on their way: order"
              " %(quantity)s.")
            % {"days": terms.lead_days + terms.cover_days, "mean": amount(told.cover_mean),
               "safety": amount(told.safety), "position": number(told.position),
               "quantity": pieces(told.quantity)}
            + (" " + _("(In packs of %(pack)s.)") % {"pack": terms.pack} if terms.pack > 1 else "")
        ]  # fmt: skip
    said = {
        advising.SOON: _("Within a week it will fall to the reorder point."),
        advising.FINE: _("That is above the reorder point: nothing to order."),
        advising.OUT: _("It is sold out; what is on its way will do."),
    }.get(told.state)
    left = told.days_left
    if told.state == advising.OVER and left is not None:
        said = _("At this rate the stock lasts for %(days)s days: consider a lower price.")
        said %= {"days": number(round(left))}
    if told.state == advising.SLOW and told.idle_days is not None:
        said = _("Nothing was sold for %(days)s days: consider a promotion or a return to the"
                 " supplier.") % {"days": told.idle_days}  # fmt: skip
    return [said] if said else []


def beside(told: Advice) -> list[str]:
    """Say what else there is to know of the stock."""
    said = []
    if told.runs_out_on and told.on_hand > 0:
        said.append(
            _("At the mean the stock is used up on %(day)s.") % {"day": day(told.runs_out_on)}
        )
    if told.reserved:
        said.append(
            _("%(count)s of open orders are already taken off the stock.")
            % {"count": pieces(told.reserved)}
        )
    return said


def made_of(one: Advised, run: ForecastRun) -> list[str]:
    """Say what the forecast was made of and how good it proved."""
    demand, said = one.demand, list[str]()
    if demand is None:
        return said
    coming = set(events_of(timezone.localdate(), 28)) - {""}
    effects = [
        f"{event_label(kind)} × {number(round(run.uplifts[kind], 2))}"
        for kind in sorted(coming)
        if abs(run.uplifts.get(kind, 1.0) - 1) >= 0.05
    ]
    if effects:
        said.append(_("In the next four weeks: %(effects)s.") % {"effects": ", ".join(effects)})
    said.append(_("Method: %(method)s.") % {"method": method_label(demand.method)})
    if demand.mase is not None:
        said.append(
            _("In past months its error was %(mase)s of that of saying last week again.")
            % {"mase": number(round(demand.mase, 2))}
        )
    return said


def run_line(run: ForecastRun) -> str:
    """Say in one line what the forecast was made of and how good it proved."""
    said = _("Forecast of %(day)s: %(products)s products, %(days)s days of sales.") % {
        "day": day(run.begins), "products": number(run.products), "days": number(run.days),
    }  # fmt: skip
    if run.mase is not None and run.coverage is not None:
        said += " " + _(
            "Tried on past months: error %(mase)s of saying last week again; the 80%% interval"
            " held %(coverage)s of 100 weeks."
        ) % {"mase": number(round(run.mase, 2)), "coverage": number(round(100 * run.coverage))}
    return said


# --- Delivery notes -------------------------------------------------------------------------------
def kind_label(code: str) -> str:
    """Name a kind of delivery note."""
    return {
        "customs": _("Held by customs"),
        "lost": _("Lost"),
        "damaged": _("Damaged"),
        "refused": _("Refused"),
        "returned": _("Coming back"),
        "address": _("Address problem"),
        "absent": _("Nobody there"),
        "delayed": _("Delayed"),
        "delivered": _("Delivered"),
        "ready": _("Waits to be collected"),
        "out": _("Out for delivery"),
        "transit": _("On its way"),
        "other": _("Something else"),
    }.get(code, code)


def acts_label(acts: str) -> str:
    """Say who must act on a note."""
    return {"shop": _("You"), "shopper": _("The shopper"), "carrier": _("The carrier")}.get(
        acts, ""
    )


def advice_for(kind: str) -> str:
    """Say what usually helps."""
    return {
        "customs": _("Send the papers that customs ask for; see the customs text of the product."),
        "lost": _("Open a claim with the carrier and send the goods again or refund them."),
        "damaged": _("Ask for a picture, claim from the carrier, offer a replacement."),
        "refused": _("Ask the shopper why; refund when the goods are back."),
        "returned": _("Expect the goods, check them, refund or send them again."),
        "address": _("Ask the shopper for the right address and tell the carrier."),
        "absent": _("Let the shopper choose a day or a place for collection."),
        "ready": _("Remind the shopper before the parcel goes back."),
        "delayed": _("Tell the shopper the new day; nothing else to do yet."),
    }.get(kind, "")


def note_row(merchant: Merchant, note: DeliveryNote) -> dict[str, Any]:
    """Return a row of the notes."""
    order = note.order
    return {
        "pk": note.pk,
        "text": note.text,
        "kind": note.kind,
        "kind_label": kind_label(note.kind),
        "tone": {"shop": "bad", "shopper": "warn", "carrier": "warn"}.get(note.acts, "good"),
        "acts": acts_label(note.acts),
        "advice": advice_for(note.kind),
        "because": note.because,
        "noted_at": note.noted_at,
        "settled_at": note.settled_at,
        "open": bool(note.acts and note.settled_at is None),
        "order": order.number if order else "",
        "order_url": reverse("merchant_order", args=[merchant.slug, order.number]) if order else "",
    }


# --- The table ------------------------------------------------------------------------------------
COLUMNS = ("sku", "title", "state", "on_hand", "reserved", "on_way", "per_day", "lead_days",
           "service", "lead_mean", "safety", "reorder_point", "order", "runs_out_on")  # fmt: skip


def table(rows: list[Advised]) -> Iterator[list[str]]:
    """Yield the head, then each product as plain values."""
    yield list(COLUMNS)
    for one in rows:
        told = one.advice
        values = (
            one.product.sku, one.product.title, told.state, told.on_hand, told.reserved,
            told.on_way, round(told.per_day, 3), told.terms.lead_days, told.terms.service,
            round(told.lead_mean, 2), round(told.safety, 2), told.reorder_point, told.quantity,
            told.runs_out_on or "",
        )  # fmt: skip
        yield [harmless(str(value)) for value in values]
