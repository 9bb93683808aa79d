"""Addresses of the assistant: the shopper's conversation, and the shop's inbox."""

from django.urls import URLPattern, path

from assistant.inbox_urls import inbox_urls
from assistant.knowledge_urls import knowledge_urls
from assistant.views import acting, asking, streams

MESSAGE = "ask/<uuid:number>/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *inbox_urls,
    *knowledge_urls,
    path("ask/", asking.ask, name="ask"),
    path("ask/panel/", asking.ask_panel, name="ask_panel"),
    path("ask/say/", asking.ask_say, name="ask_say"),
    path("ask/<uuid:number>/", asking.ask_conversation, name="ask_conversation"),
    path("ask/<uuid:number>/news/", asking.ask_news, name="ask_news"),
    path("ask/<uuid:number>/back/", acting.ask_back, name="ask_back"),
    path("ask/<uuid:number>/stars/", acting.ask_stars, name="ask_stars"),
    path(MESSAGE, asking.ask_message, name="ask_message"),
    path(f"{MESSAGE}stream/", streams.ask_stream, name="ask_stream"),
    path(f"{MESSAGE}stop/", acting.ask_stop, name="ask_stop"),
    path(f"{MESSAGE}judge/", acting.ask_judge, name="ask_judge"),
]
