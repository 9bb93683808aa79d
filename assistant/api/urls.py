"""Addresses of this department below /api/v1/."""

from django.urls import path

from assistant.api import articles, conversations, rating
from shopguide.rest.doors import door

ONE = "conversations/<uuid:number>/"
MESSAGE = f"{ONE}messages/<num:pk>/"

urlpatterns = [
    path(
        "conversations/",
        door(get=conversations.conversations, post=conversations.conversation_begin),
        name="api_conversations",
    ),
    path(ONE, door(get=conversations.conversation), name="api_conversation"),
    path(f"{ONE}back/", door(post=conversations.conversation_back), name="api_conversation_back"),
    path(
        f"{ONE}chips/<int:pk>/",
        door(put=conversations.chip_edit, delete=conversations.chip_remove),
        name="api_chip",
    ),
    path(f"{ONE}stars/", door(put=rating.conversation_stars), name="api_conversation_stars"),
    path("shops/<slug:merchant>/help/", door(get=articles.articles), name="api_help"),
    path("shops/<slug:merchant>/help/<num:pk>/", door(get=articles.article), name="api_article"),
    path(
        f"{ONE}messages/",
        door(get=conversations.messages, post=conversations.message_say),
        name="api_messages",
    ),
    path(MESSAGE, door(get=conversations.message), name="api_message"),
    path(f"{MESSAGE}events/", door(get=conversations.message_events), name="api_message_events"),
    path(f"{MESSAGE}stop/", door(post=conversations.message_stop), name="api_message_stop"),
    path(f"{MESSAGE}judge/", door(post=conversations.message_judge), name="api_message_judge"),
]
