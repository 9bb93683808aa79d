"""The first questions, for apps: what may be answered, and the answers."""

from __future__ import annotations

from typing import Any

from profiles.api.knowing import TAG, agreeing, taste_shown
from profiles.api.shapes_of_start import AnswersIn, QuestionsOut
from profiles.api.shapes_of_taste import TasteOut
from profiles.consenting import held
from profiles.starting import Answers, Choice, answer, brands, kinds, prices
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.rest.operations import Asked, operation


def choices(found: list[Choice]) -> list[dict[str, str]]:
    """Return what may be chosen."""
    return [{"value": one.value, "name": one.name} for one in found]


@operation("taste_questions", tag=TAG, answer=QuestionsOut)
def questions(request: Asked) -> dict[str, Any]:
    """Return what somebody new may be asked, and what they may answer."""
    return {"kinds": choices(kinds()), "brands": choices(brands()), "prices": choices(prices())}


@operation("taste_start", tag=TAG, body=AnswersIn, answer=TasteOut)
def answered(request: Asked) -> dict[str, Any]:
    """Keep the first answers; with any of them personal recommendations are agreed to."""
    sent = request.sent
    answers = Answers(sent["kinds"], sent["brands"], sent["price"])
    if any((*answers.kinds, *answers.brands, answers.price)):
        answer(shopper_for(request._request), answers, via="app")
        request._request.consent = held(shopper_of(request._request))  # type: ignore[attr-defined]
    return taste_shown(agreeing(request))
