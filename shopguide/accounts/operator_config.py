"""Makes `operators.OperatorSite` the default site: each app's ``admin.site`` is that one."""

from django.contrib.admin.apps import AdminConfig


class OperatorConfig(AdminConfig):
    """Django's admin with our door."""

    default_site = "shopguide.accounts.operators.OperatorSite"
