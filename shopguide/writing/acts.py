"""Everything that can be said, with the facts each act may have. The realiser knows every one.

A fact that is left out is not spoken of. In brackets: [rows] with their fields. ``count``,
``left``, ``good`` and their like are int, all else is text that is ready to be read. Add an act
here and its sentences, in both languages, in the realiser's module of its family.
"""

from __future__ import annotations

ACTS: dict[str, tuple[str, ...]] = {
    # --- Meeting (realiser/meeting.py) -----------------------------------------------------------
    "greeting": ("shop", "again", "examples"),
    "thanks": (),
    "praise": (),
    "goodbye": (),
    "noted": (),
    "small_talk": ("topic",),  # who | how | joke
    # about: what|budget|person|size|option|product|shop|…; sold_out: what was wanted, not in stock
    "clarify": ("about", "options", "lacking", "sold_out", "missing", "first"),  # first: a rule
    "back_to": ("about", "options", "what"),  # what was asked before something else was
    "not_understood": ("examples",),
    "unknown": ("about", "ways"),
    "out_of_scope": ("examples",),
    "site": ("says",),  # of realiser/hosting.py
    # --- Taking care (realiser/caring.py) --------------------------------------------------------
    "refuse": ("topic",),  # harm | privacy | instructions | medical | legal | rude | prices
    "people": ("calls", "shop", "open", "hours"),  # when people of a shop are there
    "hand_over": ("reason", "open", "hours", "number"),
    "apology": ("trouble", "fact", "action", "person"),
    # --- Finding (realiser/finding.py) -----------------------------------------------------------
    # products: [name, price, reason]; relaxed: what was given up; wish: what was asked for.
    # order: price_asc | price_desc | rating | newest
    "search_results": ("count", "wish", "products", "relaxed", "changed", "more", "order", "still",
                       "ruled_out"),  # ruled_out: of what is not wanted none was there
    "other_results": ("count", "changed", "products", "wish"),
    "further_results": ("products", "count"),
    # without: the wish that was given up for them
    "nearest": ("products", "without", "count", "wish"),
    # words: less or more of what, as it was said; name: of who has most; edge: what was shown has
    "leaning": ("products", "words", "name", "edge"),
    "explained": ("products", "wishes"),  # why each was shown
    "recalled": ("products", "count"),  # what was shown before, more than are told
    # words: a remark that no fact answers to; other: they were not shown yet
    "unstated": ("words", "products", "other"),
    # what nothing that was offered is stated to have to do with, to be, or not to be
    "speaks_of": ("words", "rows"),  # rows: [name, text], sentences of pages that bear on a wish
    "unborne": ("likings", "words", "denied", "people", "count"),  # people: for so many
    "only_one": ("product",),  # a second was meant
    "not_sold": ("products", "wish", "use", "kind"),
    "not_named": ("products", "wish"),  # nothing is called so
    "favourites": ("products",),
    "recommend": ("products", "because", "person", "occasion"),
    "storied": ("products", "named"),  # what comes to mind at a story
    # ways: [without, count]
    "nothing_found": ("wish", "ways", "examples", "least"),
    "no_more": ("wish", "ways"),
    # side: cheaper | dearer, than what was shown
    "at_the_edge": ("products", "side"),
    # items: [name, price, quantity]
    # out, into: what was taken out of a set, and what came into it
    "bundle": ("items", "total", "budget", "left", "for", "missing", "out", "into"),
    # why: cheaper | dearer | swap | add | drop | beyond (the budget)
    "set_kept": ("items", "total", "budget", "left", "why", "kind", "nearest", "price"),
    "bundle_impossible": ("budget", "least", "for"),
    # --- Telling about products (realiser/telling.py) --------------------------------------------
    # more: [attribute, value]; text: what the shop writes of it
    "attribute": ("product", "attribute", "value", "more", "source", "text"),
    # nearest: what the page says that bears on it
    "attribute_unknown": ("product", "attribute", "nearest"),
    "states_so": ("product", "attribute", "verdict", "words", "named"),  # words: of its title
    # text: what the shop writes of it; unsaid: the measure of which nothing is stated
    "listed_as": ("product", "features", "text", "unsaid"),
    # verdict: yes | no | partly | unknown; feature: whether what is asked for is one
    # limit: one stated limit or feature decides, and is told
    "suitability": ("product", "purpose", "verdict", "reasons", "feature", "limit", "text",
                    "nearest"),
    "sizing": ("product", "size", "reasons", "between", "names"),
    # sizes: those of the shop, where another system was asked for; unsaid: nobody tells how it runs
    "sizing_unknown": ("product", "needs", "sizes", "unsaid"),
    # holds: goes into it
    "compatibility": ("product", "other", "verdict", "reasons", "holds", "nearest"),
    # --- Offering (realiser/offering.py) ---------------------------------------------------------
    "price": ("product", "price", "highest", "was", "coupons"),  # coupons: [code, says]
    # facts: [attribute, value]
    "details": ("product", "price", "facts", "stock", "left"),
    "promotion": ("shop", "offers", "coupons"),
    "no_promotion": ("shop", "product"),
    # state: in | low | out | unknown; gone: sold-out options, where none was named
    "stock": ("product", "options", "state", "left", "others", "gone"),
    # --- Weighing up (realiser/weighing.py) ------------------------------------------------------
    # differences: [name, values]; winners: [what, product, value, other]
    # undecided: [what, stated, missing], what was asked and is not stated by all
    "compare": ("products", "differences", "same", "winners", "undecided"),
    "review_digest": (
        "product", "judged", "positive", "negative", "mixed", "stars", "aspects", "quotes", "named",
    ),  # aspects: [name, good, bad]; quotes: [text, author, good]
    "no_reviews": ("product",),
    # one matter: how many speak for it and against, and their words; of whom nobody speaks of it
    "review_topic": ("product", "subject", "good", "bad", "quotes"),
    "unheard": ("names", "subject", "overall"),  # overall: [name, value]
    # what the shop does not state and buyers tell
    "mentioned": ("product", "count", "quotes", "named", "unsaid", "nearest"),
    # --- Choosing (realiser/choosing.py) ---------------------------------------------------------
    # others: [name, value]; missing: names of what states nothing; fact: what was measured
    "pages_say": ("rows", "product", "names"),  # rows: [name, text], what each page says
    "first_of": ("product", "names", "what", "fact", "value", "others", "missing", "count"),
    "all_alike": ("names", "product", "what", "value"),
    "stated_by": ("product", "names", "what", "missing", "use"),  # use: it is a purpose
    "all_state": ("names", "product", "what", "use"),
    "praised_for": ("product", "what", "value", "others"),
    "picked": ("product", "price", "stars", "features", "cheaper", "cheaper_price"),
    "first_unknown": ("word", "matter", "count", "best", "stars"),
    "says_itself": ("product", "text", "named", "unsaid"),  # text: a sentence of the shop's own
    "not_made_in": ("product", "lacking", "others"),
    "goes_with": ("product", "products", "lacking"),  # products: [name, price, reason]
    "nothing_beside": ("product", "limit"),  # limit: at the price that was said
    # --- Of several at once (realiser/several.py) ---------------------------------------------
    # rows: [name, value]; nobody: none of them states it, which a person may know
    "of_them": ("attribute", "rows", "missing", "nobody"),
    # yes, partly, no: [name, value], value: what decides it; unknown: names
    # way: suits | feature | goes | holds | plain
    "who_suits": ("purpose", "way", "yes", "partly", "no", "unknown"),
    "who_has": ("options", "yes", "out", "no"),
    # --- Reckoning (realiser/reckoning.py) -------------------------------------------------------
    # lines: [name, quantity, each, total, options, left]; discounts: [code, amount]
    "total": ("lines", "goods", "discounts", "shipping", "total", "unknown_codes"),
    # products: [name, price], what is known of a sum; unknown: names of what is not
    "sum_unknown": ("unknown", "products"),
    "price_history": ("product", "price", "lowest", "days", "moments"),  # moments: [day, price]
    # What a size of another system is in the shop's own: rows of what and value.
    "sizes_converted": ("product", "rows"),
    "between_sizes": ("product", "sizes", "reasons"),
    # The size that is usually worn; text, quotes: how sizes turn out, unsaid: nobody tells.
    "usual_size": ("product", "size", "reasons", "text", "quotes", "unsaid"),
    "sizing_none": ("product", "sizes", "reasons"),
    # refunds: [amount, done, way]; returns: [number, state]
    "refund_status": ("number", "payment", "refunds", "returns"),
    "rated": ("product", "count", "stars"),
    "stars_only": ("product", "count", "stars", "quotes"),
    # --- Sending, serving (realiser/sending.py, realiser/serving.py) ------------------------------
    # methods: [name, price, least, most, free_from]
    "delivery": ("shop", "country", "methods", "leaves"),
    # shops: [shop, methods, leaves]; seen: those of the goods that were looked at, not the market's
    "deliveries": ("shops", "seen", "country"),
    # shops: [shop, says]; all: they hold by the same; first: what holds at each of them
    "each_shop": ("topic", "shops", "all", "first", "asks_later"),
    "pages": ("shops",),  # shops: [shop, says], each in its own words
    "policy": ("shop", "topic", "says", "source"),
    "knowledge": ("text", "title"),
    # one aspect of an order or a rule, in whole sentences; person: the shop's people may know more
    "aspects": ("says", "person"),
    "keeps": ("kept", "left"),  # goods of an order that stay, and those that are still talked of
    "not_among": (),  # what was asked for by name is not in what the shop names
    "unanswered": ("asked",),  # what of several asks no page and no rule tells, in its words
    "unwritten": ("shop", "topic", "person"),  # topic: payment, wrapping
    "by_warranty": ("says", "person"),
    # items: [name, quantity]
    "order_status": (
        "number", "state", "placed", "expected", "carrier", "tracking", "items", "again",
        "delivered", "overdue", "missing", "person", "leaves", "leaves_late",
    ),  # again: told just before; overdue: it should be there; missing: said not to have come
    # orders: [number, goods, state]; guest: whoever asks is not signed in
    "orders": ("orders", "count", "on_the_way", "missing", "guest"),
    "order_unknown": ("number", "others", "guest"),  # others: somebody else's is asked for
    "sign_in_needed": ("for",),
    "cart_told": (
        "lines", "discounts", "shipping", "total", "goods", "unknown_codes", "count"
    ),
    "cart_changed": (
        "lines", "discounts", "shipping", "total", "goods", "unknown_codes", "count"
    ),
    "cart_empty": ("done",),
    "cart_added": ("product", "quantity", "price", "count", "total"),
    "confirm": ("what", "lines"),
    "done": ("what", "lines"),
    "kept": ("what",),
    "declined": ("what", "reasons", "instead"),
    "account": ("says",),
    "failed": ("what",),
}  # fmt: skip
