from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class AccountsConfig(AppConfig):
    name = "shopguide.accounts"
    label = "accounts"
    verbose_name = gettext_lazy("People and shops")

    def ready(self) -> None:
        """Bring the audit log's triggers into line with their list after each migration."""
        from shopguide.accounts import auditing

        post_migrate.connect(auditing.install, sender=self)
