"""Whatever a shopper can do on the site an app can do: each page has its operations, or a reason.

A new page for shoppers needs a line here: the names of the API's routes that do the same, or why
an app needs none.
"""

from tests.access.policy import routes, said

NOT_FOR_APPS = {
    "robots": "for crawlers", "sitemap": "for crawlers", "sitemap_part": "for crawlers",
    "preferences": "headers and parameters of each request say language and currency",
    "offline": "of the browser", "style": "of the browser", "manifest": "of the browser",
    "worker": "of the browser", "live": "for machines", "ready": "for machines",
    "order_print": "a sheet of paper", "ask_panel": "a frame around the same conversation",
    "account": "an overview of what has its own operations",
    "account_inactive": "a notice", "account_email_verification_sent": "a notice",
    "account_reset_password_done": "a notice", "account_reset_password_from_key_done": "a notice",
    "invitation": "for people of shops", "mfa_view_recovery_codes": "in the same call",
    "mfa_download_recovery_codes": "in the same call", "mfa_index": "in the same call",
    "serve": "the same address",
}  # fmt: skip
SIGN_IN = "headless:app:"  # allauth's app client
SAME = {
    "home": "home", "search": "search", "compare": "compare", "suggest": "suggest",
    "category": "categories search", "product": "product product_prices product_reviews"
    " product_similar", "shop": "shop", "shop_help": "help", "article": "article",
    "cart": "cart", "cart_add": "cart_lines", "cart_change": "cart_line", "cart_code": "cart_codes",
    "checkout": "checkout orders", "orders": "orders", "order": "order order_rules",
    "order_cancel": "order_cancel", "order_parcel": "order_parcel",
    "order_address": "order_address",
    "order_invoice": "order_invoice", "order_return": "return_ask return_pictures",
    "order_review": "review review_pictures", "order_review_delete": "review",
    "returns": "returns", "return_picture": "return_picture", "return_sent": "return_sent",
    "return_withdraw": "return_withdraw", "account_reviews": "own_reviews reviews_waiting",
    "addresses": "addresses address_read", "address": "address", "address_remove": "address",
    "lists": "wishes alerts", "wish_change": "wishes wish", "alert_add": "alerts",
    "alert_stop": "alert", "for_you": "recommendations deeds aside",
    "for_you_shelf": "recommendations", "for_you_change": "consents events deeds aside"
    " aside_product", "taste": "taste", "taste_change": "taste deeds", "start": "taste_start",
    "with_product": "with_product", "with_cart": "with_cart", "with_order": "with_order",
    "due_again": "due_again", "offers": "notifications", "offer_banner": "notifications",
    "offer_change": "notification muted", "offer_ways": "contact", "offer_stop": "contact muted",
    "offer_open": "notification", "shared": "shares groups", "share_make": "shares",
    "share_revoke": "share", "share_follow": "shared", "following_end": "following",
    "followers_end": "list_followers", "group_open": "groups", "group": "group",
    "group_act": "group group_me group_items group_item group_person",
    "privacy": "consents consents_made known", "privacy_export": "exports",
    "privacy_download": "export_file", "privacy_erase": "erasure", "privacy_stay": "erasure",
    "privacy_erased": "certificate", "ask": "conversations", "ask_say": "conversations messages",
    "ask_conversation": "conversation messages", "ask_news": "messages",
    "ask_back": "conversation_back", "ask_stars": "conversation_stars", "ask_message": "message",
    "ask_stream": "message_events", "ask_stop": "message_stop", "ask_judge": "message_judge",
    "ask_chip": "chip",
}  # fmt: skip
# Where its own operation has another name than the page, by the start of the page's name.
BY_SIGN_IN = ("account_", "mfa_", "session", "usersessions_")


def test_whatever_a_shopper_can_do_an_app_can_do() -> None:
    known, lines = set(routes()), said()
    pages = [*lines["pages"], "shop_help", "article", *lines["account"]]
    missing = [
        page
        for page in pages
        if page not in SAME and page not in NOT_FOR_APPS and not page.startswith(BY_SIGN_IN)
    ]
    assert missing == [], "say here by which operations an app does the same"
    gone = {f"api_{name}" for names in SAME.values() for name in names.split()} - known
    assert gone == set()
    assert any(name.startswith(SIGN_IN) for name in known)
    assert {*SAME, *NOT_FOR_APPS} - set(pages) - {"ask_chip"} == set()
