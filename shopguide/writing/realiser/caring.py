"""Taking care: refusing politely, handing over to a person, being sorry. Nothing here sells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.meeting import Both

_REFUSED: dict[str, Both] = {
    "harm": (
        ("这方面我不能帮忙。如果您或身边的人有危险，请马上联系当地的紧急求助电话。",),
        (
            "I can't help with that. If you or somebody else is in danger, please call your local "
            "emergency number.",
        ),
    ),
    "privacy": (
        ("这涉及他人的信息，我不能提供。",),
        ("That concerns somebody else's information, so I can't share it.",),
    ),
    "self_harm": (
        (
            "听到您这样说，我很担心。请现在就联系身边信任的人，或拨打当地的心理援助热线；"
            "情况紧急时请拨打急救电话。",
        ),
        (
            "I'm very sorry you feel this way. Please reach out now to somebody you trust or to a "
            "crisis line where you live; in an emergency, call the emergency number.",
        ),
    ),
    "instructions": (
        ("我不能改变自己的规则，不过商品和订单上的事我很乐意帮忙。",),
        ("I can't change how I work, but I'm happy to help with products and orders.",),
    ),
    "medical": (
        ("健康方面的判断请咨询医生或药师，我只能告诉您商品上写明的信息。",),
        (
            "Please ask a doctor or pharmacist about that; I can only tell you what the product "
            "page states.",
        ),
    ),
    "legal": (
        ("法律方面的问题请咨询专业人士，我可以告诉您店里写明的规则。",),
        (
            "Please ask a professional about legal questions; I can tell you the shop's written "
            "rules.",
        ),
    ),
    "rude": (
        ("我们好好说，我会尽力帮您。", "我理解您可能着急，咱们一步步来。"),
        ("Let's keep it friendly; I'll do my best to help.",),
    ),
    "prices": (
        ("价格由店家设定，我没有办法更改。",),
        ("Prices are set by the shop; I can't change them.",),
    ),
}


def refuse(plan: Plan) -> Iterator[str]:
    """Decline politely, with the reason, and lead back."""
    chinese, english = _REFUSED.get(
        plan.text("topic"), (("抱歉，这个我不能帮忙。",), ("I'm sorry, I can't help with that.",))
    )
    yield say(plan, "refuse", chinese, english)
    if plan.text("topic") not in ("harm", "self_harm"):
        yield say(
            plan,
            "back",
            ("想找商品或查订单，我随时都在。", "有商品或订单上的事，尽管问我。"),
            (
                "If you need a product or help with an order, I'm here.",
                "Is there a product or an order I can help with?",
            ),
        )


def hand_over(plan: Plan) -> Iterator[str]:
    """Say that a person takes over, when, and that nothing need be told twice."""
    if plan.facts.get("open") is False:
        yield say(
            plan,
            "closed",
            (
                "客服现在不在线，您的问题已经转给店里了。",
                "现在是客服休息时间，我已经把您的情况留给店里。",
            ),
            (
                "The desk is closed right now; I've left your question with the shop.",
                "The team is away at the moment, and your question is waiting for them.",
            ),
        )
        if plan.text("hours"):
            yield say(
                plan,
                "hours",
                ("服务时间是{hours}，客服回来后会尽快回复您。",),
                ("They answer {hours} and will reply as soon as they are back.",),
                hours=plan.text("hours"),
            )
    else:
        yield say(
            plan,
            "open",
            ("好的，正在为您转接人工客服。", "明白，我这就请店里的同事来帮您。"),
            (
                "Of course, I'm passing you on to a person now.",
                "Sure, I'm getting somebody from the shop for you.",
            ),
        )
    yield say(
        plan,
        "kept",
        ("前面的对话他们都能看到，不用再说一遍。", "您刚才说的都已附上，不必重复。"),
        (
            "They can see our conversation, so you won't have to repeat yourself.",
            "Everything you've told me goes along, so there's no need to explain again.",
        ),
    )


def people(plan: Plan) -> Iterator[str]:
    """Say when people of a shop are there, and that one can be asked for."""
    if plan.facts.get("calls") is True:
        yield say(
            plan,
            "calls",
            ("打电话我这边安排不了，店里的同事在这段对话里回复您。",),
            ("I can't arrange a call; the shop's people answer here in this chat.",),
        )
    if plan.facts.get("open") is False and plan.text("hours"):
        yield say(plan, "closed", ("店里的同事现在不在，{hours}在线。",),
                  ("The shop's people are away now; they are back {hours}.",),
                  hours=plan.text("hours"))  # fmt: skip
    elif plan.facts.get("open") is True:
        yield say(plan, "open", ("店里的同事现在在线。",), ("The shop's people are there now.",))
    yield say(
        plan,
        "ask",
        ("想和他们说话，说一声“转人工”就行。",),
        ("To talk to them, just ask for a person here.",),
    )


_TROUBLES: dict[str, Both] = {
    "damaged": (
        ("真的很抱歉，本不该让您收到坏的。", "实在对不起，让您收到了损坏的商品。"),
        (
            "I'm very sorry that it arrived damaged; I'd be upset too.",
            "I'm so sorry. It should never have reached you broken.",
        ),
    ),
    "still": (
        ("明白，那就不让您再折腾了。", "好的，试过还是不行，那就按规则处理。"),
        ("Understood, then let's not try any further.", "All right, then the rules have to help."),
    ),
    "more": (
        ("好的，明白了。", "好的，了解了。"),
        ("Thank you for telling me.", "I see, thank you."),
    ),
    "upset": (
        ("给您添麻烦了，真的很抱歉。", "很抱歉，这确实让人不痛快。"),
        ("I'm sorry, I understand how annoying this is.", "I hear you, and I'm sorry."),
    ),
    "faulty": (
        ("东西出了毛病，给您添麻烦了，真的很抱歉。", "用着出了问题，实在对不起。"),
        (
            "I'm sorry that it has let you down.",
            "I'm very sorry that it isn't working as it should.",
        ),
    ),
    "missing": (
        ("少了东西，真的很抱歉。", "没给您配齐，实在对不起。"),
        ("I'm very sorry that something is missing.", "I'm sorry that it didn't come complete."),
    ),
    "late": (
        ("让您等了这么久，非常抱歉。", "实在对不起，东西到得太慢了。"),
        ("I'm very sorry that it's taking so long.", "I apologise for the long wait."),
    ),
    "wrong": (
        ("发错了东西，是我们的不对，非常抱歉。",),
        ("I'm very sorry that you were sent the wrong item.",),
    ),
    "unlike": (
        ("和描述的不一样，真的很抱歉。", "实物和页面对不上，实在对不起。"),
        ("I'm very sorry that it isn't as described.",),
    ),
    "quality": (
        ("商品没有达到您的期待，非常抱歉。",),
        ("I'm very sorry that it isn't as good as it should be.",),
    ),
    "service": (
        ("之前的服务让您不愉快，非常抱歉。",),
        ("I'm very sorry about the service you've had.",),
    ),
}


def apology(plan: Plan) -> Iterator[str]:
    """Be sorry, say what is known, what is done, and that a person is there. It sells nothing."""
    chinese, english = _TROUBLES.get(
        plan.text("trouble"),
        (
            ("给您添麻烦了，真的很抱歉。", "非常抱歉让您有这样的体验。"),
            ("I'm truly sorry for the trouble.", "I'm very sorry about this."),
        ),
    )
    yield say(plan, "sorry", chinese, english)
    yield plan.text("fact")
    yield plan.text("action")
    if plan.facts.get("person") is not False:
        yield say(
            plan,
            "person",
            (
                "如果您更愿意和真人沟通，说一声“转人工”，我马上转接。",
                "您也可以随时转人工，由店里的同事接着处理。",
            ),
            (
                "If you'd rather talk to a person, just say so and I'll hand over at once.",
                "You can also speak to a person from the shop at any time.",
            ),
        )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "refuse": refuse,
    "hand_over": hand_over,
    "people": people,
    "apology": apology,
}
