"""Made-up contexts of experiments: texts compared on shoppers."""

from types import SimpleNamespace

from django import forms

from shopguide.charts import Point, lines
from tests.journeys.copy_samples import CLAIM, draft, sides
from tests.journeys.samples import Context, say


class TrialSheet(forms.Form):
    """A stand-in for the form of an experiment."""

    hypothesis = forms.CharField(label="What you expect", required=False)
    others = forms.MultipleChoiceField(
        label="More texts", choices=[("3", "C")], widget=forms.CheckboxSelectMultiple
    )
    aim = forms.ChoiceField(label="What counts", choices=[("click", "Opened from a list")])
    mode = forms.ChoiceField(label="How people are split", choices=[("even", "Even split")])


def trial_row(number: int = 0) -> Context:
    """Return one experiment in a list."""
    return draft(number) | {
        "aim": say("从列表点开", "Opened from a list"),
        "mode": say("平均分流", "Even split"),
        "hypothesis": say("标题先说材质和用途，点开的人会更多。", "Material first is opened more."),
        "look": "good" if number else "",
        "state": say("进行中", "Running"),
        "demo": not number,
        "met": "1,204",
        "planned": "2,516",
        "share": 48,
        "url": "/merchant/trial/",
    }


def trials(*, empty: bool = False) -> Context:
    """Return experiments, and those of the market place."""
    arms = [
        {"name": name, "rate": "9.4%"}
        for name in (say("与以往相同", "As until now"), say("更多样", "More varied"))
    ]
    rankings = [
        {
            "title": say("更广的列表", "Wider lists"),
            "look": "good",
            "arms": arms,
            "state": say("进行中", "Running"),
            "text": say("数据还不够", "Too few people"),
        }
    ]
    tabs = [{"label": say("进行中", "Running"), "count": 2, "url": "/merchant/", "selected": True}]
    return {
        "may_write": True,
        "rows": [] if empty else [trial_row(n) for n in range(3)],
        "total": 3,
        "pages": {},
        "over": False,
        "tabs": tabs,
        "rankings": [] if empty else rankings,
    }


def trial(kind: str = "good") -> Context:
    """Return one experiment with its figures: the tried text better, or doing harm."""
    usual = {
        "letter": "A",
        "usual": True,
        "out": "",
        "sides": sides(both=False),
        "lang": "en",
        "rate": "9.6%",
        "people": "385",
        "share": "50%",
        "interval": None,
        "can_adopt": False,
    }
    tried = usual | {
        "letter": "B",
        "usual": False,
        "name": "b",
        "rate": "19.2%",
        "mark": kind,
        "can_adopt": True,
        "out": say("已撤下", "Taken out") if kind == "bad" else "",
        "interval": {"low": 55.0, "width": 30.5, "at": 70.25},
        "difference": say("+9.6 个百分点", "+9.6 points, between +1.9 and +17.3"),
    }
    days = [f"Jul {day}" for day in range(1, 9)]
    drawn = lines(
        [
            ("A", [Point(day, 9 + n % 3) for n, day in enumerate(days)]),
            ("B", [Point(day, 15 + n) for n, day in enumerate(days)]),
        ]
    )
    told = {
        "kind": kind,
        "headline": say("文案 B 更好", "Text B does better"),
        "text": say("从列表点开：19.2%。", "Opened from a list: 19.2% with it, 9.6% without."),
    }
    guards = [
        {
            "label": say("退货", "Sent back"),
            "wants": say("不能上升", "must not rise"),
            "hurt": kind == "bad",
            "cells": [{"letter": "A", "value": "1.0%"}, {"letter": "B", "value": "3.1%"}],
        }
    ]
    return {
        "trial": SimpleNamespace(pk=1, running=kind != "bad", hypothesis=CLAIM, people="1,258"),
        "row": trial_row(),
        "may_write": True,
        "told": told,
        "arms": [usual, tried],
        "guards": guards,
        "chart": drawn,
        "aim": say("从列表点开", "Opened from a list"),
        "leader": "b" if kind == "good" else "",
        "broken": False,
        "lift": "20%",
        "rate": "9.6%",
        "can_roll_back": True,
        "product_url": "/product/",
    }


def trial_new(*, draft_known: bool = True) -> Context:
    """Return the plan of an experiment, or the choice of a text."""
    estimates = [
        {
            "value": value,
            "label": f"{value:.0%}",
            "people": "1,258",
            "chosen": value == 0.2,
            "days": say("约 40 天", "about 40 days"),
            "long": value == 0.1,
        }
        for value in (0.1, 0.2, 0.5)
    ]
    return {
        "draft": SimpleNamespace(pk=3) if draft_known else None,
        "row": draft(3),
        "approved": False,
        "running": False,
        "form": TrialSheet(),
        "sides": sides(),
        "borrowed": True,
        "traffic": {"people": "385", "aim": say("从列表点开", "Opened"), "rate": "9.6%"},
        "estimates": estimates,
        "choices": [draft(n) for n in range(3)],
    }
