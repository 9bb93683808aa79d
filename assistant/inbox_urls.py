"""Addresses of the shop's inbox."""

from django.urls import URLPattern, path

from assistant.views import inbox

BASE = "merchant/<slug:slug>/inbox/"
CHAT = f"{BASE}<uuid:number>/"

inbox_urls: list[URLPattern] = [
    path(BASE, inbox.merchant_inbox, name="merchant_inbox"),
    path(f"{BASE}canned/", inbox.merchant_canned, name="merchant_canned"),
    path(CHAT, inbox.merchant_chat, name="merchant_chat"),
    path(f"{CHAT}reply/", inbox.merchant_chat_reply, name="merchant_chat_reply"),
    path(f"{CHAT}step/", inbox.merchant_chat_step, name="merchant_chat_step"),
]
