"""Addresses of people: a shop's team, keys, webhooks and log; sessions; invitations."""

from django.urls import URLPattern, path

from shopguide.accounts.views import invitations, keys, log, sessions, team, webhooks

SHOP = "merchant/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("accounts/sessions/", sessions.sessions, name="sessions"),
    path("accounts/sessions/<int:pk>/end/", sessions.session_end, name="session_end"),
    path(f"{SHOP}team/", team.merchant_team, name="merchant_team"),
    path(f"{SHOP}team/leave/", team.team_leave, name="merchant_team_leave"),
    path(f"{SHOP}team/<int:pk>/", team.team_change, name="merchant_team_change"),
    path(f"{SHOP}team/<int:pk>/owner/", team.team_hand_over, name="merchant_team_hand_over"),
    path(f"{SHOP}team/invitations/<int:pk>/", team.team_uninvite, name="merchant_team_uninvite"),
    path(f"{SHOP}keys/", keys.merchant_keys, name="merchant_keys"),
    path(f"{SHOP}keys/<int:pk>/renew/", keys.key_renew, name="merchant_key_renew"),
    path(f"{SHOP}keys/<int:pk>/revoke/", keys.key_revoke, name="merchant_key_revoke"),
    path(f"{SHOP}webhooks/", webhooks.merchant_webhooks, name="merchant_webhooks"),
    path(f"{SHOP}webhooks/<int:pk>/", webhooks.merchant_webhook, name="merchant_webhook"),
    path(
        f"{SHOP}webhooks/<int:pk>/change/", webhooks.webhook_change, name="merchant_webhook_change"
    ),
    path(
        f"{SHOP}webhooks/deliveries/<int:pk>/again/",
        webhooks.webhook_redeliver,
        name="merchant_webhook_redeliver",
    ),
    path(f"{SHOP}log/", log.merchant_log, name="merchant_log"),
]
