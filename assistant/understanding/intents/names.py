"""The intents: what a shopper's message is for. One line of meaning each; nothing else is known.

The trained head has these labels, the rules answer with them, and plans are chosen by them. A name
once in use is never given another meaning: stored messages and labelled files carry it.
"""

from __future__ import annotations

MEANINGS: dict[str, str] = {
    "search": "Looks for products of some kind, described for the first time.",
    "refine": "Changes or narrows what is being looked for: cheaper, another colour, not leather.",
    "compare": "Wants two or more products set against each other.",
    "attribute": "Asks for a fact of a product: weight, material, battery, where it is made.",
    "suitability": "Asks whether a product suits a person, a use, a season or a place.",
    "sizing": "Asks which size to take, or how something fits on a body.",
    "compatibility": "Asks whether a product works or fits together with another one.",
    "stock": "Asks whether something is available, in which variants, or when it is again.",
    "price": "Asks what something costs, in all, in another currency, or why so much.",
    "promotion": "Asks for coupons, sales, discounts, or how they are used.",
    "delivery": "Asks before buying how, where, how fast and for how much things are sent.",
    "order_status": "Asks where an order that was placed is, or what has become of it.",
    "change_address": "Wants an order sent elsewhere, or its recipient or telephone changed.",
    "cancel": "Wants an order that was placed not to be sent.",
    "return": "Wants to send something back.",
    "exchange": "Wants something bought replaced by another size, colour or a sound piece.",
    "refund": "Asks for money back, or where it has got to.",
    "invoice": "Wants an invoice or a receipt, or one corrected.",
    "complaint": "Is dissatisfied: broken, wrong, late, badly treated; wants it put right.",
    "praise": "Says that something was good.",
    "human": "Wants to speak with a person.",
    "account": "Asks about signing in, the password, personal data, points or membership.",
    "gift": "Looks for something to give to somebody, or asks about wrapping and cards.",
    "bundle": "Wants several things together for a budget or an occasion.",
    "policy": "Asks for a rule of the shop: days for returns, warranty, payment, privacy.",
    "recommend": "Leaves the choice to the shop: what is good, popular, worth having.",
    "reviews": "Asks what buyers say.",
    "more_like": "Wants more things like one that was shown.",
    "not_interested": "Does not want what was shown.",
    "cart_add": "Wants something put into the cart, or bought now.",
    "thanks": "Thanks, or takes leave.",
    "greeting": "Says hello and nothing more.",
    "small_talk": "Chats: who are you, how are you, the weather, a joke.",
    "confirm": "Says yes to what was asked.",
    "decline": "Says no to what was asked.",
    "out_of_scope": "Has nothing to do with shopping here: homework, news, code, medicine, law.",
}
INTENTS: tuple[str, ...] = tuple(MEANINGS)
OUT_OF_SCOPE = "out_of_scope"
