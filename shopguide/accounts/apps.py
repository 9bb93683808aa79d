from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shopguide.accounts"
    label = "accounts"
