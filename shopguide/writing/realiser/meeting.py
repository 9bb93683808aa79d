"""Meeting somebody: greeting, thanks, small talk, asking back, not knowing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from shopguide.writing.phrasing import listed, quoted, say, whole
from shopguide.writing.plan import Plan

Both = tuple[tuple[str, ...], tuple[str, ...]]


def _examples(plan: Plan) -> str:
    """Return what could be asked, as one sentence; nothing without examples."""
    examples = [quoted(one) for one in plan.texts("examples")[:3]]
    return (
        say(
            plan,
            "examples",
            ("比如您可以说：{list}。", "您可以这样问我：{list}。"),
            ("For example: {list}.", "You could ask me: {list}."),
            list=listed(examples, chinese=plan.chinese, word="或" if plan.chinese else "or"),
        )
        if examples
        else ""
    )


def greeting(plan: Plan) -> Iterator[str]:
    """Greet, once more in a way that knows the person was here."""
    shop = plan.text("shop")
    if plan.says("again"):
        yield say(
            plan, "again", ("您好，又见面了。", "欢迎回来！"), ("Welcome back!", "Hello again!")
        )
    elif shop:
        yield say(
            plan,
            "shop",
            ("您好，这里是{shop}。", "您好，欢迎光临{shop}。"),
            ("Hello, and welcome to {shop}.", "Hi, this is {shop}."),
            shop=shop,
        )
    else:
        yield say(plan, "hello", ("您好！", "您好，很高兴为您服务。"), ("Hello!", "Hi there!"))
    yield say(
        plan,
        "offer",
        (
            "想找什么，或者订单上有什么事，直接告诉我就好。",
            "挑商品、比一比、查订单、退换货，都可以交给我。",
        ),
        (
            "Tell me what you are looking for, or ask me about an order.",
            "I can find and compare products, and help with orders and returns.",
        ),
    )
    yield _examples(plan)


_SMALL: dict[str, Both] = {
    "useless": (
        ("抱歉，没帮到您。要我请店里的同事来接着处理吗？",),
        ("I'm sorry I haven't been of help. Shall I get somebody from the shop to take over?",),
    ),
    "who": (
        ("我是这里的 AI 导购，帮您找商品、比较、查订单；需要真人时随时可以转接。",),
        (
            "I am the shop's AI guide: I find and compare products and look after orders. "
            "You can ask for a person at any time.",
        ),
    ),
    "how": (
        ("谢谢关心，我一切都好，随时可以帮您。", "挺好的，谢谢您！今天想看点什么？"),
        (
            "I'm doing well, thank you. What can I find for you today?",
            "Very well, thanks for asking. How can I help?",
        ),
    ),
    "boss": (
        (
            "老板是谁我这儿查不到，我是这里的 AI 导购。商品和订单上的事可以直接跟我说，"
            "要找店家的人，说一声“转人工”就行。",
        ),
        (
            "I can't tell you who is behind the shops: I'm their AI guide. Ask me about goods and "
            "orders, or say “a person, please” to reach the shop's people.",
        ),
    ),
    "joke": (
        ("笑话我讲不好，挑东西倒还在行。今天想看点什么？",),
        ("I'm better at shopping than at jokes. What are you looking for today?",),
    ),
}


def small_talk(plan: Plan) -> Iterator[str]:
    """Answer kindly and lead back to the shop."""
    chinese, english = _SMALL.get(
        plan.text("topic"),
        (
            ("和您聊天很高兴。想看点什么，随时告诉我。", "哈哈，好的。有想买的东西就跟我说。"),
            (
                "Nice talking to you. Tell me whenever there is something you need.",
                "I'm glad to chat. Is there something I can find for you?",
            ),
        ),
    )
    yield say(plan, "talk", chinese, english)


def thanks(plan: Plan) -> Iterator[str]:
    """Return thanks."""
    yield say(
        plan,
        "thanks",
        ("不客气！还有需要随时找我。", "不用谢，能帮上忙就好。", "应该的，祝您购物愉快。"),
        (
            "You're welcome! I'm here if you need anything else.",
            "My pleasure.",
            "Glad I could help.",
        ),
    )


def praise(plan: Plan) -> Iterator[str]:
    """Take praise, and pass it on."""
    yield say(
        plan,
        "praise",
        ("谢谢您的肯定，很高兴您满意！", "太好了，您喜欢就好！"),
        ("Thank you, I'm so glad you like it!", "That's lovely to hear, thank you!"),
    )
    yield say(
        plan,
        "review",
        ("方便的话，可以在订单页写一条评价，让其他买家也看到。",),
        ("If you have a moment, a review on your order page helps other buyers.",),
    )


def noted(plan: Plan) -> Iterator[str]:
    """Take note of a yes or a no that nothing waited for."""
    yield say(
        plan,
        "noted",
        ("好的，有需要随时叫我。", "行，那先这样，有事再找我。"),
        ("All right. I'm here if you need anything.", "Fine, just say when there is something."),
    )


def goodbye(plan: Plan) -> Iterator[str]:
    """Say goodbye."""
    yield say(
        plan,
        "bye",
        ("再见，欢迎随时再来！", "好的，祝您生活愉快，再见！"),
        ("Goodbye, and come back any time!", "Take care, and see you soon!"),
    )


_ASKED: dict[str, Both] = {
    "option": (
        ("要哪一款呢？", "请问要哪一种？"),
        ("Which one would you like?", "Which of them shall I take?"),
    ),
    "shop": (
        ("请问是哪家店铺的问题？我帮您转过去。",),
        ("Which shop is it about? I'll pass you on to them.",),
    ),
    "what": (
        ("您想找哪一类商品呢？", "具体想看什么呢？"),
        ("What kind of product are you looking for?", "What would you like to see?"),
    ),
    "kind": (
        ("这不是同一类东西，不好放在一起比。先看哪一类呢？",),
        (
            "Those are different kinds of things, so a comparison would tell you little. "
            "Which kind shall I show you first?",
        ),
    ),
    "budget": (
        ("您的预算大概是多少？", "大概想控制在什么价位？"),
        ("Roughly how much would you like to spend?", "Do you have a budget in mind?"),
    ),
    "person": (("是送给谁的呢？", "给谁用的呢？"), ("Who is it for?", "Who will be using it?")),
    "size": (
        ("您平时穿多大的尺码？", "身高和体重大概是多少？我按尺码表帮您对一下。"),
        ("What size do you usually take?", "Which size do you usually wear?"),
    ),
    "product": (
        ("您说的是哪一款呢？", "想问的是哪一件？"),
        ("Which product do you mean?", "Which one are you asking about?"),
    ),
    "order": (
        ("请问是哪一笔订单？", "麻烦告诉我订单号，或者从下面选一笔。"),
        ("Which order is it about?", "Could you tell me the order number?"),
    ),
    "reason": (
        ("可以告诉我是什么原因吗？这样我好按规则帮您办。", "请问是哪里不合适？"),
        ("Could you tell me why, so that I can apply the right rule?", "What is the reason?"),
    ),
    "address": (("请把新的收货地址发给我。",), ("Please send me the new address.",)),
    "many": (("需要几件呢？",), ("How many would you like?",)),
    "invoice": (
        ("发票抬头写什么？公司请附上税号。", "请告诉我发票抬头，公司的话再加上税号。"),
        ("Whom should the invoice be made out to? For a company, please add its tax number.",),
    ),
}


def clarify(plan: Plan) -> Iterator[str]:
    """Ask one question, with what can be chosen; first say what there is not, or what holds."""
    yield from whole(plan, "first")
    if lacking := plan.texts("lacking"):
        yield say(
            plan,
            "lacking",
            ("没有{list}的。", "这款没有{list}。"),
            ("It doesn't come in {list}.", "There is none in {list}."),
            list=listed(
                [one if plan.chinese else one.lower() for one in lacking], chinese=plan.chinese
            ),
        )
    if sold_out := plan.texts("sold_out"):
        yield say(
            plan,
            "sold out",
            ("{list}现在换不到。",),
            ("{list} can't be had right now.",),
            list=listed(sold_out, chinese=plan.chinese),
        )
    if missing := plan.texts("missing"):
        yield say(
            plan,
            "missing",
            ("地址里还差{list}。",),
            ("The address still lacks this: {list}.",),
            list=listed([one if plan.chinese else one.lower() for one in missing],
                        chinese=plan.chinese),
        )  # fmt: skip
    if choices := plan.texts("choices"):
        yield from _open_options(plan, choices)
        return
    chinese, english = _ASKED.get(plan.text("about"), _ASKED["what"])
    yield say(plan, "question", chinese, english)
    options = plan.texts("options")[:6]
    if options:
        yield say(
            plan,
            "options",
            ("可以选：{list}。", "比如{list}。"),
            ("You can choose from {list}.", "For instance {list}."),
            list=listed(options, chinese=plan.chinese, word="或" if plan.chinese else "or"),
        )


def _open_options(plan: Plan, choices: Sequence[str]) -> Iterator[str]:
    names = plan.texts("names")
    yield say(
        plan,
        "question",
        ("您要什么{names}？", "请问要哪种{names}？"),
        ("Which {names} would you like?", "Which {names} shall I take?"),
        names=listed(
            names if plan.chinese else [one.lower() for one in names],
            chinese=plan.chinese,
            word="和" if plan.chinese else "and",
        ),
    )
    for one in choices:
        yield f"\n- {one}{'。' if plan.chinese else '.'}"


def back_to(plan: Plan) -> Iterator[str]:
    """Come back to a question, or to what waits for a yes."""
    if what := plan.text("what").rstrip("。."):
        yield "\n" + say(
            plan,
            "waiting",
            ("刚才那件事还等您一句话：{what}，要办吗？", "另外，{what}，还办吗？回复“确认”就办。"),
            ("Still waiting for your word: {what}. Yes or no?", "And shall I still {what}?"),
            what=what,
        )
        return
    yield "\n" + say(
        plan,
        "back",
        ("回到刚才的事：", "再说回刚才那件："),
        ("Back to what we were doing:", "And to come back to your other question:"),
    )
    yield from clarify(plan)


def not_understood(plan: Plan) -> Iterator[str]:
    """Say so, and show how it goes."""
    yield say(
        plan,
        "not",
        ("抱歉，这句我没太看懂。", "不好意思，我没理解您的意思。"),
        ("Sorry, I didn't quite get that.", "I'm not sure I understood."),
    )
    yield _examples(plan) or say(
        plan,
        "again",
        ("能换个说法吗？也可以随时转人工。",),
        ("Could you put it another way? You can also ask for a person.",),
    )


def unknown(plan: Plan) -> Iterator[str]:
    """Say honestly that it is not known, and what else can be done."""
    about = plan.text("about")
    if about:
        yield say(
            plan,
            "about",
            (
                "关于{about}，店里没有写明，我不想乱猜。",
                "{about}这一点资料里没有，我不能随口答您。",
            ),
            (
                "I don't know about {about}: the shop doesn't say, and I won't guess.",
                "The shop's information doesn't cover {about}, so I can't say for sure.",
            ),
            about=about,
        )
    else:
        yield say(
            plan,
            "unknown",
            ("这个问题资料里没有答案，我不想乱猜。", "这一点我查不到，不敢随便答您。"),
            (
                "I don't know: the shop's information doesn't say, and I won't guess.",
                "I couldn't find an answer to that, and I'd rather not guess.",
            ),
        )
    ways = plan.texts("ways")[:3]
    if ways:
        yield say(
            plan,
            "ways",
            ("您可以{list}。", "要不这样：{list}。"),
            ("You could {list}.", "What you can do: {list}."),
            list=listed(ways, chinese=plan.chinese, word="，或者" if plan.chinese else "or"),
        )
    else:
        yield say(
            plan,
            "person",
            ("要我帮您转给店里的客服吗？", "我可以帮您转给店家，由他们来答复。"),
            (
                "Shall I pass your question on to the shop?",
                "I can hand this over to somebody at the shop.",
            ),
        )


def out_of_scope(plan: Plan) -> Iterator[str]:
    """Say what the guide is for."""
    yield say(
        plan,
        "scope",
        ("这个我帮不上忙，我只懂店里的商品和订单。", "这超出我的范围了，我只负责商品和订单。"),
        (
            "That's beyond me: I only know the shop's products and orders.",
            "I can't help with that; products and orders are what I'm here for.",
        ),
    )
    yield _examples(plan) or say(
        plan,
        "back",
        ("想买点什么的话，随时告诉我。",),
        ("If there's something you'd like to buy, just ask.",),
    )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "greeting": greeting,
    "thanks": thanks,
    "praise": praise,
    "goodbye": goodbye,
    "noted": noted,
    "small_talk": small_talk,
    "clarify": clarify,
    "back_to": back_to,
    "not_understood": not_understood,
    "unknown": unknown,
    "out_of_scope": out_of_scope,
}
